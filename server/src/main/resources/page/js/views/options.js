/** What options add to a market's leverage: greeks by strike and expiry, and what hedging them would trade as the price moves. */

import { get, path } from "../api.js";
import { chart, colour, line } from "../chart.js";
import { el, panel, state } from "../dom.js";
import { csv } from "../download.js";
import { freshness, modelled, opposed } from "../facts.js";
import { count, has, number, percent, plain, price, provenance, signed, signedPercent, size, times, usd } from "../format.js";
import { poll } from "../poll.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";

const EVERY_MS = 3000;
/** Strikes shown, those nearest to the price. */
const STRIKES = 30;
const MEASURES = {
  gamma: ["Gamma", "gammaUsd", "dealerGammaUsd", "USD of delta gained per rise of 1 %"],
  delta: ["Delta", "deltaEquivalentUsd", "dealerDeltaUsd", "USD; left: delta-equivalent open interest, all contracts by size"],
  vega: ["Vega", "vegaUsd", "dealerVegaUsd", "USD per point of volatility"],
};
const GROSS = "as if one side held every contract: what dealers have lies between this and its negative";
const DEALER = "by the convention that dealers are long calls and short puts: an assumption about all customers at once";

export function show(root, { id, signal }) {
  const choice = el("select", { "aria-label": "Underlying", onchange: () => { location.hash = "#/options/" + encodeURIComponent(choice.value); } });
  const fresh = el("span");
  const tiles = el("div", { class: "tiles eight" });
  const note = el("div", {}, state("waiting", "Reading ..."));
  const measure = el("select", { "aria-label": "Greek" }, ...Object.entries(MEASURES).map(([value, [text]]) => el("option", { value, text })));
  const strikes = el("div", { class: "body scroll" });
  const expiries = expiryTable();
  const flow = hedging(signal);
  const parts = el("div", { hidden: true }, tiles,
    panel("Hedging flow as the price moves", [modelled(), csv(() => path("options", shown.id), "hedging")], el("div", { class: "body" }, flow.node, el("p", { class: "note" },
      "What hedgers of all contracts trade until the price has moved so far, base units, > 0 buys; volatilities stand still. "
      + "Shaded: any share of contracts, held by either side; line: dealers long calls and short puts."))),
    panel("Exposure by strike", [measure, csv(() => path("options", shown.id, "strikes"), "strikes")], strikes),
    panel("Exposure by expiry", [csv(() => path("options", shown.id, "expiries"), "expiries"), expiries.sorter], expiries.node));
  root.append(el("h1", {}, "Options ", choice, " ", fresh), note, parts);
  let shown = null;
  measure.addEventListener("change", () => { if (shown) drawStrikes(); });

  poll(s => get(path("options"), s), { everyMs: EVERY_MS, signal, show: ({ underlyings }) => {
    if (!underlyings.length) {
      parts.hidden = true;
      note.replaceChildren(state("empty", "No options are known: they come as records of plimsoll.options, from the feed of Deribit or OKX, from recordings or by import."));
      return;
    }
    const ids = underlyings.map(each => each.id);
    if ([...choice.options].map(o => o.value).join() !== ids.join()) choice.replaceChildren(...ids.map(each => el("option", { value: each, text: each })));
    shown = id ? underlyings.find(each => each.id === id) : underlyings.reduce((a, b) => (a.total.deltaEquivalentUsd >= b.total.deltaEquivalentUsd ? a : b));
    if (!shown) {
      parts.hidden = true;
      note.replaceChildren(state("error", "There are no options on " + id + "."));
      return;
    }
    choice.value = shown.id;
    note.replaceChildren();
    parts.hidden = false;
    draw();
  }, fail: error => { if (!shown) note.replaceChildren(state("error", "No options: " + error.message + ". Trying again.")); } });

  const at = () => "; coverage " + percent(shown.coverage, 0) + " of the reported open interest; " + provenance(shown);

  function draw() {
    const { total } = shown;
    fresh.replaceChildren(...freshness(shown));
    tiles.replaceChildren(
      tile("Delta-equivalent", usd(total.deltaEquivalentUsd), "Σ |delta| × open interest × forward, USD" + at(), size(total.openInterest) + " " + shown.baseAsset + ", calls " + percent(total.callOpenInterest / total.openInterest, 0)),
      tile("Gamma, all contracts", usd(total.gammaUsd), "USD of delta gained per rise of 1 %; " + GROSS + at(), "per 1 %, either side"),
      tile("Gamma, dealers", usd(total.dealerGammaUsd), "USD of delta gained per rise of 1 %; " + DEALER + at(), el("span", {}, "long calls, short puts ", modelled())),
      tile("Gamma, takers' side", usd(shown.takerGammaUsd), (shown.takerGammaMissing || "from which side trades were taken") + at(), has(shown.takerGammaUsd) ? "by trades" : "not known"),
      tile("Vega, all contracts", usd(total.vegaUsd), "USD per point of volatility; " + GROSS + at(), "dealers " + usd(total.dealerVegaUsd)),
      tile("Effective leverage", times(shown.effectiveLeverage), "percent that holders of all contracts gain per percent of price, of the premium, not of margin" + at(), "of the premium"),
      tile("Coverage", percent(shown.coverage, 0), "open interest that counts / reported, fraction; left out for want of forward or volatility: " + count(shown.optionsLeftOut) + ", without open interest: " + count(shown.optionsUnreported) + at(), count(total.options) + " options"),
      tile("Venue's delta", has(shown.venueDeltaGap) ? plain(shown.venueDeltaGap) : "–", "mean distance of the venue's delta from the model's, by open interest; large: the venue means another delta" + at(),
        has(shown.venueDeltaGap) ? "apart from the model's" : "not reported"));
    drawFlow(flow, shown);
    drawStrikes();
    expiries.update(shown.byExpiry.map(each => ({ ...each, at: at() })));
  }

  function drawStrikes() {
    const [words, gross, dealer, unit] = MEASURES[measure.value];
    const around = has(shown.indexPrice) ? [...shown.byStrike].sort((a, b) => Math.abs(a.strike - shown.indexPrice) - Math.abs(b.strike - shown.indexPrice)).slice(0, STRIKES) : shown.byStrike.slice(0, STRIKES);
    const rows = around.sort((a, b) => b.strike - a.strike);
    strikes.replaceChildren(opposed(words + " by strike", ["All contracts", "Dealers: long calls, short puts"], rows.map(each => ({
      name: price(each.strike), left: each.greeks[gross], right: each.greeks[dealer], leftKind: "plain", rightKind: each.greeks[dealer] < 0 ? "short" : "long",
      title: "strike " + price(each.strike) + ", " + unit + "; left: " + GROSS + "; right: " + DEALER + "; " + size(each.greeks.openInterest) + " " + shown.baseAsset + " open, calls " + size(each.greeks.callOpenInterest) + at(),
    })), usd), ...(rows.length < shown.byStrike.length ? [el("p", { class: "note", text: "The " + STRIKES + " strikes nearest to the price, of " + shown.byStrike.length + "." })] : []));
  }
}

