/** What takes longer to measure of a market than its state: cycle, volatility, distribution, skew, carry, liquidity. */

import { get, path } from "./api.js";
import { el, panel, state } from "./dom.js";
import { fact, facts, freshness, history, modelled, opposed } from "./facts.js";
import { STALE_MS, age, count, has, iso, number, percent, plain, provenance, signed, signedPercent, size, times, usd } from "./format.js";
import { sides, skewCell } from "./marks.js";
import { poll } from "./poll.js";
import { table } from "./table.js";
import { tile } from "./tiles.js";

const EVERY_MS = 5000;
const HOUR_MS = 3600e3;
/** Hours of open interest that a phase takes, as docs/measures.md says. */
const PHASE_HOURS = 72;

export const PHASES = {
  CALM: ["calm", "good", "nothing is unusual"],
  BUILD_UP: ["build-up", "sim", "open interest grows unusually fast, and neither leverage nor its price falls"],
  CROWDED: ["crowded", "warn", "open interest is high and one side pays for it, or is the more leveraged, unusually so"],
  DELEVERAGING: ["deleveraging", "bad", "open interest falls unusually fast, with forced trades"],
  REPAIR: ["repair", "sim", "a deleveraging is over, not yet long ago"],
};

const SCORES = [
  ["openInterestTrendScore", "Open interest, change in a day"], ["openInterestScore", "Open interest"], ["leverageScore", "Leverage"],
  ["basisScore", "Basis"], ["fundingScore", "Funding"], ["skewScore", "Leverage skew"], ["depthScore", "Depth"], ["forcedScore", "Forced in a day"],
];

/** The phase as a badge; where there is none yet, how far history has come. */
export function phaseBadge(cycle) {
  if (!cycle) return el("span", { class: "quiet", text: "–" });
  if (!cycle.phase) return el("span", { class: "quiet", text: count(Math.floor(cycle.historyMs / HOUR_MS)) + " of " + PHASE_HOURS + " h" });
  const [word, kind] = PHASES[cycle.phase];
  return el("span", { class: "badge " + kind, text: word });
}

export function phaseHint(set) {
  const cycle = set && set.cycle;
  if (!cycle) return "phase of the leverage cycle: switched off, or not computed yet";
  const rests = history(cycle.historyMs, cycle.samples, "hours") + "; " + provenance(set);
  if (!cycle.phase) return "phase of the leverage cycle: from " + PHASE_HOURS + " hours of open interest on; " + rests;
  return PHASES[cycle.phase][2] + "; since " + iso(cycle.phaseSinceMs) + ", for " + age(set.asOfMs - cycle.phaseSinceMs)
    + "; signals now: " + PHASES[cycle.candidate][0] + "; a reading by thresholds of ours, no forecast; " + rests;
}

/** A record of the system is written once a minute of event time, and read twice: older than this, one did not come. */
const SYSTEM_STALE_MS = 120e3;

/**
 * The phase of all markets together, as a tile.
 *
 * @param set null: there is none; undefined: not read yet
 */
export function cycleTile(set) {
  const cycle = set?.cycle;
  const hint = "open interest at unchanged prices, all markets together" + (set ? ", of " + count(set.marketsJudged) + (set.marketsJudged === 1 ? " market: " : " markets: ") : ": ")
    + (set && !cycle ? "no hour was judged yet; " + provenance(set) : phaseHint(set));
  if (!cycle) return tile("Leverage cycle", "–", hint, set === undefined ? "reading ..." : set ? "no hour judged yet" : "switched off, or not computed yet");
  const old = set.ageMs > SYSTEM_STALE_MS || set.stalenessMs > STALE_MS;
  const node = tile("Leverage cycle", phaseBadge(cycle), hint, el("span", {},
    old ? el("span", { class: "badge warn", text: "stale, " + age(Math.max(set.ageMs, set.stalenessMs)) }) : null, old ? " " : null,
    cycle.phase ? "since " + iso(cycle.phaseSinceMs).slice(0, 16).replace("T", " ") + " UTC, " : "no phase yet, ",
    history(cycle.historyMs, cycle.samples, "hours"), ...(cycle.phase ? [" ", modelled()] : [])));
  node.classList.toggle("stale", old);
  return node;
}

