/** How leveraged accounts are: what a part of each side does not exceed, and the middle one by size of account. */

import { get, path } from "./api.js";
import { el, panel, state } from "./dom.js";
import { fact, facts, freshness, opposed } from "./facts.js";
import { count, has, number, percent, provenance, size, times, usd } from "./format.js";
import { sides } from "./marks.js";
import { poll } from "./poll.js";
import { table } from "./table.js";

/** All accounts are looked at every few seconds; their spread changes slowly, and the answer holds all of contagion. */
const EVERY_MS = 15000;
const BY_SIZE = "bySize";
/** Words, end of the field's name, which part of the accounts, what of theirs. */
const READINGS = [
  ["gross, by heads", "ByAccounts", "that this part of the accounts do not exceed", "gross notional / equity"],
  ["gross, by money", "ByNotional", "that accounts with this part of the gross notional do not exceed", "gross notional / equity"],
  ["netted, by heads", "CommitmentByAccounts", "that this part of the accounts do not exceed", "notional / equity, longs and shorts of one asset netted"],
  ["netted, by money", "CommitmentByNotional", "that accounts with this part of the netted notional do not exceed", "notional / equity, longs and shorts of one asset netted"],
];

/** The panel, filled as it is read. */
export function accountLeverage(signal) {
  const choice = el("select", { "aria-label": "Which leverage" },
    ...READINGS.map(([text, value]) => el("option", { value, text })), el("option", { value: BY_SIZE, text: "by size of account" }));
  const fresh = el("span");
  const words = el("div", {}, state("waiting", "Reading ..."));
  const spread = el("div");
  const list = facts("accounts whose leverage is known");
  const body = el("div", { hidden: true }, spread, el("div", { class: "body" }, list.node));
  const sizes = sizeTable();
  let shown = null;

  choice.addEventListener("change", () => { if (shown?.accountLeverage) draw(); });
  poll(s => get(path("contagion"), s), { everyMs: EVERY_MS, signal, show: found => {
    shown = found;
    fresh.replaceChildren(...freshness(found));
    const its = found.accountLeverage;
    if (!its) say("empty", "The last look at all accounts was an older version's, which does not tell it.");
    else if (its.longAccounts + its.shortAccounts + its.longWithoutEquity + its.shortWithoutEquity === 0) say("empty", "No account holds anything whose price moves.");
    else draw();
  }, fail: error => {
    if (!shown) say(error.status === 404 ? "empty" : "error",
      error.status === 404 ? "Not computed yet: it comes with the first look at all accounts." : "Not known: " + error.message + ". Trying again.");
  } });

  function say(kind, text) {
    words.replaceChildren(state(kind, text));
    body.hidden = true;
  }

  function draw() {
    const its = shown.accountLeverage;
    // Venues do not say how many accounts they have: what was looked at stands for the coverage.
    const at = count(shown.accounts) + " accounts looked at, no venue reports how many there are; pools left out as a price is missing: "
      + count(shown.poolsUnpriced) + "; " + provenance(shown);
    words.replaceChildren();
    body.hidden = false;
    if (choice.value === BY_SIZE) {
      sizes.update(its.sizes.map(each => ({ ...each, at })));
      if (sizes.node.parentNode !== spread) spread.replaceChildren(sizes.node);
    } else {
      const [text, field, part, what] = READINGS.find(([, value]) => value === choice.value);
      spread.replaceChildren(el("div", { class: "body scroll" }, opposed("leverage of accounts, " + text, ["Net long", "Net short"], its.quantiles.map(q => ({
        name: percent(q.quantile, 0), left: q["long" + field], right: q["short" + field],
        title: "leverage " + part + ", of those net long / net short with equity: " + what + ", a ratio, known to 0.5 %; " + at,
      })), times), el("p", { class: "note", text: "Leverage " + part + "." })));
    }
    list.update([
      fact("Accounts", sides(its.longAccounts, its.shortAccounts, count), "accounts net long / net short that have equity, count"),
      fact("Without equity", sides(its.longWithoutEquity, its.shortWithoutEquity, count), "accounts net long / net short whose equity is not above 0, count; they are in nothing else here"),
      fact("… which hold", sides(its.longWithoutEquityUsd, its.shortWithoutEquityUsd, usd), "gross notional of the accounts net long / net short without equity, USD"),
    ], at);
  }

  return panel("Leverage of accounts", [fresh, choice], words, body);
}

function sizeTable() {
  const band = each => (has(each.belowUsd) ? (each.fromUsd > 0 ? "$" + size(each.fromUsd) + " to " : "below ") + "$" + size(each.belowUsd) : "$" + size(each.fromUsd) + " and more");
  return table({ label: "leverage by size of account", key: each => String(each.fromUsd), none: "No band.", columns: [
    { name: "Equity", cls: "key left", cell: band, title: each => "equity of the account, USD, both sides together; " + each.at },
    { name: "Accounts", cell: each => count(each.accounts), title: each => "accounts of this equity, count; " + each.at },
    { name: "Gross notional", cell: each => usd(each.notionalUsd), title: each => "what they hold, longs and shorts added, USD: " + number(each.notionalUsd, 0) + "; " + each.at },
    { name: "Median leverage", cell: each => times(each.medianLeverage), title: each => (has(each.medianLeverage) ? "" : "not known: no such account; ")
      + "gross notional / equity that half of them do not exceed, a ratio, known to 0.5 %; losses lower equity, and so lead to a lower band; " + each.at },
  ] });
}
