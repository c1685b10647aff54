/** Server-sent events, read with fetch: an EventSource could not send the key. */

import * as session from "./session.js";

/** The server says every 2 s that it is still there. */
const SILENT_MS = 15000;

/**
 * Reads one stream until it ends, which is always an error: with a status where the server has answered otherwise.
 *
 * @param take is called with each event: event, id, data (text); and with an empty one when the server is only still there
 */
export async function read(url, take, signal) {
  const silent = new AbortController();
  const alarm = () => setTimeout(() => silent.abort(), SILENT_MS);
  let timer = alarm();
  try {
    const answer = await fetch(url, {
      headers: { Accept: "text/event-stream", ...session.headers() }, cache: "no-store",
      signal: AbortSignal.any([silent.signal, signal].filter(Boolean)) });
    if (answer.status === 401) session.refused("the server does not know this key");
    if (!answer.ok) throw Object.assign(new Error("error " + answer.status), { status: answer.status });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    while (true) {
      const { value, done } = await reader.read();
      if (done) throw new Error("the stream ended");
      clearTimeout(timer);
      timer = alarm();
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      events.forEach(text => take(fields(text)));
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Lines of the form name: value. */
const fields = text => Object.fromEntries(text.split("\n").filter(line => !line.startsWith(":")).map(line => line.split(/: (.*)/s)));
