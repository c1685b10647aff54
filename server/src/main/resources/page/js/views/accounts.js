/** Accounts nearest to their line, and one account in full. */

import { get, path, query } from "../api.js";
import { el, panel, state } from "../dom.js";
import { age, count, has, isStale, iso, number, percent, plain, price, provenance, signedPercent, size, times, usd } from "../format.js";
import { poll } from "../poll.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";

const KIND = { WATCH: "", MARGIN_CALL: "warn", LIQUIDATABLE: "bad", BANKRUPT: "bad", OK: "good" };
const word = s => (s ? s.toLowerCase().replace("_", " ") : "not known");
const badge = s => el("span", { class: "badge " + (KIND[s] || ""), text: word(s) });

export function show(root, { id, signal }) {
  if (id) one(root, id, signal); else nearest(root, signal);
}

function nearest(root, signal) {
  const sort = el("select", { "aria-label": "Which first" }, ...[["distance", "nearest first"], ["ratio", "highest margin ratio"], ["equity", "largest equity"], ["forced", "largest forced volume"]]
    .map(([value, text]) => el("option", { value, text })));
  const state = el("select", { "aria-label": "State" }, ...[["", "all states"], ...["WATCH", "MARGIN_CALL", "LIQUIDATABLE", "BANKRUPT"].map(s => [s, word(s)])]
    .map(([value, text]) => el("option", { value, text })));
  const tiles = el("div", { class: "tiles" });
  const rows = table({ label: "accounts", key: a => a.id, text: a => a.id, sortBy: 2, falling: false, rowClass: a => (isStale(a) ? "stale" : ""), columns: [
    { name: "Account", cls: "key left", by: a => a.id, once: true, title: a => provenance(a), cell: a => el("span", {},
      el("a", { href: "#/accounts/" + encodeURIComponent(a.id), text: a.account.startsWith("~") ? a.account.slice(0, 11) + "…" : a.account, title: a.account }), el("span", { class: "venue", text: a.venue })) },
    { name: "State", cls: "left", by: a => a.state, cell: a => badge(a.state), title: a => "by margin ratio, since " + iso(a.stateSinceMs) },
    { name: "Distance", by: a => (has(a.distance) ? Math.abs(a.distance) : null), cell: a => signedPercent(a.distance), title: a => "smallest common move of all its prices that liquidates it; " + provenance(a) },
    { name: "Margin ratio", by: a => a.marginRatio, cell: a => plain(a.marginRatio), title: a => "requirement / backing of its nearest pool; 1 is the line; " + provenance(a) },
    { name: "Leverage", by: a => a.grossLeverage, cell: a => times(a.grossLeverage), title: () => "gross notional / equity" },
    { name: "Equity", by: a => a.equityUsd, cell: a => usd(a.equityUsd), title: a => "USD: " + number(a.equityUsd, 2) },
    { name: "Forced first", by: a => a.forcedNotionalUsd, cell: a => usd(a.forcedNotionalUsd), title: () => "USD that would be sold or bought first" },
    { name: "Positions", by: a => a.positions.length, cell: a => number(a.positions.length), title: a => a.positions.map(p => p.symbol).join(", ") },
    { name: "Age", by: a => a.ageMs, cell: a => age(Math.max(0, a.ageMs)), title: a => provenance(a) },
  ] });
  root.append(el("h1", {}, "Accounts ", el("span", { class: "quiet", text: "in watch or worse" })), tiles, panel("Nearest to the line", [sort, state, rows.sorter, rows.filter], rows.node));
  const again = poll(s => get(path("accounts") + query({ sort: sort.value, limit: 100, state: state.value }), s), { everyMs: 2000, signal,
    show: found => {
      tiles.replaceChildren(...Object.entries(found.accountsByState).map(([s, n]) => tile(word(s), count(n), "accounts in this state, count")));
      rows.update(found.accounts);
      if (!found.accounts.length) rows.say("empty", "No account is near its line.");
    },
    fail: error => { if (rows.isEmpty()) rows.say("error", "No accounts: " + error.message + ". Trying again."); } });
  sort.addEventListener("change", again);
  state.addEventListener("change", again);
}

