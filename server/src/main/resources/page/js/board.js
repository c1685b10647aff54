/** The alert board, live: server-sent events, resumed where they broke off. One stream for the whole page. */

import { path } from "./api.js";

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
export function follow() {
  const source = new EventSource(path("alerts", "stream") + (last ? "?lastEventId=" + encodeURIComponent(last) : ""));
  source.addEventListener("board", () => { alerts.clear(); opened(); });
  source.addEventListener("resumed", opened);
  source.addEventListener("alert", event => {
    const alert = JSON.parse(event.data);
    last = event.lastEventId;
    alerts.set(alert.key, alert);
    tell();
  });
  source.addEventListener("removed", event => {
    last = event.lastEventId;
    alerts.delete(JSON.parse(event.data).key);
    tell();
  });
  source.addEventListener("error", () => {
    // A browser gives up where the server answers that it is not ready; and by itself it asks from the start.
    source.close();
    state = "broken";
    failures++;
    tell();
    setTimeout(follow, Math.min(MOST_MS, 500 * 2 ** failures));
  });
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
