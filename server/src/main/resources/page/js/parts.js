/** Answers that leave something out or are not up to date: one notice for all readings of the page. */

import * as connection from "./connection.js";

const KEPT_MS = 20000;
const noticed = new Map();

/** Looks at an answer. A whole one to the same question takes the notice away. */
export function look(url, body) {
  const question = String(url).split("?")[0];
  if (body && (body.complete === false || body.stale === true)) noticed.set(question, { body, at: Date.now() });
  else noticed.delete(question);
  for (const [key, { at }] of noticed) if (Date.now() - at > KEPT_MS) noticed.delete(key);
  const bodies = [...noticed.values()].map(each => each.body);
  const missing = bodies.flatMap(each => each.missing || []);
  const stale = bodies.filter(each => each.stale === true).flatMap(each => each.staleParts || [each.servedBy]).filter(Boolean);
  connection.note("missing", "bad", missing.length ? "partial: no answer from " + unique(missing.map(m => m.instance)) : null,
    unique(missing.map(lack)));
  connection.note("copies", "warn", stale.length ? "not up to date: work moves" : null, unique(stale.map(copy)));
}

const unique = texts => [...new Set(texts)].join("; ");
const lack = m => "missing: partitions " + m.partitions.join(", ") + " of " + m.of + " of " + m.store + " at " + m.instance + " (" + m.reason + ")"
  + (m.ids.length ? ", with " + m.ids.slice(0, 20).join(", ") + (m.ids.length > 20 ? " and " + (m.ids.length - 20) + " more" : "") : "");
const copy = p => p.store + " " + p.partition + " is read as " + p.role.toLowerCase() + " at " + p.instance
  + (p.offsetLag === null ? "" : ", " + p.offsetLag + " records behind");
