/**
 * Markets and subjects of the system as they change: one stream for the whole page, while somebody looks. Where there is
 * no stream they are asked for.
 */

import { get, path } from "./api.js";
import * as connection from "./connection.js";
import { look } from "./parts.js";
import { visible } from "./poll.js";
import { read } from "./sse.js";

const STREAM = path("states", "stream");
/** What does not change grows older all the same. */
const REDRAWN_MS = 2000;
const MOST_MS = 8000;
const watchers = new Set();
let found = null;
/** The server's clock less this one's, milliseconds. */
let offsetMs = 0;
let running = false;

/**
 * Calls show({ markets, subjects, servedAtMs }) after each change, and fail(error) where there is no answer. What was shown
 * last stays.
 */
export function watch({ show, fail, signal }) {
  const watcher = { show, fail };
  watchers.add(watcher);
  signal.addEventListener("abort", () => watchers.delete(watcher), { once: true });
  if (found) queueMicrotask(() => { if (!signal.aborted && found) show(now()); });
  run();
}

async function run() {
  if (running) return;
  running = true;
  const timer = setInterval(tell, REDRAWN_MS);
  let failures = 0;
  while (watchers.size) {
    try {
      await stream(() => { failures = 0; });
    } catch (error) {
      if (await asked()) failures = 0; else failures++;
      await new Promise(resume => setTimeout(resume, Math.min(MOST_MS, REDRAWN_MS * 2 ** Math.max(0, failures - 1))));
    }
    if (document.hidden) await visible();
  }
  clearInterval(timer);
  running = false;
}

/** Until it breaks, nobody watches any more, or nobody looks. */
async function stream(opened) {
  const leave = new AbortController();
  const eyes = setInterval(() => { if (!watchers.size || document.hidden) leave.abort(); }, 1000);
  let beginning = { markets: new Map(), subjects: new Map() };
  try {
    await read(STREAM, ({ event, data }) => {
      connection.answered();
      const into = beginning || found;
      if (event === "market" || event === "subject") {
        const state = JSON.parse(data);
        into[event + "s"].set(state.id, state);
      } else if (event === "tick") {
        opened();
        if (beginning) found = beginning;
        beginning = null;
        took(JSON.parse(data));
      }
    }, leave.signal);
  } catch (error) {
    if (!leave.signal.aborted) throw error;
  } finally {
    clearInterval(eyes);
  }
}

/** Whether there was an answer. */
async function asked() {
  let all, system;
  try {
    [all, system] = await Promise.all([get(path("markets")), get(path("system"))]);
  } catch (error) {
    connection.failed(error);
    watchers.forEach(watcher => watcher.fail?.(error));
    return false;
  }
  connection.answered();
  const byId = list => new Map(list.map(each => [each.id, each]));
  found = { markets: byId(all.markets), subjects: byId(system.subjects) };
  took(all);
  return true;
}

function took(round) {
  offsetMs = round.servedAtMs - Date.now();
  look(STREAM, round);
  tell();
}

function tell() {
  if (found) watchers.forEach(watcher => watcher.show(now()));
}

function now() {
  const servedAtMs = Date.now() + offsetMs;
  const aged = states => [...states.values()].map(each => ({ ...each, ageMs: servedAtMs - each.asOfMs }));
  return { markets: aged(found.markets), subjects: aged(found.subjects), servedAtMs };
}