function expiryTable() {
  const money = (name, field, what) => ({ name, by: e => e.greeks[field], cell: e => usd(e.greeks[field]), title: e => what + ", USD: " + number(e.greeks[field], 0) + e.at });
  return table({ label: "exposure by expiry", key: e => String(e.expiryMs), sortBy: 0, falling: false, none: "No expiry.", columns: [
    { name: "Expiry", cls: "key left", by: e => e.expiryMs, cell: e => new Date(e.expiryMs).toISOString().slice(0, 10), title: e => new Date(e.expiryMs).toISOString() },
    { name: "Options", by: e => e.greeks.options, cell: e => count(e.greeks.options), title: e => "that count" + e.at },
    { name: "Open interest", by: e => e.greeks.openInterest, cell: e => size(e.greeks.openInterest), title: e => "base units, each contract once" + e.at },
    money("Delta-equivalent", "deltaEquivalentUsd", "Σ |delta| × open interest × forward"),
    money("Gamma, all", "gammaUsd", "delta gained per 1 %, " + GROSS),
    money("Gamma, dealers", "dealerGammaUsd", "delta gained per 1 %, " + DEALER),
    money("Vega, all", "vegaUsd", "per point of volatility, " + GROSS),
    money("Vega, dealers", "dealerVegaUsd", "per point of volatility, " + DEALER),
  ] });
}

function hedging(signal) {
  return chart({ height: 240, label: "Hedging flow over the move of the price", signal, build: () => {
    const flow = v => signed(v);
    return {
      scales: { x: { time: false } },
      axes: [{ values: (u, values) => values.map(v => signedPercent(v, 0)) }, { size: 70, values: (u, values) => values.map(v => (v < 0 ? "−" : "") + size(Math.abs(v))) }],
      series: [{ label: "Move", value: (u, v) => signedPercent(v, 0) }, line("All contracts, most bought", "--quiet", flow, { width: 1 }), line("most sold", "--quiet", flow, { width: 1 }),
        line("Dealers: long calls, short puts", "--accent", flow, { width: 2.5, points: { show: true, size: 5 } })],
      bands: [{ series: [1, 2], fill: colour("--quiet") + "26" }],
    };
  } });
}

/** Of all contracts it is known how much, not which way: who is long sells as the price rises, who is short buys. */
function drawFlow(flow, shown) {
  const steps = [...shown.deltaHedging, ...(shown.deltaHedging.some(s => s.shock === 0) ? [] : [{ shock: 0, grossFlow: 0, dealerFlow: 0 }])].sort((a, b) => a.shock - b.shock);
  flow.update([steps.map(s => s.shock), steps.map(s => s.grossFlow), steps.map(s => -s.grossFlow), steps.map(s => s.dealerFlow)]);
}
