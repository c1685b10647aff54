/** The alert board, live: server-sent events, resumed where they broke off. One stream for the whole page. */

import { path } from "./api.js";
import * as session from "./session.js";

const MOST_MS = 8000;
/** The server says every 10 s that it is still there. */
const SILENT_MS = 30000;
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

/** Begins to follow; once. An EventSource could not send the key. */
export async function follow() {
  while (true) {
    try {
      await read();
    } catch (error) {
      state = "broken";
      failures++;
      tell();
    }
    await new Promise(resume => setTimeout(resume, Math.min(MOST_MS, 500 * 2 ** failures)));
  }
}

async function read() {
  const silent = new AbortController();
  const alarm = () => setTimeout(() => silent.abort(), SILENT_MS);
  let timer = alarm();
  try {
    const answer = await fetch(path("alerts", "stream") + (last ? "?lastEventId=" + encodeURIComponent(last) : ""), {
      headers: { Accept: "text/event-stream", ...session.headers() }, cache: "no-store", signal: silent.signal });
    if (answer.status === 401) session.refused("the server does not know this key");
    if (!answer.ok) throw new Error("error " + answer.status);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    while (true) {
      const { value, done } = await reader.read();
      if (done) throw new Error("the stream ended");
      clearTimeout(timer);
      timer = alarm();
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      events.forEach(take);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** One event: lines of the form name: value. */
function take(text) {
  const fields = Object.fromEntries(text.split("\n").map(line => line.split(/: (.*)/s)));
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
