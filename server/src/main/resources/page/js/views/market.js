/** One market: where forced trades wait over its price, where shocks come to rest, how it got here. */

import { get, path } from "../api.js";
import { chart, colour, line, moments, timeAxes, utc } from "../chart.js";
import { el, panel, state } from "../dom.js";
import { has, number, percent, plain, price, provenance, signed, signedPercent, size, times, usd } from "../format.js";
import { pastLadders } from "../heat.js";
import { ladderOver } from "../ladder.js";
import { measures } from "../measures.js";
import { bar, loadHint, loadLine, sides } from "../marks.js";
import { poll } from "../poll.js";
import { watch } from "../states.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";
import { day } from "../windows.js";

const HAIRCUTS = [[1, "--accent"], [0.3, "--warn-ink"], [0.1, "--short"]];
const METRICS = ["markPrice", "openInterestUsd", "longLeverage", "shortLeverage", "fundingRate8h"];

export function show(root, { id, signal }) {
  const choice = el("select", { "aria-label": "Market", onchange: () => { location.hash = "#/market/" + encodeURIComponent(choice.value); } });
  const heading = el("h1", {}, "Market ", choice);
  root.append(heading);
  let built = null, chosen = id;
  watch({ signal, show: ({ markets }) => {
    const ids = markets.map(m => m.id);
    if ([...choice.options].map(o => o.value).join() !== ids.join()) choice.replaceChildren(...ids.map(each => el("option", { value: each, text: each })));
    if (!markets.length) return;
    if (!chosen) chosen = markets.reduce((a, b) => (a.openInterestUsd >= b.openInterestUsd ? a : b)).id;
    choice.value = chosen;
    if (!built) built = build(root, chosen, signal);
    const market = markets.find(m => m.id === chosen);
    if (market) built(market);
    else root.replaceChildren(heading, state("error", "There is no market " + chosen + "."));
  }, fail: error => { if (!built && root.children.length === 1) root.append(state("error", "No market: " + error.message + ". Trying again.")); } });
}

function build(root, id, signal) {
  while (root.children.length > 1) root.lastChild.remove();
  const tiles = el("div", { class: "tiles eight" });
  const reach = el("select", { "aria-label": "Range of prices" }, ...[["0.05", "± 5 %"], ["0.1", "± 10 %"], ["0.2", "± 20 %"], ["0.35", "± 35 %"]]
    .map(([value, text]) => el("option", { value, text })));
  reach.value = "0.2";
  const haircut = el("select", { "aria-label": "Share of the depth that is left" }, ...HAIRCUTS.map(([h]) => el("option", { value: h, text: percent(h, 0) + " of depth" })));
  const ladder = ladderOver({ signal, reach: () => Number(reach.value), haircut: () => Number(haircut.value) });
  reach.addEventListener("change", () => ladder.draw());
  haircut.addEventListener("change", () => { ladder.draw(); tips.update(points()); });
  const curve = cascadeCurve(signal);
  const tips = tipTable();
  const lines = {
    openInterest: history(signal, "Open interest, USD", usd, [["Open interest", "--accent"]]),
    leverage: history(signal, "Leverage", times, [["Longs", "--long"], ["Shorts", "--short"]]),
    funding: history(signal, "Funding per 8 hours", v => signedPercent(v, 4), [["Funding", "--accent"]]),
    depth: history(signal, "Depth within 1 % of mid, base units", size, [["Bids", "--long"], ["Asks", "--short"]]),
  };
  const depthNote = el("p", { class: "note" });
  root.append(tiles,
    panel("Forced volume over the price", [haircut, reach], el("div", { class: "body" }, ladder.node,
      el("p", { class: "note", text: "Line: mark price by window, UTC. Behind it the forced volume that waited at each price then; bars: what waits now,"
        + " longs below, shorts above. Lines across: tipping points and where they land." }))),
    el("div", { class: "columns" },
      panel("Where a shock comes to rest", null, el("div", { class: "body" }, curve.node, depthNote)),
      panel("Tipping points", null, tips.node)),
    el("div", { class: "columns" }, ...Object.values(lines).map(each => panel(each.name, null, el("div", { class: "body" }, each.chart.node)))),
    measures(id, signal));

  let risk = null, last = null;
  const points = () => !risk ? [] : risk.outcomes.filter(o => o.depthHaircut === Number(haircut.value))
    .flatMap(o => o.tippingPoints.map((point, i) => ({ ...point, key: o.direction + i, direction: o.direction })));
  poll(s => get(path("markets", id, "ladder"), s), { everyMs: 5000, signal, show: found => ladder.show(found), fail: notYet(ladder) });
  poll(s => get(path("markets", id, "cascade"), s), { everyMs: 5000, signal, fail: notYet(curve), show: found => {
    risk = found;
    ladder.risk(found);
    drawCurve(curve, found);
    tips.update(points());
    depthNote.textContent = "Impact from " + found.impactSource + ", depth " + found.depthState + ", " + found.depthBandsLeftOut
      + " bands left out as not to be believed; " + provenance(found) + ".";
    if (last) draw(last);
  } });
  const readPast = pastLadders(id);
  poll(async s => {
    const found = await day(id, METRICS, s);
    return { found, past: await readPast(found.size, s).catch(none) };
  }, { everyMs: 10000, signal, show: ({ found, past }) => {
    ladder.prices(found);
    ladder.history(past);
    drawDepth(lines.depth.chart, past);
    const m = found.metrics;
    for (const [each, names] of [[lines.openInterest, ["openInterestUsd"]], [lines.leverage, ["longLeverage", "shortLeverage"]], [lines.funding, ["fundingRate8h"]]]) {
      const values = names.map(name => m[name].close);
      if (found.xs.length < 2) each.chart.say("The line begins with the second minute.");
      else if (values.every(v => v.every(x => x === null))) each.chart.say("Not reported.");
      else each.chart.update([found.xs, ...values]);
    }
  } });

  function draw(m) {
    last = m;
    const at = "; " + provenance(m);
    tiles.replaceChildren(
      tile("Mark price", price(m.markPrice), "quote units" + at, "index " + price(m.indexPrice)),
      tile("Open interest", usd(m.openInterestUsd), "USD, single-sided, observed accounts: " + number(m.openInterestUsd, 2) + at, "net " + size(m.netSize) + " " + m.baseAsset),
      tile("Leverage", times(m.leverage), "notional / equity, a ratio" + at, sides(m.longLeverage, m.shortLeverage, times)),
      tile("Leverage skew", signed(m.leverageSkew), "-1 to 1; right: longs are more leveraged" + at, null, bar(m.leverageSkew)),
      tile("Funding, 8 h", signedPercent(m.fundingRate8h, 4), "per 8 hours; positive: longs pay" + at, "implied skew " + signed(m.fundingImpliedSkew)),
      tile("Concentration", percent(m.top1Share, 0), "share of the largest position in gross size; then of the 5, 10, 20 largest; Herfindahl index " + plain(m.hhi) + at,
        "5, 10, 20 largest: " + [m.top5Share, m.top10Share, m.top20Share].map(v => percent(v, 0)).join(", ") + "; like " + plain(m.effectiveAccounts) + " equal ones"),
      tile("Coverage", sides(m.coverageLong, m.coverageShort, v => percent(v, 0)), "observed share of the venue's open interest, longs / shorts" + at, "longs / shorts"),
      tile("Load line", "", loadHint(risk && risk.outcomes) + at, null, loadLine(risk && risk.outcomes)));
  }
  return draw;
}