/** The panels of a market, filled as they are read. */
export function measures(id, signal) {
  const groups = [cycle(), volatility(), atRisk(), distribution(), skew(), carry(), liquidity()];
  const node = el("section", { "aria-label": "Measures" }, el("h2", { class: "part" }, "Measures ",
    el("span", { class: "quiet", text: "of observed positions and prices; what is marked " }), modelled(),
    el("span", { class: "quiet", text: " follows from a model" })), el("div", { class: "columns" }, ...groups.map(group => group.node)));
  let shown = false;
  poll(s => get(path("markets", id, "measures"), s), { everyMs: EVERY_MS, signal,
    show: set => { shown = true; groups.forEach(group => group.show(set)); },
    fail: error => {
      if (!shown) groups.forEach(group => group.say(error.status === 404 ? "empty" : "error",
        error.status === 404 ? "Not computed yet." : "Not known: " + error.message + ". Trying again."));
    } });
  return node;
}

/** A panel that says why where its group is null. */
function group(heading, field, body, draw) {
  const fresh = el("span"), rests = el("span", { class: "quiet" });
  const words = el("div", {}, state("waiting", "Reading ..."));
  body.hidden = true;
  const node = panel(heading, [rests, fresh], words, body);
  const say = (kind, text) => { words.replaceChildren(state(kind, text)); rests.textContent = ""; body.hidden = true; };
  function show(set) {
    fresh.replaceChildren(...freshness(set));
    const found = set[field];
    if (!found) {
      say("empty", "Nothing to say: " + field + " is switched off (monitor.measures), or this market has no ladder yet.");
      return;
    }
    words.replaceChildren();
    body.hidden = false;
    rests.textContent = draw(found, provenance(set), set) || "";
  }
  return { node, show, say };
}

function cycle() {
  const phase = el("div", { class: "phase", role: "status" });
  const bars = el("div", { class: "scroll" });
  const body = el("div", { class: "body" }, phase, bars, el("p", { class: "note", text: "Bars: how unusual each signal is, in robust standard deviations of the last 31 days;"
    + " right of the middle: higher than usual. Marks at 1 and 2." }));
  return group("Where in its leverage cycle", "cycle", body, (found, at, set) => {
    const rests = history(found.historyMs, found.samples, "hours");
    phase.title = phaseHint(set);
    phase.replaceChildren(...(found.phase ? [phaseBadge(found), " "] : []), el("span", { class: "quiet", text: found.phase
      ? "for " + age(set.asOfMs - found.phaseSinceMs) + ", " + PHASES[found.phase][2] + (found.candidate !== found.phase ? "; signals now say " + PHASES[found.candidate][0] : "")
      : "No phase yet: it takes " + PHASE_HOURS + " hours of open interest, " + count(Math.floor(found.historyMs / HOUR_MS)) + " are known." }), " ", modelled());
    bars.replaceChildren(el("table", { class: "scores", "aria-label": "signals of the cycle" }, el("tbody", {}, ...SCORES.map(([name, words]) => el("tr", {
      title: words + ": score, (value − median) / (1.4826 × median absolute deviation); "
        + (has(found[name]) ? "" : "not known: fewer than " + PHASE_HOURS + " hours, or it stood still; ") + rests + "; " + at },
      el("th", { scope: "row", text: words }), el("td", { class: "half", "aria-hidden": "true" }, scoreBar(found[name])), el("td", { class: "number", text: signedScore(found[name]) }))))));
    return rests + (found.ofVenueOpenInterest ? "" : ", observed open interest");
  });
}

