/** What leverage rests on: which coins, what is borrowed against what, and what is borrowed against itself. */

import { get, path } from "../api.js";
import { el, panel, state } from "../dom.js";
import { csv } from "../download.js";
import { freshness, modelled, opposed } from "../facts.js";
import { count, has, number, percent, provenance, times, usd } from "../format.js";
import { poll } from "../poll.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";

const EVERY_MS = 3000;

export function show(root, { id, signal }) {
  let wanted = id || "system", shown = null;
  const choice = el("select", { "aria-label": "Of whom", onchange: () => { location.hash = "#/collateral/" + encodeURIComponent(choice.value); } });
  const fresh = el("span");
  const note = el("div", {}, state("waiting", "Reading ..."));
  const tiles = el("div", { class: "tiles" });
  const assets = assetTable(), venues = venueTable(), borrowed = borrowedTable();
  const loops = el("div");
  const venuePanel = panel("By venue", [venues.sorter], venues.node);
  const parts = el("div", { hidden: true }, tiles,
    panel("Collateral and debts by asset", [csv(() => path("collateral", wanted), "collateral"), assets.sorter, assets.filter], assets.node),
    el("div", { class: "columns" }, panel("Borrowed against", [borrowed.sorter], borrowed.node), venuePanel),
    panel("Loops: borrowed against itself", null, loops));
  root.append(el("h1", {}, "Collateral ", choice, " ", fresh), note, parts);

  poll(s => get(path("collateral"), s), { everyMs: EVERY_MS, signal, show: ({ subjects }) => {
    const ids = subjects.map(each => each.id);
    if ([...choice.options].map(o => o.value).join() !== ids.join()) choice.replaceChildren(...ids.map(each => el("option", { value: each, text: each })));
    choice.value = wanted;
    shown = subjects.find(each => each.id === wanted);
    parts.hidden = !shown;
    note.replaceChildren(...(shown ? [] : [ids.length && id ? state("error", "Nothing is known of collateral of " + id + ".")
      : state("empty", "Not computed yet: it comes with the first look at all accounts.")]));
    if (shown) draw();
  }, fail: error => { if (!shown) note.replaceChildren(state("error", "No collateral: " + error.message + ". Trying again.")); } });

  function draw() {
    const s = shown;
    const at = "; " + count(s.accounts) + " accounts looked at, no venue reports how many there are; " + provenance(s);
    const effective = v => (has(v) && v > 0 ? "like " + number(1 / v, 1) + " equal ones" : null);
    fresh.replaceChildren(...freshness(s));
    tiles.replaceChildren(
      tile("Collateral", usd(s.collateralUsd), "owned in pools with positions or debts, at present prices, USD: " + number(s.collateralUsd, 0) + at, "counts as margin " + usd(s.marginUsd)),
      tile("Borrowed", usd(s.debtUsd), "owed, USD: " + number(s.debtUsd, 0) + at, s.collateralUsd > 0 ? percent(s.debtUsd / s.collateralUsd, 0) + " of collateral" : null),
      tile("Largest asset", percent(s.assets.length ? Math.max(...s.assets.map(a => a.share || 0)) : null, 0), "share of the largest asset in collateral, fraction" + at, s.assets.length ? s.assets.reduce((a, b) => ((a.share || 0) >= (b.share || 0) ? a : b)).asset : null),
      tile("Concentration", has(s.concentration) ? number(s.concentration, 2) : "–", "Herfindahl index of assets, 0 to 1" + at, effective(s.concentration)),
      tile("… by family", has(s.familyConcentration) ? number(s.familyConcentration, 2) : "–", "Herfindahl index of families: assets that are claims on the same thing (monitor.assetFamilies), 0 to 1" + at, effective(s.familyConcentration)),
      tile("Looped", usd(s.loops.reduce((sum, l) => sum + l.debtUsd, 0)), "debt against collateral of its own family, USD" + at, s.debtUsd > 0 ? percent(s.loops.reduce((sum, l) => sum + l.debtUsd, 0) / s.debtUsd, 0) + " of what is borrowed" : null),
      tile("Looked at", count(s.accounts), "accounts whose collateral is in it, count; pools with a price missing: " + count(s.poolsUnpriced) + at, count(s.poolsUnpriced) + " pools unpriced"));
    const known = rows => rows.map(each => ({ ...each, at }));
    assets.update(known(s.assets));
    venues.update(known(s.venues));
    venuePanel.hidden = s.venues.length === 0;
    borrowed.update(known(s.borrowed));
    loops.replaceChildren(...(s.loops.length ? s.loops.map(each => loop(each, at)) : [state("empty", "Nothing is borrowed against assets of its own family.")]));
  }
}