function one(root, id, signal) {
  const head = el("span");
  const tiles = el("div", { class: "tiles" });
  const note = el("div");
  const positions = table({ label: "positions", key: p => p.symbol, sortBy: 3, columns: [
    { name: "Market", cls: "key left", by: p => p.symbol, cell: p => p.symbol, title: p => p.marginMode.toLowerCase() + ", margin table of " + (p.marginTableDate || "unknown date") },
    { name: "Size", by: p => p.size, cell: p => el("span", { class: p.size > 0 ? "long" : "short", text: size(p.size) }), title: () => "base units, positive long" },
    { name: "Entry", by: p => p.entryPrice, cell: p => price(p.entryPrice), title: () => "quote units" },
    { name: "Notional", by: p => p.notionalUsd, cell: p => usd(p.notionalUsd), title: () => "USD at the present price" },
    { name: "Mark", by: p => p.markPrice, cell: p => price(p.markPrice), title: p => "quote units, of " + iso(p.priceTimeMs) },
    { name: "Profit", by: p => p.unrealisedUsd, cell: p => usd(p.unrealisedUsd), title: () => "not taken yet, USD" },
    { name: "Liquidated at", by: p => p.liquidationPrice, cell: p => price(p.liquidationPrice), title: p => "quote units, if only this price moves; the venue's own " + price(p.venueLiquidationPrice) + "; source " + p.source },
    { name: "Distance", by: p => p.distance, cell: p => signedPercent(p.distance), title: () => "to its liquidation price, fraction of the mark" },
    { name: "Bankrupt at", by: p => p.bankruptcyPrice, cell: p => price(p.bankruptcyPrice), title: () => "quote units, if only this price moves" },
  ] });
  const balances = table({ label: "balances", key: b => b.asset, sortBy: 2, columns: [
    { name: "Asset", cls: "key left", by: b => b.asset, cell: b => b.asset },
    { name: "Quantity", by: b => b.quantity, cell: b => size(b.quantity), title: () => "units; negative is debt" },
    { name: "Value", by: b => b.valueUsd, cell: b => usd(b.valueUsd), title: b => "USD, at " + price(b.priceUsd) },
    { name: "Counts as margin", by: b => b.collateralFactor, cell: b => percent(b.collateralFactor, 0), title: () => "collateral factor" },
  ] });
  root.append(el("h1", {}, el("a", { href: "#/accounts", text: "Accounts" }), " / " + id + " ", head), note, tiles,
    panel("Positions", positions.sorter, positions.node), panel("Balances", null, balances.node));
  poll(s => get(path("accounts", id), s), { everyMs: 2000, signal, show: a => {
    const at = "; " + provenance(a);
    const missing = [...a.missingPrices.map(m => "no price of " + m), ...a.missingInstruments.map(m => "no instrument " + m)];
    note.replaceChildren(...(missing.length ? [el("p", { class: "note", text: missing.join(", ") + ": what needs it is left out." })] : []));
    head.replaceChildren(badge(a.state));
    tiles.replaceChildren(
      tile("Margin ratio", plain(a.marginRatio), "requirement / backing of its nearest pool; 1 is the line" + at, "line at 1"),
      tile("Distance", signedPercent(a.distance), "smallest common move of all its prices that liquidates it" + at),
      tile("Leverage", times(a.grossLeverage), "gross notional / equity" + at, "net " + times(a.netLeverage)),
      tile("Equity", usd(a.equityUsd), "USD" + at, "as margin " + usd(a.marginEquityUsd)),
      tile("Maintenance", usd(a.maintenanceMarginUsd), "maintenance margin of all positions, USD" + at),
      tile("Forced first", usd(a.forcedNotionalUsd), "USD that would be sold or bought first" + at));
    positions.update(a.positions);
    balances.update(a.balances);
  }, fail: error => { if (positions.isEmpty()) note.replaceChildren(state("error", "No account " + id + ": " + error.message)); } });
}