const signedScore = v => (has(v) ? (v > 0 ? "+" : v < 0 ? "−" : "") + number(Math.abs(v), 1) : "–");
const MOST_SCORE = 4;

function scoreBar(score) {
  const box = el("div", { class: "score" });
  for (const at of [-2, -1, 1, 2]) {
    const mark = el("s");
    mark.style.left = 50 + 50 * at / MOST_SCORE + "%";
    box.append(mark);
  }
  if (has(score)) {
    const fill = el("i", { class: Math.abs(score) >= 2 ? "much" : "" });
    const width = 50 * Math.min(MOST_SCORE, Math.abs(score)) / MOST_SCORE;
    fill.style.left = (score > 0 ? 50 : 50 - width) + "%";
    fill.style.width = width + "%";
    box.append(fill);
  }
  box.append(el("b"));
  return box;
}

const HORIZONS = new Map([[HOUR_MS, "hour"], [24 * HOUR_MS, "day"], [30 * 24 * HOUR_MS, "30 days"]]);
const horizon = ms => HORIZONS.get(ms) || age(ms);
const yearly = v => percent(v, 1);

function volatility() {
  const list = facts("volatility");
  const rows = table({ label: "realised volatility", key: h => String(h.horizonMs), none: "No horizon.", columns: [
    { name: "Over the last", cls: "key left", cell: h => horizon(h.horizonMs) },
    { name: "Volatility", cell: h => yearly(h.annual), title: h => "realised, fraction a year, jumps included; "
      + (has(h.annual) ? "error about " + percent(1 / Math.sqrt(2 * h.samples), 0) + " of itself" : "takes 10 returns and a tenth of the horizon") + "; " + h.at },
    { name: "Without jumps", cell: h => yearly(h.continuousAnnual), title: h => "from products of neighbouring returns, fraction a year; " + h.at },
    { name: "Jumps", cell: h => percent(h.jumpShare, 0), title: h => "share of the variance, 0 to 1; " + h.at },
    { name: "Known", cell: h => (h.samples ? age(h.historyMs) + ", " + count(h.samples) : "none yet"), title: h => "time covered, and returns, count; " + h.at },
  ] });
  return group("Realised volatility", "volatility", el("div", {}, rows.node, el("div", { class: "body" }, list.node)), (found, at) => {
    rows.update(found.horizons.map(h => ({ ...h, at })));
    const of = has(found.dailyVolatilityHorizonMs) ? "from the volatility of the last " + horizon(found.dailyVolatilityHorizonMs) : "";
    const follows = found.returnVolatility;
    const missing = "no volatility of a day yet";
    list.update([
      fact("A usual day", percent(found.dailyVolatility, 2), "one standard deviation of a day's return, fraction; " + of, { below: of, missing }),
      fact("… costs the longs", percent(found.longScaledLeverage, 1), "volatility-scaled leverage: leverage of the longs × volatility of a day, fraction of their equity", { missing }),
      fact("… costs the shorts", percent(found.shortScaledLeverage, 1), "volatility-scaled leverage: leverage of the shorts × volatility of a day, fraction of their equity", { missing }),
      fact("Falls are followed by larger swings", follows ? signed(follows.correlation) : null,
        "rank correlation of an hour's return and the size of the next, −1 to 1; negative: yes" + (follows ? "; 95 % interval " + signed(follows.correlationLow) + " to " + signed(follows.correlationHigh) + ", "
          + count(follows.samples) + " pairs of hours" : ""), { missing: "takes 100 pairs of neighbouring hours", below: follows ? signed(follows.correlationLow) + " to " + signed(follows.correlationHigh) : null }),
    ], at);
    return "";
  });
}