const notYet = part => error => { if (error.status === 404) part.say("Not computed yet."); };

/** A market without positions has no ladder, and so none of the past. */
function none(error) {
  if (error.status === 404) return [];
  throw error;
}

function drawDepth(view, past) {
  const known = past.filter(each => has(each.bidDepth) || has(each.askDepth));
  if (known.length === 0) view.say("No depth that could be believed.");
  else if (past.length < 2) view.say("The line begins with the second minute.");
  else view.update([past.map(each => each.windowStartMs / 1000), past.map(each => each.bidDepth), past.map(each => each.askDepth)]);
}

function history(signal, name, format, sets) {
  return { name, chart: chart({ height: 150, label: name + " over time", signal, build: () => ({
    ...utc, axes: timeAxes(format, 84), series: [moments, ...sets.map(([label, variable]) => line(label, variable, format, { spanGaps: false }))] }) }) };
}

/** Of each share of depth the pessimistic and the optimistic landing, filled between. */
function cascadeCurve(signal) {
  return chart({ height: 260, label: "Landing of the price after a shock, by share of depth", signal, build: () => ({
    scales: { x: { time: false } },
    axes: [{ values: (u, values) => values.map(v => signedPercent(v, 0)) }, { size: 62, values: (u, values) => values.map(v => signedPercent(v, 0)) }],
    series: [{ label: "Shock", value: (u, v) => signedPercent(v, 1) }, ...HAIRCUTS.flatMap(([h, variable]) => ["low", "high"].map(end =>
      line(percent(h, 0) + " " + end, variable, v => signedPercent(v, 2), { spanGaps: false, points: { show: true, size: 4 } })))],
    bands: HAIRCUTS.map(([, variable], i) => ({ series: [2 * i + 2, 2 * i + 1], fill: colour(variable) + "33" })),
  }) });
}

function drawCurve(curve, risk) {
  const shocks = [...new Set(risk.outcomes.flatMap(o => o.shocks.map(s => s.shock)))].sort((a, b) => a - b);
  if (!shocks.length) { curve.say("No impact is known, so nothing can be said: " + risk.impactSource + "."); return; }
  const landing = (h, field) => shocks.map(shock => {
    const found = risk.outcomes.filter(o => o.depthHaircut === h).flatMap(o => o.shocks).find(s => s.shock === shock);
    return found && has(found[field]) ? found[field] / risk.markPrice - 1 : null;
  });
  curve.update([shocks, ...HAIRCUTS.flatMap(([h]) => [landing(h, "restingPriceLow"), landing(h, "restingPriceHigh")])]);
}

function tipTable() {
  return table({ label: "tipping points", none: "None within the reach of the book, with this share of the depth.", key: p => p.key, sortBy: 1, falling: false, columns: [
    { name: "Direction", cls: "key left", by: p => p.direction, cell: p => (p.direction === "FALL" ? "down" : "up"), title: p => p.positions + " positions" },
    { name: "Distance", by: p => p.distance, cell: p => percent(p.distance, 2), title: () => "shock that sets it off, fraction of the mark price, pessimistic reading" },
    { name: "From", by: p => p.thresholdPrice, cell: p => price(p.thresholdPrice), title: () => "the shock as a price, quote units" },
    { name: "Lands at", by: p => p.landingPrice, cell: p => (has(p.landingPrice) ? price(p.landingPrice) : "no bottom"), title: () => "quote units; no bottom: the book does not hold so much" },
    { name: "Forced", by: p => p.size, cell: p => size(p.size), title: () => "base units swallowed by the jump" },
    { name: "Positions", by: p => p.positions, cell: p => number(p.positions) },
  ] });
}
