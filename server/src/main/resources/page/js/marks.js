/** Small drawings in tables and tiles: skew bars, pairs of sides, the load line, sparklines. */

import { el, svg } from "./dom.js";
import { has, plain, signed } from "./format.js";

/** Skew from -1 to 1 as a bar from the middle: right and green where longs are more leveraged. */
export function bar(skew) {
  const box = el("div", { class: "bar" });
  if (has(skew)) {
    const fill = el("i", { class: skew > 0 ? "long" : "short" });
    const width = Math.min(1, Math.abs(skew)) * 50;
    fill.style.left = (skew > 0 ? 50 : 50 - width) + "%";
    fill.style.width = width + "%";
    box.append(fill);
  }
  box.append(el("b"));
  return box;
}

export const skewCell = skew => el("div", { class: "skew" }, bar(skew), el("span", { text: signed(skew) }));

/** Longs / shorts. */
export const sides = (long, short, format) => el("span", {},
  el("span", { class: "long", text: format(long) }), el("span", { class: "quiet", text: " / " }), el("span", { class: "short", text: format(short) }));

/** The worse of both directions, of each share of depth: how far a move makes itself go on. Null: not known. */
export function reproduction(outcomes, haircut) {
  const found = outcomes.filter(o => o.depthHaircut === haircut && has(o.reproductionMax)).map(o => o.reproductionMax);
  return found.length ? Math.max(...found) : null;
}

const LEAST = 0.001;
/** The line, R = 1, is at three quarters: 0.001 to 10, logarithmic. */
const place = r => Math.max(0, Math.min(100, 25 * (Math.log10(Math.max(r, LEAST)) + 3)));

/** How deep the ship lies: water up to the reproduction number, the line where selling feeds itself. */
export function loadLine(outcomes) {
  const r = outcomes ? reproduction(outcomes, 1) : null;
  if (!has(r)) return el("span", { class: "quiet", text: "not known" });
  const water = el("i");
  water.style.width = place(r) + "%";
  const box = el("div", { class: "load" + (r >= 1 ? " over" : ""), role: "img", "aria-label": "reproduction number " + plain(r) + ", line at 1" },
    water, el("b"), el("em"));
  for (const haircut of [0.3, 0.1]) {
    const thin = reproduction(outcomes, haircut);
    if (!has(thin)) continue;
    const mark = el("s");
    mark.style.left = place(thin) + "%";
    box.append(mark);
  }
  return box;
}

export function loadHint(outcomes) {
  const r = haircut => plain(outcomes ? reproduction(outcomes, haircut) : null);
  return "Load line: largest local reproduction number within 10 % of the price, the worse direction: how much further move a"
    + " move forces; from 1, the line, selling feeds itself. Logarithmic, 0.001 to 10. Water: today's depth, R = " + r(1)
    + "; marks: 30 % of the depth, R = " + r(0.3) + ", and 10 %, R = " + r(0.1) + ". Impact is modelled";
}

/** A line without axes. */
export function sparkline() {
  const line = svg("path");
  const node = svg("svg", { class: "spark", viewBox: "0 0 100 26", preserveAspectRatio: "none", role: "img", "aria-label": "no history yet" }, line);
  node.draw = values => {
    if (values.length < 2) return;
    const low = Math.min(...values), high = Math.max(...values), span = high - low || 1;
    line.setAttribute("d", values.map((v, i) =>
      (i ? "L" : "M") + (100 * i / (values.length - 1)).toFixed(2) + " " + (24 - 22 * (v - low) / span).toFixed(2)).join(""));
    node.setAttribute("aria-label", "from " + plain(values[0]) + " to " + plain(values[values.length - 1]));
  };
  return node;
}
