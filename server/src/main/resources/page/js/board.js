/** The alert board, live: server-sent events, resumed where they broke off. One stream for the whole page. */

import { path } from "./api.js";
import { read } from "./sse.js";

const MOST_MS = 8000;
const alerts = new Map();
const listeners = new Set();
let last = null;
let failures = 0;
let told = false;
let state = "connecting";

/** All alerts on the board, in no order. */
export const all = () => [...alerts.values()];
/** connecting, live or broken. */
export const streamState = () => state;

/** Calls the listener after changes, many at once. */
export function onChange(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener("abort", () => listeners.delete(listener), { once: true });
}

/** Begins to follow; once. */
export async function follow() {
  while (true) {
    try {
      await read(path("alerts", "stream") + (last ? "?lastEventId=" + encodeURIComponent(last) : ""), take);
    } catch (error) {
      state = "broken";
      failures++;
      tell();
    }
    await new Promise(resume => setTimeout(resume, Math.min(MOST_MS, 500 * 2 ** failures)));
  }
}

/** One event. */
function take(fields) {
  if (fields.event === "board") alerts.clear();
  if (fields.event === "board" || fields.event === "resumed") opened();
  if (fields.id) last = fields.id;
  if (fields.event === "alert" || fields.event === "removed") {
    const alert = JSON.parse(fields.data);
    if (fields.event === "alert") alerts.set(alert.key, alert); else alerts.delete(alert.key);
    tell();
  }
}

function opened() {
  failures = 0;
  state = "live";
  tell();
}

function tell() {
  if (told) return;
  told = true;
  setTimeout(() => { told = false; listeners.forEach(listener => listener()); }, 50);
}
