/** Reads again and again while somebody looks. What was shown last stays where a reading fails. */

import * as connection from "./connection.js";

const MOST_MS = 8000;

/**
 * Calls show(data) after each reading and fail(error) where it went wrong.
 *
 * @param read takes a signal, gives a promise
 * @param everyMs pause between readings, milliseconds; twice that after each failure in a row, up to 8 s
 * @returns a function that reads at once; where a reading is under way, once more after it
 */
export function poll(read, { everyMs, show, fail, signal }) {
  let wake = () => {}, wanted = false;
  (async () => {
    let failures = 0;
    while (!signal.aborted) {
      wanted = false;
      try {
        const data = await read(signal);
        if (signal.aborted) return;
        failures = 0;
        connection.answered();
        show(data);
      } catch (error) {
        if (signal.aborted) return;
        if (error.status === undefined) console.error(error);
        failures++;
        connection.failed(error);
        if (fail) fail(error);
      }
      if (!wanted) await pause(failures === 0 ? everyMs : Math.min(MOST_MS, 1000 * 2 ** (failures - 1)), signal, resume => { wake = resume; });
      if (document.hidden) await visible(signal);
    }
  })();
  return () => { wanted = true; wake(); };
}

function pause(ms, signal, give) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    const end = () => { clearTimeout(timer); resolve(); };
    give(end);
    signal.addEventListener("abort", end, { once: true });
  });
}

/** Waits until the tab is looked at. */
export function visible(signal) {
  return new Promise(resolve => {
    const seen = () => { if (!document.hidden) { document.removeEventListener("visibilitychange", seen); resolve(); } };
    document.addEventListener("visibilitychange", seen);
    signal?.addEventListener("abort", resolve, { once: true });
  });
}
