/** Numbers as people read them; the exact value with its unit belongs into the title. */

export const has = v => v !== null && v !== undefined && !Number.isNaN(v);
export const NONE = "–";

export const number = (v, digits = 0) =>
  v.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const sign = v => (v > 0 ? "+" : v < 0 ? "−" : "");

export const count = v => (has(v) ? number(v) : NONE);
export const usd = v => !has(v) ? NONE
  : (v < 0 ? "−" : "") + "$" + Math.abs(v).toLocaleString("en-US", { notation: "compact", minimumFractionDigits: 2, maximumFractionDigits: 2 });
export const size = v => !has(v) ? NONE : v.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 4 });
export const times = v => (has(v) ? number(v, 2) + "×" : NONE);
export const percent = (v, digits = 1) => (has(v) ? (v < 0 ? "−" : "") + number(Math.abs(100 * v), digits) + " %" : NONE);
export const signedPercent = (v, digits = 2) => (has(v) ? sign(v) + number(Math.abs(100 * v), digits) + " %" : NONE);
export const signed = v => (has(v) ? sign(v) + number(Math.abs(v), 3) : NONE);
export const price = v => !has(v) ? NONE
  : v.toLocaleString("en-US", { minimumSignificantDigits: 5, maximumSignificantDigits: 6 });
export const plain = v => (has(v) ? v.toLocaleString("en-US", { maximumSignificantDigits: 4 }) : NONE);
export const iso = ms => (has(ms) ? new Date(ms).toISOString() : "no time");

export function age(ms) {
  if (!has(ms)) return NONE;
  if (ms < 1000) return "<1 s";
  for (const [unit, length, most] of [["s", 1e3, 120e3], ["min", 60e3, 7200e3], ["h", 3600e3, 172800e3]]) {
    if (ms < most) return Math.round(ms / length) + " " + unit;
  }
  return Math.round(ms / 86400e3) + " d";
}

/** Older than this, in milliseconds, data are called stale. */
export const STALE_MS = 15000;
export const isStale = s => s.ageMs > STALE_MS || s.stalenessMs > STALE_MS;

/** As-of time, age of the oldest input and coverage of a record, for titles. */
export function provenance(s) {
  const parts = ["as of " + iso(s.asOfMs)];
  if (has(s.stalenessMs)) parts.push("oldest input " + age(s.stalenessMs) + " older");
  if ("coverageLong" in s) {
    parts.push("coverage " + (has(s.coverageLong) || has(s.coverageShort)
      ? "longs " + percent(s.coverageLong) + ", shorts " + percent(s.coverageShort) : "not known"));
  }
  return parts.join("; ");
}
