/** Ladders of the past: reading them, and drawing them as a heatmap under a chart over time. */

import { get, path, query } from "./api.js";
import { colour } from "./chart.js";

/** Width of a cell in ln(price), as docs/openapi.json says of cells. */
const CELL = 0.005;
/** A ladder holds until the next one, but not longer than this: the program may have stood still. */
const HOLDS_MS = 15 * 60e3;
/** Of the largest volume, in whose place the strongest colour stands: one wall must not make all else pale. */
const STRONGEST = 0.98;

const middle = cell => Math.exp(CELL * (cell.cell + 0.5));
const volume = cell => (cell.longSize + cell.shortSize) * middle(cell);

/**
 * Ladders of a market, read once and then only what has come since.
 *
 * @returns a function: read(size, signal) gives all of them, the oldest first
 */
export function pastLadders(id) {
  let known = [], knownSize = null;
  return async (size, signal) => {
    if (size !== knownSize) known = [];
    knownSize = size;
    const newest = known.at(-1)?.windowStartMs;
    const body = await get(path("markets", id, "ladder", "history") + query({ size, from: newest === undefined ? null : newest + 1 }), signal);
    const kept = size === "1m" ? 2 * 3600e3 : 24 * 3600e3;
    known = [...known, ...body.ladders].filter(each => each.windowStartMs > body.servedAtMs - kept);
    return known;
  };
}

/** The ladder that held at a time, epoch milliseconds. */
export const ladderAt = (past, ms) => past.findLast(each => each.windowStartMs <= ms && ms < each.windowStartMs + HOLDS_MS);

export const cellAt = (ladder, price) => ladder.cells.find(each => each.cell === Math.floor(Math.log(price) / CELL));

/** The volume that has the strongest colour, quote units. */
export function strongest(past) {
  const all = past.flatMap(each => each.cells.map(volume)).sort((a, b) => a - b);
  return all.length ? all[Math.floor(STRONGEST * (all.length - 1))] : 0;
}

export function drawHeat(plot, past, nowSeconds) {
  const most = strongest(past);
  if (!(most > 0)) return;
  const { ctx, bbox } = plot;
  const { min, max } = plot.scales.y;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const sides = [["longSize", colour("--long")], ["shortSize", colour("--short")]];
  past.forEach((ladder, i) => {
    const start = ladder.windowStartMs / 1000;
    const end = Math.min(nowSeconds, start + HOLDS_MS / 1000, i + 1 < past.length ? past[i + 1].windowStartMs / 1000 : Infinity);
    if (end <= start || end < plot.scales.x.min) return;
    const left = Math.round(plot.valToPos(start, "x", true)), right = Math.round(plot.valToPos(end, "x", true));
    for (const cell of ladder.cells) {
      const low = Math.exp(CELL * cell.cell), high = Math.exp(CELL * (cell.cell + 1));
      if (high < min || low > max) continue;
      const top = Math.round(plot.valToPos(high, "y", true)), bottom = Math.round(plot.valToPos(low, "y", true));
      for (const [side, paint] of sides) {
        if (!(cell[side] > 0)) continue;
        ctx.globalAlpha = Math.min(1, Math.sqrt(cell[side] * middle(cell) / most));
        ctx.fillStyle = paint;
        ctx.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
      }
    }
  });
  ctx.restore();
}