function atRisk() {
  const list = facts("leverage at risk");
  const bands = el("div", { class: "scroll" });
  const rows = table({ label: "equity at risk in a day", key: e => e.side, none: "No volatility or no ladder yet.", columns: [
    { name: "Equity of", cls: "key left", cell: e => e.side.toLowerCase() },
    { name: "Equity", cell: e => usd(e.equityUsd), title: e => "USD: " + number(e.equityUsd, 2) + "; " + e.at },
    { name: "VaR, modelled", cell: e => usd(e.parametricVarUsd), title: e => "modelled: lost or more on one day in twenty, USD, were returns normal; on average then " + usd(e.parametricShortfallUsd) + "; " + e.at },
    { name: "VaR, as seen", cell: e => usd(e.historicalVarUsd), title: e => (has(e.historicalVarUsd) ? "twentieth worst of " + count(e.samples) + " returns of 24 h, USD; on average then " + usd(e.historicalShortfallUsd)
      : "not known: takes 100 returns of 24 hours, " + count(e.samples) + " are known") + "; " + e.at },
  ] });
  const body = el("div", {}, el("div", { class: "body" }, list.node, bands), rows.node);
  return group("Leverage at risk", "volatility", body, (found, at) => {
    const missing = "no volatility or no ladder yet";
    const risk = (side, hours, field) => fact(side + " within " + hours, usd(found[field]),
      "forced " + side.toLowerCase() + " to be expected within " + hours + ", USD: each line's probability of being reached, at the present volatility and without drift; cascades are not in it",
      { model: true, missing });
    list.update([risk("Longs", "1 h", "longAtRiskUsd1h"), risk("Shorts", "1 h", "shortAtRiskUsd1h"), risk("Longs", "1 d", "longAtRiskUsd1d"), risk("Shorts", "1 d", "shortAtRiskUsd1d")], at);
    bands.replaceChildren(...(found.leverageAtRisk.length ? [opposed("lines by distance", ["Longs", "Shorts"], found.leverageAtRisk.map(band => ({
      name: percent(band.from, 0) + (has(band.to) ? " to " + percent(band.to, 0) : " and more"), left: band.longUsd, right: band.shortUsd,
      title: "notional whose liquidation price is so far from the mark, USD (observed); of the longs expected within a day " + usd(band.longUsd1d) + ", of the shorts " + usd(band.shortUsd1d) + " (modelled); " + at,
    })), usd)] : []));
    rows.update(found.equityAtRisk.map(e => ({ ...e, at })));
    return "";
  });
}

function distribution() {
  const bands = el("div", { class: "scroll" });
  const list = facts("distribution");
  const part = (q, text) => ({ ...q, name: text });
  const rows = table({ label: "quantiles of leverage", key: q => String(q.quantile), none: "No position.", columns: [
    { name: "Not exceeded by", cls: "key left", cell: q => percent(q.quantile, 0) },
    { name: "Longs, money", cell: q => times(q.longByNotional), title: q => "leverage that this share of the longs' size does not exceed; " + q.at },
    { name: "Shorts, money", cell: q => times(q.shortByNotional), title: q => "leverage that this share of the shorts' size does not exceed; " + q.at },
    { name: "Longs, heads", cell: q => times(q.longByPositions), title: q => "the same of the number of long positions; " + q.at },
    { name: "Shorts, heads", cell: q => times(q.shortByPositions), title: q => "the same of the number of short positions; " + q.at },
  ] });
  const body = el("div", {}, el("div", { class: "body" }, bands, list.node), rows.node);
  return group("Leverage, how it is spread", "distribution", body, (found, at) => {
    bands.replaceChildren(opposed("notional by leverage", ["Longs", "Shorts"], [...found.bands.map(band => ({
      name: (has(band.below) ? band.from + "–" + band.below + "×" : band.from + "× and more"), left: band.longNotionalUsd, right: band.shortNotionalUsd,
      title: "notional of positions with this leverage on their own equity, USD; " + count(band.longPositions) + " longs, " + count(band.shortPositions) + " shorts; " + at,
    })), { name: "no equity", left: found.longWithoutEquityUsd, right: found.shortWithoutEquityUsd,
      title: "notional of positions whose own equity is used up, USD; " + count(found.longPositionsWithoutEquity) + " longs, " + count(found.shortPositionsWithoutEquity) + " shorts; the rest of an account may carry them; " + at }], usd));
    list.update([
      fact("May be opened with", times(found.maxLeverage), "highest leverage of the first margin tier", { missing: "the venue does not state it" }),
      fact("… of which is used", has(found.longMaxUse) || has(found.shortMaxUse) ? sides(found.longMaxUse, found.shortMaxUse, v => percent(v, 0)) : null, "leverage of the longs / shorts over the highest, fractions", { missing: "highest leverage or equity not known" }),
      fact("Beyond it", has(found.longAboveMaxShare) || has(found.shortAboveMaxShare) ? sides(found.longAboveMaxShare, found.shortAboveMaxShare, v => percent(v, 1)) : null, "share of the longs' / shorts' size that got there by losing, fractions", { missing: "highest leverage not known" }),
      fact("Gini", has(found.gini) ? number(found.gini, 2) : null, "inequality of position sizes, 0: all equal, to 1", { missing: "no position" }),
    ], at);
    rows.update(found.quantiles.map(q => part({ ...q, at }, "")));
    return "";
  });
}

