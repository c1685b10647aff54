/** What comes in: how fresh, how fast, how much of the market, from which connectors, and what of it could not be used. */

import { get, path, query } from "../api.js";
import { el, panel } from "../dom.js";
import { age, count, has, isStale, iso, number, percent, plain, provenance } from "../format.js";
import { sides } from "../marks.js";
import { poll } from "../poll.js";
import { watch } from "../states.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";

const EVERY_MS = 2000;
const LETTERS_EVERY_MS = 5000;
const LETTERS = 100;
const STATUS = { LIVE: "good", PARTIAL: "warn", STALE: "bad", DRIFT: "bad" };

export function show(root, { signal }) {
  const tiles = el("div", { class: "tiles" });
  const venues = new Map(), risks = new Map();
  let markets = [], feeds = [], connectors = null;
  const feedRows = feedTable(venues);
  const statusRows = statusTable();
  const marketRows = marketTable(risks);
  const letterRows = letterTable();
  const running = el("div", { class: "body", hidden: true });
  root.append(el("h1", { text: "Feeds" }), tiles,
    panel("Feeds", [feedRows.sorter, feedRows.filter], feedRows.node),
    panel("Connectors", null, running, statusRows.node),
    panel("Not used", [el("span", { class: "quiet", text: "the newest " + LETTERS }), letterRows.sorter, letterRows.filter], letterRows.node),
    panel("Markets", [marketRows.sorter, marketRows.filter], marketRows.node),
    el("p", { class: "note", text: "What could not be used is on the topic plimsoll.dead-letters, byte for byte, for 30 days." }));

  watch({ signal, show: found => {
    venues.clear();
    found.subjects.filter(s => s.id.startsWith("venue:")).forEach(s => venues.set(s.id.slice(6), s));
    markets = found.markets.map(m => ({ ...m, servedAtMs: found.servedAtMs }));
    marketRows.update(markets);
    draw();
  }, fail: error => { if (marketRows.isEmpty()) marketRows.say("error", "No markets: " + error.message + ". Trying again."); } });
  poll(async s => {
    const [coming, told, tipping, ready] = await Promise.all([get(path("feeds"), s), get(path("feed-statuses"), s), get(path("tipping-points"), s), get("/health/ready", s)]);
    return { coming, told, tipping, ready };
  }, { everyMs: EVERY_MS, signal, show: ({ coming, told, tipping, ready }) => {
    tipping.markets.forEach(each => risks.set(each.id, each));
    if (markets.length) marketRows.update(markets);
    feeds = coming.feeds.map(f => ({ ...f, servedAtMs: coming.servedAtMs }));
    feedRows.update(feeds);
    statusRows.update(told.statuses.map(t => ({ ...t, servedAtMs: told.servedAtMs })));
    connectors = ready;
    const named = Object.entries(ready.connectors || {});
    running.hidden = named.length === 0;
    running.replaceChildren(...named.flatMap(([name, s]) => [el("span", { class: "badge " + (s === "RUNNING" ? "good" : "bad"), text: name + " " + s.toLowerCase() }), " "]));
    draw();
  }, fail: error => { if (feedRows.isEmpty()) feedRows.say("error", "No feeds: " + error.message + ". Trying again."); } });
  poll(s => get(path("dead-letters") + query({ limit: LETTERS }), s), { everyMs: LETTERS_EVERY_MS, signal,
    show: found => letterRows.update(found.deadLetters.map(each => ({ ...each, servedAtMs: found.servedAtMs }))),
    fail: error => { if (letterRows.isEmpty()) letterRows.say("error", "Not known: " + error.message + ". Trying again."); } });

  function draw() {
    if (!connectors) return;
    const stale = markets.filter(isStale).length;
    const live = [...risks.values()].filter(m => m.depthState === "LIVE").length;
    const rate = feeds.reduce((sum, f) => sum + (f.recordsPerSecond || 0), 0);
    const lost = feeds.reduce((sum, f) => sum + f.deadLetters, 0);
    tiles.replaceChildren(
      tile("Fresh markets", markets.length - stale + " of " + markets.length, "markets whose newest and oldest input are at most 15 s old, count"),
      tile("Records a second", rate ? plain(rate) : "–", "records read per second, over the last minute, all feeds"),
      tile("Not used", count(lost), "records of the last minute that could not be used, count", "in the last minute"),
      tile("Live depth", live + " of " + risks.size, "markets whose depth can be believed, count"),
      tile("Venues", count(new Set(markets.map(m => m.venue)).size), "count", [...new Set(markets.map(m => m.venue))].join(", ")),
      tile("Monitor", connectors.status === "UP" ? "up" : "down", "Kafka Streams: " + connectors.streams, connectors.streams.toLowerCase()));
  }
}

