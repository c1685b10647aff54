/** Where the market stands: the system, its day, and all markets. */

import { get, path, query } from "../api.js";
import { chart, line, moments, timeAxes, utc } from "../chart.js";
import * as connection from "../connection.js";
import { csv } from "../download.js";
import { el, panel } from "../dom.js";
import { age, count, has, isStale, number, percent, price, provenance, signed, times, usd } from "../format.js";
import { accountLeverage } from "../leverages.js";
import { bar, loadHint, loadLine, sides, skewCell, sparkline } from "../marks.js";
import { cycleTile, phaseBadge, phaseHint } from "../measures.js";
import { poll } from "../poll.js";
import { watch } from "../states.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";
import { day, inSight, sparklines } from "../windows.js";

const CASCADES_EVERY_MS = 5000;
const DAY_EVERY_MS = 15000;
/** It changes by the hour. */
const PHASES_EVERY_MS = 30000;

export function show(root, { signal }) {
  const tipping = new Map();
  let systemOutcomes = null, cycle;
  const depth = el("select", { "aria-label": "Share of the depth that is left", title: "Share of today's depth for tipping points" },
    ...[["1", "100 % of depth"], ["0.3", "30 % of depth"], ["0.1", "10 % of depth"]].map(([value, text]) => el("option", { value, text })));
  const observe = sparklines("markPrice", signal);
  const phases = inSight({ everyMs: PHASES_EVERY_MS, atOnce: 100, signal, fill: async cells => {
    const { measures } = await get(path("measures") + query({ markets: cells.map(([, id]) => id).join(",") }), signal);
    const found = new Map(measures.map(set => [set.id, set]));
    for (const [node, id] of cells) {
      const set = found.get(id);
      node.replaceChildren(phaseBadge(set?.cycle));
      node.title = phaseHint(set);
      node.dataset.phase = set?.cycle?.phase ?? "";
    }
  } });
  const tiles = el("div", { class: "tiles eight", "aria-label": "The whole system" });
  const markets = table({
    label: "markets", key: m => m.id, text: m => m.id + " " + m.baseAsset, sortBy: 3,
    rowClass: m => (isStale(m) ? "stale" : ""), columns: columns(tipping, depth, observe, phases),
  });
  const history = leverageChart(signal);
  const span = el("span", { class: "quiet" });
  root.append(el("h1", {}, "Overview ", el("span", { class: "quiet", text: "how leveraged the market is, now" })),
    tiles, el("div", { class: "columns" }, panel("System leverage, the last 24 hours", span, el("div", { class: "body" }, history.node)), accountLeverage(signal)),
    panel("Markets", [depth, csv(() => path("markets"), "markets"), markets.sorter, markets.filter], markets.node));

  let shown = null;
  const draw = () => {
    if (!shown) return;
    drawTiles(tiles, shown.system, shown.markets, systemOutcomes, cycle?.());
    markets.update(shown.markets);
  };
  depth.addEventListener("change", draw);
  watch({ signal, show: ({ markets, subjects }) => {
    const before = shown?.system;
    shown = { markets, system: subjects.find(each => each.id === "system") };
    notes(shown);
    draw();
    if (!before && shown.system) readDay();
  },
    fail: error => { if (markets.isEmpty()) markets.say("error", "No markets: " + error.message + ". Trying again."); } });
  poll(async s => {
    const [all, system] = await Promise.all([get(path("tipping-points"), s), get(path("system", "cascade"), s).catch(notYet)]);
    return { all: all.markets, system };
  }, { everyMs: CASCADES_EVERY_MS, signal, show: ({ all, system }) => {
    tipping.clear();
    all.forEach(each => tipping.set(each.id, each));
    systemOutcomes = system ? system.outcomes : null;
    draw();
  } });
  poll(s => get(path("system", "measures"), s), { everyMs: PHASES_EVERY_MS, signal, show: ({ measures }) => {
    const set = measures.find(each => each.id === "system"), readAt = Date.now();
    // What does not change grows older all the same.
    cycle = () => (set ? { ...set, ageMs: set.ageMs + Date.now() - readAt } : null);
    draw();
  } });
  // Before the system has a state it has no history either.
  const readDay = poll(async s => !shown?.system ? null : day("system", ["longLeverage", "shortLeverage", "leverage"], s), { everyMs: DAY_EVERY_MS, signal, show: found => {
    if (!found) return;
    span.textContent = found.size === "5m" ? "by 5 minutes, UTC" : "not a day yet: by the minute, UTC";
    if (found.xs.length < 2) history.say("The line begins with the second minute.");
    else history.update([found.xs, ...["longLeverage", "shortLeverage", "leverage"].map(name => found.metrics[name].close)]);
  } });
}

/** Until the first survey there is none. */
function notYet(error) {
  if (error.status === 404) return null;
  throw error;
}

function notes({ markets }) {
  const stale = markets.filter(isStale).length;
  connection.note("sim", "sim", markets.some(m => m.venue === "sim") ? "simulated" : null, "The venue sim is a simulator: no real market");
  connection.note("stale", "warn", stale === 0 ? null : stale === markets.length ? "stale data" : stale + " stale",
    "markets whose newest or oldest input is older than 15 s");
}

function leverageChart(signal) {
  return chart({ height: 270, label: "System leverage over time: longs, shorts and both", signal, build: () => ({
    ...utc, axes: timeAxes(v => number(v, 2) + "×"), scales: { x: { time: true } },
    series: [moments, line("Longs", "--long", times), line("Shorts", "--short", times), line("Both", "--ink", times, { width: 2.5 })],
  }) });
}

