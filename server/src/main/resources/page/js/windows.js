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
export const sparklines = (metric, signal) => inSight(EVERY_MS, (node, id) => series(id, "1m", 60, [metric], signal)
  .then(found => node.draw(found.metrics[metric].close.filter(v => v !== null))), signal);

/**
 * Fills elements while they are in sight, two requests at a time.
 *
 * @param fill takes an element and its id, gives a promise
 * @returns a function that takes an element and its id, and gives the element
 */
export function inSight(everyMs, fill, signal) {
  const wanted = new Map();
  const seen = new IntersectionObserver(entries => entries.forEach(e => { wanted.get(e.target).inSight = e.isIntersecting; }));
  signal.addEventListener("abort", () => seen.disconnect());
  let busy = 0;
  const timer = setInterval(next, 300);
  signal.addEventListener("abort", () => clearInterval(timer));

  function next() {
    for (const [node, task] of wanted) {
      if (busy >= 2) return;
      if (!node.isConnected || !task.inSight || document.hidden || Date.now() - task.readAt < everyMs) continue;
      busy++;
      task.readAt = Date.now();
      // The table's own reading tells of trouble; this is tried again.
      fill(node, task.id).catch(() => {}).finally(() => { busy--; });
    }
  }

  return (node, id) => { wanted.set(node, { id, readAt: 0, inSight: false }); seen.observe(node); return node; };
}
