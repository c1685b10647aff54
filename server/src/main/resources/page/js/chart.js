/** Charts over time or price, drawn by uPlot in the colours of the page. */

import { el } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const STEP_PX = 8;
const STEPS = { ArrowLeft: [-STEP_PX, 0], ArrowRight: [STEP_PX, 0], ArrowUp: [0, -STEP_PX], ArrowDown: [0, STEP_PX] };

/**
 * A chart that follows its width and the colour scheme.
 *
 * @param options height, label (what it shows, for those who cannot see it), signal, and build(): uPlot's series, axes,
 *     scales, hooks, with colours as they are now
 * @returns node, update(data) with uPlot's arrays, say(text) while there is nothing to draw
 */
export function chart({ height = 220, label, signal, build }) {
  const node = el("div", { class: "chart", role: "img", tabindex: 0, "aria-label": label, onkeydown: move });
  let plot = null, data = null;

  function make() {
    if (plot) plot.destroy();
    plot = null;
    if (!data || node.clientWidth === 0) return;
    const line = { stroke: colour("--quiet"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 } };
    const options = build();
    node.replaceChildren();
    plot = new uPlot({
      width: node.clientWidth, height, ...options,
      axes: options.axes.map(axis => ({ ...line, ...axis })),
      cursor: { drag: { x: false, y: false }, ...options.cursor },
    }, data, node);
  }

  function update(found) {
    const fits = plot && data && found.length === data.length;
    data = found;
    if (fits) plot.setData(found); else make();
  }

  /** The cursor goes by the arrow keys as by the pointer. */
  function move(event) {
    const step = STEPS[event.key];
    if (!plot || !step) return;
    event.preventDefault();
    const to = (now, most, by) => Math.max(0, Math.min(most - 1, (now >= 0 ? now : most / 2) + by));
    plot.setCursor({ left: to(plot.cursor.left, plot.over.clientWidth, step[0]), top: to(plot.cursor.top, plot.over.clientHeight, step[1]) });
  }

  function say(text) {
    if (plot) plot.destroy();
    plot = null;
    data = null;
    node.replaceChildren(el("div", { class: "chart-empty", text }));
  }

  const sizes = new ResizeObserver(() => {
    if (plot && Math.abs(plot.width - node.clientWidth) > 1) plot.setSize({ width: node.clientWidth, height });
    else if (!plot) make();
  });
  sizes.observe(node);
  dark.addEventListener("change", make);
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    dark.removeEventListener("change", make);
    if (plot) plot.destroy();
  });
  say("Reading ...");
  return { node, update, say, redraw: make };
}

/** A series of uPlot: name, colour variable, how values are written. */
export const line = (label, variable, format, more = {}) =>
  ({ label, stroke: colour(variable), width: 1.75, points: { show: false }, spanGaps: true, value: (u, v) => (v === null || v === undefined ? "–" : format(v)), ...more });

const DAY = 86400;

/** Ticks of the x axis: times of day, and the date where one begins; null has none. */
function clock(u, splits, axis, space, step) {
  let before = null;
  return splits.map(at => {
    if (at === null) return "";
    const text = new Date(at * 1e3).toISOString(), day = text.slice(5, 10);
    const begins = day !== before;
    before = day;
    return step >= DAY ? day : text.slice(11, step < 60 ? 19 : 16) + (begins ? "\n" + day : "");
  });
}

/** Time on the x axis, in UTC and by 24 hours. */
export const timeAxes = (format, size = 56) => [{ values: clock, space: 60 }, { size, values: (u, values) => values.map(format) }];
export const utc = { tzDate: seconds => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC") };
/** The series of times that stands first in every chart over time. */
export const moments = { label: "UTC", value: "{YYYY}-{MM}-{DD} {HH}:{mm}" };