function drawTiles(tiles, s, markets, outcomes, cycle) {
  const stale = markets.filter(isStale);
  const freshness = tile("Stale", stale.length + " of " + markets.length, "markets whose newest or oldest input is older than 15 s"
    + (stale.length ? ": " + stale.map(m => m.id).join(", ") : ""), stale.length ? stale.slice(0, 3).map(m => m.symbol).join(", ") : "all markets fresh");
  if (!s) {
    tiles.replaceChildren(tile("System", "–", "no system state yet", "not computed yet"), freshness);
    return;
  }
  const at = "; " + provenance(s);
  tiles.replaceChildren(
    tile("System leverage", times(s.leverage), "notional / equity, a ratio" + at, usd(s.longNotionalUsd + s.shortNotionalUsd) + " on " + usd(s.longEquityUsd + s.shortEquityUsd)),
    tile("Long against short", sides(s.longLeverage, s.shortLeverage, times), "leverage of the longs / of the shorts, ratios" + at,
      count(s.longPositions) + " against " + count(s.shortPositions) + " positions"),
    tile("Leverage skew", signed(s.leverageSkew), "(long - short) / (long + short) leverage, -1 to 1; right: longs are more leveraged" + at, null, bar(s.leverageSkew)),
    tile("Open interest", usd(s.openInterestUsd), "USD, single-sided, observed accounts: " + number(s.openInterestUsd, 2) + at, count(s.markets) + " markets"),
    tile("Coverage", sides(s.coverageLong, s.coverageShort, v => percent(v, 0)), "observed share of the venues' open interest, longs / shorts" + at, "longs / shorts"),
    freshness,
    cycleTile(cycle),
    tile("Load line", "", loadHint(outcomes) + at, null, loadLine(outcomes)));
}

function columns(tipping, depth, observe, phases) {
  const distance = direction => m => {
    const risk = tipping.get(m.id);
    const outcome = risk && risk.outcomes.find(o => o.direction === direction && o.depthHaircut === Number(depth.value));
    return outcome ? outcome.tippingDistanceLow : undefined;
  };
  const tippingColumn = (name, direction, mark) => ({
    name, hint: "Distance to the nearest tipping point, from where forced trades run on by themselves",
    by: distance(direction),
    cell: m => {
      const found = distance(direction)(m);
      return el("span", { class: has(found) ? "" : "quiet", text: has(found) ? mark + percent(found) : tipping.has(m.id) && found === null ? "none" : "–" });
    },
    title: m => {
      const risk = tipping.get(m.id);
      if (!risk) return "not computed yet";
      const of = o => percent(100 * o.depthHaircut / 100, 0) + " of depth: " + (has(o.tippingDistanceLow)
        ? percent(o.tippingDistanceLow, 2) + " (optimistic reading: " + (has(o.tippingDistanceHigh) ? percent(o.tippingDistanceHigh, 2) : "none") + ")" : "none");
      return "distance of the shock that sets it off, pessimistic reading. " + risk.outcomes.filter(o => o.direction === direction).map(of).join("; ")
        + ". Impact modelled from " + risk.impactSource + "; " + provenance(risk);
    },
  });
  const withTime = words => m => words(m) + "; " + provenance(m);
  return [
    { name: "Market", cls: "key left", by: m => m.id, once: true, title: m => provenance(m), cell: m => el("span", {},
      el("a", { href: "#/market/" + encodeURIComponent(m.id), text: m.symbol }), el("span", { class: "venue", text: m.venue })) },
    { name: "Mark", by: m => m.markPrice, cell: m => price(m.markPrice), title: withTime(() => "mark price, quote units") },
    { name: "Price, 1 h", once: true, cell: m => observe(sparkline(), m.id), title: () => "mark price at the end of each of the last 60 minutes" },
    { name: "Open interest", by: m => m.openInterestUsd, cell: m => usd(m.openInterestUsd), title: withTime(m => "USD, single-sided, observed accounts: " + number(m.openInterestUsd, 2)) },
    { name: "Leverage", by: m => m.leverage, cell: m => times(m.leverage), title: withTime(() => "notional / equity, both sides, a ratio") },
    { name: "Long / short", cls: "wide", by: m => m.longLeverage, cell: m => sides(m.longLeverage, m.shortLeverage, times), title: withTime(() => "leverage of the longs / of the shorts, ratios") },
    { name: "Skew", cls: "wide", by: m => m.leverageSkew, cell: m => skewCell(m.leverageSkew), title: withTime(() => "leverage skew, -1 to 1; right: longs are more leveraged") },
    { name: "Cycle", cls: "wide", once: true, hint: "Phase of the leverage cycle; or hours of history of those that it takes", cell: m => phases(el("span", { class: "quiet", text: "–" }), m.id) },
    tippingColumn("Tips down", "FALL", "−"),
    tippingColumn("Tips up", "RISE", "+"),
    { name: "Load line", cls: "wide", by: m => tipping.has(m.id) ? Math.max(...tipping.get(m.id).outcomes.filter(o => o.depthHaircut === 1).map(o => o.reproductionMax)) : undefined,
      cell: m => loadLine(tipping.has(m.id) ? tipping.get(m.id).outcomes : null), title: m => loadHint(tipping.has(m.id) ? tipping.get(m.id).outcomes : null) },
    { name: "Coverage", cls: "wide", by: m => m.coverageLong, cell: m => sides(m.coverageLong, m.coverageShort, v => percent(v, 0)), title: withTime(() => "observed share of the venue's open interest, longs / shorts") },
    { name: "Age", by: m => m.ageMs, cell: m => age(Math.max(0, m.ageMs)), title: withTime(() => "time since as-of") },
  ];
}