const since = (row, ms) => (has(ms) ? age(Math.max(0, row.servedAtMs - ms)) : "–");

function feedTable(venues) {
  const at = f => "newest record " + iso(f.asOfMs) + ", last read " + iso(f.lastReadMs);
  const covered = f => venues.get(f.venue);
  return table({ label: "feeds", key: f => f.id, text: f => f.id, falling: false, none: "Nothing has come in yet.", columns: [
    { name: "Feed", cls: "key left", by: f => f.id, cell: f => el("span", {}, f.topic, el("span", { class: "venue", text: f.venue })), title: at },
    { name: "State", cls: "left", by: f => f.live, title: at, cell: f => (f.live
      ? el("span", { class: "badge good", text: "live" }) : el("span", { class: "badge warn", text: "history" })) },
    { name: "Last read", by: f => f.servedAtMs - f.lastReadMs, cell: f => since(f, f.lastReadMs), title: f => "wall-clock time since its last record was read; " + at(f) },
    { name: "Newest", by: f => f.ageMs, cell: f => age(Math.max(0, f.ageMs)), title: f => "age of its newest record; ahead of the clock by " + f.skewMs + " ms when it was read (negative: behind); " + at(f) },
    { name: "Rate", by: f => f.recordsPerSecond, cell: f => (has(f.recordsPerSecond) ? plain(f.recordsPerSecond) + "/s" : "–"),
      title: f => "records per second: " + count(f.records) + " in the last " + age(f.countedMs) },
    { name: "Not used", by: f => f.deadLetters, cell: f => (f.deadLetters ? el("span", { class: "badge bad", text: count(f.deadLetters) }) : "0"),
      title: f => "of " + count(f.records) + " records in the last " + age(f.countedMs) + ", count" },
    { name: "Frozen", by: f => f.frozenMarkets, cell: f => count(f.frozenMarkets), title: () => "markets whose newest depth or price stands still, count" },
    { name: "Crossed", by: f => f.crossedMarkets, cell: f => count(f.crossedMarkets), title: () => "markets whose depth or prices cannot be, count" },
    { name: "Coverage", by: f => covered(f)?.coverageLong, cell: f => (covered(f) ? sides(covered(f).coverageLong, covered(f).coverageShort, v => percent(v, 0)) : "–"),
      title: f => "observed share of the venue's open interest, longs / shorts" + (covered(f) ? "; " + provenance(covered(f)) : "; not known") },
  ] });
}

