/** Windows of a subject over time: the values of some metrics, oldest first. */

import { get, path, query } from "./api.js";

const url = subject => subject.includes(":") && !/^(venue|asset):/.test(subject)
  ? path("markets", subject, "windows") : path("system", "windows");

/**
 * Reads windows.
 *
 * @returns size, xs (start, seconds) and of each metric its closes, lows and highs; null where a window has none
 */
export async function series(subject, size, limit, metrics, signal) {
  const parameters = { size, limit, metrics: metrics.join(",") };
  const body = await get(url(subject) + query(url(subject).includes("/markets/") ? parameters : { subject, ...parameters }), signal);
  const found = { size, xs: body.windows.map(w => w.windowStartMs / 1000), asOfMs: body.windows.at(-1)?.asOfMs, metrics: {} };
  for (const name of metrics) {
    const of = body.windows.map(w => w.metrics.find(m => m.name === name));
    found.metrics[name] = {
      close: of.map(m => m ? m.close : null), low: of.map(m => m ? m.low : null), high: of.map(m => m ? m.high : null),
    };
  }
  return found;
}

/** A day by five minutes; where the program has not run an hour yet, the last two hours by the minute. */
export async function day(subject, metrics, signal) {
  const five = await series(subject, "5m", 288, metrics, signal);
  return five.xs.length >= 12 ? five : series(subject, "1m", 120, metrics, signal);
}

const EVERY_MS = 30000;

/** Fills sparklines of markets that are in sight. */
export const sparklines = (metric, signal) => inSight({ everyMs: EVERY_MS, atOnce: 1, signal, fill: ([[node, id]]) => series(id, "1m", 60, [metric], signal)
  .then(found => node.draw(found.metrics[metric].close.filter(v => v !== null))) });

/**
 * Fills elements while they are in sight, or nearly so, two requests at a time.
 *
 * @param atOnce most elements that one request is for
 * @param fill takes a list of [element, id], gives a promise
 * @returns a function that takes an element and its id, and gives the element
 */
export function inSight({ everyMs, atOnce, fill, signal }) {
  const wanted = new Map();
  // Half a window ahead: what is scrolled to is there already.
  const seen = new IntersectionObserver(entries => entries.forEach(e => { wanted.get(e.target).inSight = e.isIntersecting; }), { rootMargin: "50%" });
  signal.addEventListener("abort", () => seen.disconnect());
  let busy = 0;
  const timer = setInterval(next, 300);
  signal.addEventListener("abort", () => clearInterval(timer));

  function next() {
    if (document.hidden) return;
    const due = [...wanted].filter(([node, task]) => node.isConnected && task.inSight && Date.now() - task.readAt >= everyMs);
    while (due.length && busy < 2) {
      const now = due.splice(0, atOnce);
      busy++;
      now.forEach(([, task]) => { task.readAt = Date.now(); });
      // The table's own reading tells of trouble; this is tried again.
      fill(now.map(([node, task]) => [node, task.id])).catch(() => {}).finally(() => { busy--; });
    }
  }

  return (node, id) => { wanted.set(node, { id, readAt: 0, inSight: false }); seen.observe(node); return node; };
}