function skew() {
  const list = facts("skew");
  return group("Which side is stretched", "skew", el("div", { class: "body" }, list.node), (found, at) => {
    const rests = history(found.historyMs, found.samples, "hours of funding");
    list.update([
      fact("Mean leverage", sides(found.longMeanLeverage, found.shortMeanLeverage, times), "of the average dollar of the longs / shorts, ratios; those near ruin weigh most"),
      fact("Skew of means", has(found.meanLeverageSkew) ? skewCell(found.meanLeverageSkew) : null, "(long − short) / (long + short), −1 to 1; right: longs are more leveraged", { missing: "one side has no position with equity" }),
      fact("Skew of medians", has(found.medianLeverageSkew) ? skewCell(found.medianLeverageSkew) : null, "the same of the medians by notional, −1 to 1", { missing: "one side has no position with equity" }),
      fact("Long to short, heads", has(found.longShortPositions) ? number(found.longShortPositions, 2) : null, "long positions / short positions, a ratio", { missing: "no short" }),
      fact("Long to short, money", has(found.longShortNotional) ? number(found.longShortNotional, 2) : null, "long / short notional, a ratio; 1 where a whole market is observed", { missing: "no short" }),
      fact("Long to short, equity", has(found.longShortEquity) ? number(found.longShortEquity, 2) : null, "long / short equity, a ratio", { missing: "a side has no equity" }),
      fact("Funding, how unusual", has(found.fundingSkewScore) ? signedScore(found.fundingSkewScore) : null, "robust standard deviations of the crowding that funding implies; > 0: longs more crowded than usual; " + rests,
        { missing: "funding not reported, it stood still, or less than 24 hours known" }),
    ], at);
    return rests;
  });
}

