/** Forced volume over price and time: past ladders as a heatmap under the price, the present one as bars beside it, tipping points across. */

import { chart, colour, line, moments, timeAxes, utc } from "./chart.js";
import { el } from "./dom.js";
import { has, iso, percent, price, size } from "./format.js";
import { cellAt, drawHeat, ladderAt, strongest } from "./heat.js";

const BINS = 80;
/** Of the width, for the present ladder. */
const BARS = 0.24;

/**
 * Makes it.
 *
 * @param reach gives the range of prices about the mark, a fraction
 * @param haircut gives the share of depth whose tipping points are drawn
 */
export function ladderOver({ signal, reach, haircut }) {
  let ladder = null, cascade = null, series = null, past = [];
  const key = el("p", { class: "note" });
  const readout = el("p", { class: "note", role: "status", text: "Point at the chart, or focus it and use the arrow keys, to read it." });
  const view = chart({ height: 400, label: "Mark price over time with the forced volume at each price", signal, build: () => ({
    ...utc, axes: pastOnly(timeAxes(price, 76)), legend: { show: false },
    scales: {
      x: { time: true, range: (u, from, to) => [from, to + (to - from) * BARS / (1 - BARS)] },
      y: { range: () => [ladder.markPrice * (1 - reach()), ladder.markPrice * (1 + reach())] },
    },
    series: [moments, line("Mark", "--ink", price, { width: 2 })],
    hooks: { drawClear: [plot => drawHeat(plot, past, now())], draw: [drawBars, drawTips], setCursor: [read] },
  }) });

  const now = () => ladder.asOfMs / 1000;
  /** The bars stand where time has not come yet. */
  const pastOnly = ([x, y]) => {
    const filter = (u, splits) => splits.map(at => (at <= now() ? at : null));
    return [{ ...x, filter, grid: { show: false }, ticks: { show: false } }, y];
  };

  function draw() {
    if (!ladder || !has(ladder.markPrice)) return;
    const xs = series && series.xs.length ? series.xs : [now() - 60];
    const marks = series && series.xs.length ? series.metrics.markPrice.close : [null];
    view.update([[...xs, Math.max(now(), xs.at(-1) + 1)], [...marks, ladder.markPrice]]);
    view.node.setAttribute("aria-label", "Forced volume by price: longs " + within("longSize") + ", shorts " + within("shortSize")
      + " base units within " + percent(reach(), 0) + " of the mark price " + price(ladder.markPrice));
    const most = strongest(past);
    key.replaceChildren(...(most > 0 ? [
      el("span", { class: "ramp long" }), " longs and ", el("span", { class: "ramp short" }),
      " shorts that were to be liquidated at each price, none to " + size(most) + " quote units in 0.5 % of price. "
      + past.length + " ladders since " + iso(past[0].asOfMs).slice(0, 16).replace("T", " ") + " UTC.",
    ] : ["No ladder of the past yet: the first is kept within a minute."]));
  }

  const within = side => ladder.liquidation.filter(r => Math.abs(r.lowerPrice / ladder.markPrice - 1) < reach()).reduce((sum, r) => sum + r[side], 0).toPrecision(4);

  /** Says what lies under the pointer. */
  function read(plot) {
    const { left, top } = plot.cursor;
    if (!(left >= 0)) return;
    const at = plot.posToVal(left, "x"), value = plot.posToVal(top, "y");
    if (at > now()) {
      const rungs = ladder.liquidation.filter(r => Math.abs(Math.log((r.lowerPrice + r.upperPrice) / 2 / value)) < 0.0025);
      const sum = side => rungs.reduce((all, r) => all + r[side], 0);
      readout.textContent = "Now, around " + price(value) + ": longs " + size(sum("longSize")) + ", shorts " + size(sum("shortSize")) + " base units; as of " + iso(ladder.asOfMs) + ".";
      return;
    }
    const then = ladderAt(past, at * 1000);
    const cell = then && cellAt(then, value);
    readout.textContent = iso(at * 1000).slice(0, 16).replace("T", " ") + " UTC, around " + price(value) + ": " + (!then ? "no ladder is known"
      : "longs " + size(cell ? cell.longSize : 0) + ", shorts " + size(cell ? cell.shortSize : 0) + " base units; mark " + price(then.markPrice) + ", as of " + iso(then.asOfMs)) + ".";
  }

  function drawBars(plot) {
    const low = plot.scales.y.min, high = plot.scales.y.max, width = (high - low) / BINS;
    const bins = Array.from({ length: BINS }, () => [0, 0]);
    for (const rung of ladder.liquidation) {
      const at = Math.floor(((rung.lowerPrice + rung.upperPrice) / 2 - low) / width);
      if (at < 0 || at >= BINS) continue;
      bins[at][0] += rung.longSize;
      bins[at][1] += rung.shortSize;
    }
    const most = Math.max(...bins.map(([l, s]) => l + s));
    const { ctx, bbox } = plot;
    const start = plot.valToPos(now(), "x", true), room = bbox.left + bbox.width - start;
    ctx.save();
    ctx.fillStyle = colour("--line");
    ctx.fillRect(start, bbox.top, devicePixelRatio, bbox.height);
    bins.forEach((sizes, i) => {
      const top = plot.valToPos(low + (i + 1) * width, "y", true), bottom = plot.valToPos(low + i * width, "y", true);
      let left = start + 2;
      sizes.forEach((size, side) => {
        if (!(size > 0)) return;
        const length = (room - 4) * size / most;
        ctx.fillStyle = colour(side === 0 ? "--long" : "--short");
        ctx.fillRect(left, top + 0.5, length, Math.max(1, bottom - top - 1));
        left += length;
      });
    });
    ctx.restore();
  }

  function drawTips(plot) {
    if (!cascade) return;
    const { ctx, bbox } = plot;
    const inside = v => has(v) && v > plot.scales.y.min && v < plot.scales.y.max;
    ctx.save();
    ctx.font = 12 * devicePixelRatio + "px system-ui, sans-serif";
    // The axes leave theirs behind.
    ctx.textAlign = "left";
    ctx.fillStyle = ctx.strokeStyle = colour("--ink");
    for (const outcome of cascade.outcomes.filter(o => o.depthHaircut === haircut())) {
      for (const point of outcome.tippingPoints) {
        for (const [value, dash, words] of [[point.thresholdPrice, [], "tips at "], [point.landingPrice, [6, 5], "lands at "]]) {
          if (!inside(value)) continue;
          const y = plot.valToPos(value, "y", true);
          ctx.setLineDash(dash);
          ctx.strokeStyle = colour("--ink");
          ctx.lineWidth = devicePixelRatio;
          ctx.beginPath();
          ctx.moveTo(bbox.left, y);
          ctx.lineTo(bbox.left + bbox.width, y);
          ctx.stroke();
          // A rim in the colour of the card: words stay readable on the heatmap.
          ctx.setLineDash([]);
          ctx.strokeStyle = colour("--card");
          ctx.lineWidth = 4 * devicePixelRatio;
          ctx.strokeText(words + price(value), bbox.left + 8, y - 4);
          ctx.fillText(words + price(value), bbox.left + 8, y - 4);
        }
      }
    }
    ctx.restore();
  }

  return {
    node: el("div", {}, view.node, readout, key), draw, say: view.say,
    show: found => { ladder = found; draw(); },
    risk: found => { cascade = found; draw(); },
    prices: found => { series = found; draw(); },
    history: found => { past = found; draw(); },
  };
}
