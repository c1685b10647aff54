/** What comes in: how fresh, how much of the market, and from which connectors. */

import { get, path } from "../api.js";
import { el, panel, state } from "../dom.js";
import { age, count, has, isStale, iso, percent, provenance } from "../format.js";
import { sides } from "../marks.js";
import { poll } from "../poll.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";

export function show(root, { signal }) {
  const tiles = el("div", { class: "tiles" });
  const connectors = el("div", { class: "body" }, state("waiting", "Reading ..."));
  const risks = new Map();
  const rows = table({ label: "markets by feed", key: m => m.id, text: m => m.id, sortBy: 1, rowClass: m => (isStale(m) ? "stale" : ""), columns: [
    { name: "Market", cls: "key left", by: m => m.id, cell: m => m.id, title: m => provenance(m) },
    { name: "Price", by: m => m.servedAtMs - m.priceTimeMs, cell: m => age(Math.max(0, m.servedAtMs - m.priceTimeMs)), title: m => "age of the newest price, of " + iso(m.priceTimeMs) },
    { name: "Positions", by: m => (has(m.bookTimeMs) ? m.servedAtMs - m.bookTimeMs : null), cell: m => (has(m.bookTimeMs) ? age(Math.max(0, m.servedAtMs - m.bookTimeMs)) : "none yet"),
      title: m => "age of the newest account change, of " + iso(m.bookTimeMs) },
    { name: "Depth", cls: "left", by: m => risks.get(m.id)?.depthState, cell: m => depth(risks.get(m.id)), title: m => (risks.has(m.id) ? "impact from " + risks.get(m.id).impactSource + "; " + provenance(risks.get(m.id)) : "not computed yet") },
    { name: "Oldest input", by: m => m.stalenessMs, cell: m => age(m.stalenessMs), title: () => "age of the oldest input that the state needs, at its as-of time" },
    { name: "Coverage", by: m => m.coverageLong, cell: m => sides(m.coverageLong, m.coverageShort, v => percent(v, 0)), title: m => "observed share of the venue's open interest, longs / shorts; " + provenance(m) },
    { name: "Complete", cls: "left", by: m => m.censored, cell: m => (m.censored ? el("span", { class: "badge warn", text: "leaves data out" }) : "yes"), title: () => "whether the feed is known to leave data out" },
  ] });
  root.append(el("h1", { text: "Feeds" }), tiles, panel("Connectors in this process", null, connectors), panel("Markets", [rows.sorter, rows.filter], rows.node),
    el("p", { class: "note", text: "What could not be used is on the topic plimsoll.dead-letters, byte for byte, with its reason; it is not shown here." }));
  poll(async s => {
    const [all, tipping, ready] = await Promise.all([get(path("markets"), s), get(path("tipping-points"), s), get("/health/ready", s)]);
    return { all, tipping, ready };
  }, { everyMs: 2000, signal, show: ({ all, tipping, ready }) => {
    tipping.markets.forEach(each => risks.set(each.id, each));
    rows.update(all.markets.map(m => ({ ...m, servedAtMs: all.servedAtMs })));
    const stale = all.markets.filter(isStale).length;
    const live = tipping.markets.filter(m => m.depthState === "LIVE").length;
    tiles.replaceChildren(
      tile("Fresh markets", all.markets.length - stale + " of " + all.markets.length, "markets whose newest and oldest input are at most 15 s old, count"),
      tile("Live depth", live + " of " + tipping.markets.length, "markets whose depth can be believed, count"),
      tile("Venues", count(new Set(all.markets.map(m => m.venue)).size), "count", [...new Set(all.markets.map(m => m.venue))].join(", ")),
      tile("Monitor", ready.status === "UP" ? "up" : "down", "Kafka Streams: " + ready.streams, ready.streams.toLowerCase()));
    const named = Object.entries(ready.connectors || {});
    connectors.replaceChildren(...(named.length
      ? named.map(([name, s]) => el("span", { class: "badge " + (s === "RUNNING" ? "good" : "bad"), text: name + " " + s.toLowerCase() }))
      : [el("span", { class: "quiet", text: "None: what comes in is written to Kafka by others, or by the simulator." })]));
  }, fail: error => { if (rows.isEmpty()) rows.say("error", "No feeds: " + error.message + ". Trying again."); } });
}

const depth = risk => !risk ? "–" : el("span", { class: "badge " + (risk.depthState === "LIVE" ? "good" : "warn"), text: risk.depthState.toLowerCase().replace("_", " ") });