function assetTable() {
  return table({ label: "collateral by asset", key: a => a.asset, text: a => a.asset + " " + a.family, sortBy: 2, none: "No collateral.", columns: [
    { name: "Asset", cls: "key left", by: a => a.asset, cell: a => a.asset, title: a => "family " + a.family },
    { name: "Family", cls: "left", by: a => a.family, cell: a => a.family, title: () => "assets that are claims on the same thing" },
    { name: "Owned", by: a => a.ownedUsd, cell: a => usd(a.ownedUsd), title: a => "USD: " + number(a.ownedUsd, 0) + a.at },
    { name: "Share", by: a => a.share, cell: a => shareBar(a.share), title: a => "of all collateral, fraction" + a.at },
    { name: "As margin", by: a => a.marginUsd, cell: a => usd(a.marginUsd), title: a => "after haircuts, USD: " + number(a.marginUsd, 0) + a.at },
    { name: "Owed", by: a => a.owedUsd, cell: a => usd(a.owedUsd), title: a => "USD: " + number(a.owedUsd, 0) + a.at },
    { name: "Pools", by: a => a.pools, cell: a => count(a.pools), title: a => "that own it, count" + a.at },
  ] });
}

function shareBar(share) {
  const fill = el("i", { class: "plain" });
  fill.style.width = 100 * (share || 0) + "%";
  return el("div", { class: "skew" }, el("div", { class: "bar" }, fill), el("span", { text: percent(share, 0) }));
}

function venueTable() {
  return table({ label: "collateral by venue", key: v => v.venue, sortBy: 1, none: "No venue.", columns: [
    { name: "Venue", cls: "key left", by: v => v.venue, cell: v => el("a", { href: "#/collateral/" + encodeURIComponent("venue:" + v.venue), text: v.venue }) },
    { name: "Collateral", by: v => v.collateralUsd, cell: v => usd(v.collateralUsd), title: v => "USD: " + number(v.collateralUsd, 0) + v.at },
    { name: "Share", by: v => v.share, cell: v => shareBar(v.share), title: v => "of the system's collateral, fraction" + v.at },
    { name: "Borrowed", by: v => v.debtUsd, cell: v => usd(v.debtUsd), title: v => "USD: " + number(v.debtUsd, 0) + v.at },
  ] });
}

function borrowedTable() {
  return table({ label: "borrowed against", key: b => b.debt + "|" + b.collateral, sortBy: 2, none: "Nothing is borrowed.", columns: [
    { name: "Debt in", cls: "key left", by: b => b.debt, cell: b => b.debt },
    { name: "Against", cls: "left", by: b => b.collateral, cell: b => b.collateral },
    { name: "USD", by: b => b.usd, cell: b => usd(b.usd), title: b => "debt × share of this collateral in all of the pool's, USD: " + number(b.usd, 0) + "; in proportion to value by convention" + b.at },
    { name: "", cls: "left", by: b => (b.looped ? 1 : 0), cell: b => (b.looped ? el("span", { class: "badge warn", text: "looped" }) : ""), title: b => (b.looped ? "both are of one family" : "") },
  ] });
}

/** How far collateral must fall against its debt until its loans unwind. */
function loop(each, at) {
  return el("div", { class: "loop" }, el("h3", {}, each.family + " ", el("span", { class: "quiet", title: "collateral / (collateral − debt), a ratio" + at,
    text: times(each.multiplier) + " over " + count(each.loans) + " loans, " + usd(each.debtUsd) + " on " + usd(each.collateralUsd) + ", " + percent(each.shareOfDebt, 0) + " of all that is borrowed" })),
    el("div", { class: "scroll" }, opposed("unwinding of " + each.family, ["Debt that unwinds", "Collateral that is sold"], each.unwinding.map(step => ({
      name: "fall of " + percent(step.fall, 0), left: step.debtUsd, right: step.collateralUsd, leftKind: "plain", rightKind: "short",
      title: "loans past their threshold once the collateral has fallen so far against its debt (a depeg, not a crash): " + count(step.loans) + ", cumulated, USD; other prices as they are" + at,
    })), usd)), el("p", { class: "note" }, "Fall of the collateral against its debt, not of both together. ", modelled()));
}