function carry() {
  const list = facts("carry");
  return group("What holding costs", "carry", el("div", { class: "body" }, list.node), (found, at) => {
    const missing = "funding not reported";
    const pays = v => (!has(v) ? null : v > 0 ? "pays" : v < 0 ? "receives" : "neither");
    const side = (name, field) => fact(name + ", an hour", has(found[field]) ? usd(Math.abs(found[field])) : null,
      "USD per hour at the present rate: " + (has(found[field]) ? number(found[field], 2) + "; > 0 is paid, < 0 received" : ""), { below: pays(found[field]), missing });
    const day = (name, field) => fact(name + ", of equity a day", signedPercent(found[field], 3), "funding of a day over the side's equity, fraction; > 0 is paid", { missing: "funding not reported, or no equity" });
    list.update([
      fact("Funding, 1 h", signedPercent(found.fundingRate1h, 4), "fraction of notional an hour; > 0: longs pay", { missing }),
      fact("… in a year", signedPercent(found.fundingRateYear, 1), "the same × 8760, not compounded; no forecast", { missing }),
      side("Longs", "longFundingUsdPerHour"), side("Shorts", "shortFundingUsdPerHour"),
      day("Longs", "longFundingShareOfEquityPerDay"), day("Shorts", "shortFundingShareOfEquityPerDay"),
      fact("Until the weakest are gone", has(found.weakestPayersMs) ? hours(found.weakestPayersMs) : null, "hours until funding alone takes the weakest 5 % of the paying side to their lines, price and rate standing still: "
        + (has(found.weakestPayersMs) ? number(found.weakestPayersMs / HOUR_MS, 1) + " h" : ""), { model: true, below: found.payingSide === "NEITHER" ? null : found.payingSide.toLowerCase() + "s pay",
        missing: found.payingSide === "NEITHER" ? "nobody pays" : "less than 5 % of the payers have a line" }),
    ], at);
    return found.payingSide === "NEITHER" ? "" : found.payingSide.toLowerCase() + "s pay";
  });
}

const hours = ms => (ms < 1000 * HOUR_MS ? number(ms / HOUR_MS, ms < 10 * HOUR_MS ? 1 : 0) + " h" : age(ms));

function liquidity() {
  const list = facts("liquidity");
  const rows = table({ label: "depth against forced volume", key: b => String(b.distance), none: "No ladder yet.", columns: [
    { name: "Move", cls: "key left", cell: b => percent(b.distance, 0) },
    { name: "Bids", cell: b => usd(b.bidUsd), title: b => "bid within this distance, USD; " + b.at },
    { name: "Forced sales", cell: b => usd(b.forcedSaleUsd), title: b => "longs that a fall so far takes to their lines, USD; without what their sales set off; " + b.at },
    { name: "Shots", cell: b => shots(b.saleShots), title: b => "how often the bids could take these sales, a ratio; below 1: not once; " + b.at },
    { name: "Offers", cell: b => usd(b.askUsd), title: b => "offered within this distance, USD; " + b.at },
    { name: "Forced buys", cell: b => usd(b.forcedPurchaseUsd), title: b => "shorts that a rise so far takes to their lines, USD; " + b.at },
    { name: "Shots", cell: b => shots(b.purchaseShots), title: b => "how often the offers could take these purchases, a ratio; below 1: not once; " + b.at },
  ] });
  return group("Depth, in shots", "liquidity", el("div", {}, rows.node, el("div", { class: "body" }, list.node)), (found, at) => {
    const rests = history(found.historyMs, found.samples, "hours of depth");
    rows.update(found.bands.map(b => ({ ...b, at })));
    list.update([
      fact("Depth within 1 %", usd(found.depthUsd), "bids and offers within 1 % of mid, USD, of " + iso(found.depthTimeMs), { missing: "depth is " + found.depthState.toLowerCase().replaceAll("_", " "), below: found.depthState.toLowerCase().replaceAll("_", " ") }),
      fact("… of the usual", percent(found.depthRatio, 0), "depth now / median of the hours of 31 days (" + usd(found.usualDepthUsd) + "), a ratio; " + rests, { missing: "takes 24 hours of depth" }),
      fact("Round trip", percent(found.roundTripCost, 3), "(average offer − average bid within " + percent(found.roundTripDistance, 2) + ") / mid, fraction; an upper bound of the spread", { missing: "the feed tells no average prices, or depth is not live" }),
      fact("Comes back by half in", has(found.recoveryHalfLifeMs) ? age(found.recoveryHalfLifeMs) : null, "resilience: half-life of a gap in depth, from the last hour's minutes; rather too short", { model: true, missing: "takes 20 pairs of minutes in which depth came back" }),
    ], at);
    return rests;
  });
}

const shots = v => !has(v) ? "–" : el("span", { class: v < 1 ? "short" : "", text: v >= 1000 ? size(v) + "×" : plain(v) + "×" });