function statusTable() {
  return table({ label: "connectors", key: t => t.id, falling: false,
    none: "No connector runs in this process or has said how it does: what comes in is written to Kafka by others, or by the simulator.", columns: [
    { name: "Connector", cls: "key left", by: t => t.id, cell: t => el("span", {}, t.feed, el("span", { class: "venue", text: t.venue + " " + t.part })), title: t => "said " + iso(t.writtenMs) },
    { name: "Feed", cls: "left", by: t => t.state, cell: t => el("span", { class: "badge " + STATUS[t.state], text: t.state.toLowerCase() }), title: t => "since " + iso(t.sinceMs) },
    { name: "Why", cls: "left wrap", cell: t => t.reason || "all that is asked for comes in time", title: t => "said " + iso(t.writtenMs) },
    { name: "Said", by: t => t.writtenMs, cell: t => since(t, t.writtenMs), title: t => "age of this status, of " + iso(t.writtenMs) },
    { name: "Venue said", by: t => t.lastMessageMs, cell: t => since(t, t.lastMessageMs), title: t => "time since the venue last said anything, " + iso(t.lastMessageMs) },
    { name: "Markets late", by: t => t.marketsLate, cell: t => t.marketsLate + " of " + t.markets, title: () => "markets whose price is missing or too old, count" },
    { name: "Accounts late", by: t => t.accountsLate, cell: t => t.accountsLate + " of " + t.accounts, title: () => "accounts not answered for in time, count" },
    { name: "Malformed", by: t => t.malformed, cell: t => count(t.malformed), title: t => "of " + count(t.messages) + " messages since its start, count" },
    { name: "Gaps", by: t => t.gaps, cell: t => count(t.gaps), title: t => "times that something may have been missed since its start, count; connections " + count(t.connections) + ", throttled " + count(t.throttled) },
  ] });
}

function letterTable() {
  return table({ label: "records not used", key: l => l.id, text: l => [l.reason, l.detail, l.topic, l.key].join(" "), none: "Everything that came could be used.", columns: [
    { name: "When", cls: "key left", by: l => l.writtenMs, cell: l => since(l, l.writtenMs) + " ago", title: l => "written " + iso(l.writtenMs) + "; its own time " + iso(l.timestampMs) },
    { name: "Reason", cls: "left", by: l => l.reason, cell: l => l.reason.toLowerCase().replaceAll("_", " "), title: l => l.reason },
    { name: "Detail", cls: "left wrap", cell: l => l.detail ?? el("span", { class: "quiet", text: "for operators" }), title: () => "field, value, what is allowed" },
    { name: "From", cls: "left", by: l => l.topic, cell: l => l.topic, title: l => "partition " + l.partition + ", offset " + l.offset },
    { name: "Key", cls: "left wrap", by: l => l.key, cell: l => l.key ?? "–", title: l => (has(l.valueBytes) ? number(l.valueBytes) + " bytes of value" : "no value") },
  ] });
}

function marketTable(risks) {
  return table({ label: "markets by feed", key: m => m.id, text: m => m.id, sortBy: 1, rowClass: m => (isStale(m) ? "stale" : ""), columns: [
    { name: "Market", cls: "key left", by: m => m.id, cell: m => m.id, title: m => provenance(m) },
    { name: "Price", by: m => m.servedAtMs - m.priceTimeMs, cell: m => since(m, m.priceTimeMs), title: m => "age of the newest price, of " + iso(m.priceTimeMs) },
    { name: "Positions", by: m => (has(m.bookTimeMs) ? m.servedAtMs - m.bookTimeMs : null), cell: m => (has(m.bookTimeMs) ? since(m, m.bookTimeMs) : "none yet"),
      title: m => "age of the newest account change, of " + iso(m.bookTimeMs) },
    { name: "Depth", cls: "left", by: m => risks.get(m.id)?.depthState, cell: m => depth(risks.get(m.id)), title: m => (risks.has(m.id) ? "impact from " + risks.get(m.id).impactSource + "; " + provenance(risks.get(m.id)) : "not computed yet") },
    { name: "Oldest input", by: m => m.stalenessMs, cell: m => age(m.stalenessMs), title: () => "age of the oldest input that the state needs, at its as-of time" },
    { name: "Coverage", by: m => m.coverageLong, cell: m => sides(m.coverageLong, m.coverageShort, v => percent(v, 0)), title: m => "observed share of the venue's open interest, longs / shorts; " + provenance(m) },
  ] });
}

const depth = risk => !risk ? "–" : el("span", { class: "badge " + (risk.depthState === "LIVE" ? "good" : "warn"), text: risk.depthState.toLowerCase().replace("_", " ") });
