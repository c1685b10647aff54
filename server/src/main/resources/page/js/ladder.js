/** The ladder of forced volume beside the price, and the tipping points across it. */

import { chart, colour, line, timeAxes, utc } from "./chart.js";
import { has, percent, price } from "./format.js";

const BINS = 80;
/** Of the width, for the longest bar. */
const BARS = 0.4;

/**
 * Makes it.
 *
 * @param reach gives the range of prices about the mark, a fraction
 * @param haircut gives the share of depth whose tipping points are drawn
 */
export function ladderOver({ signal, reach, haircut }) {
  let ladder = null, cascade = null, series = null;
  const view = chart({ height: 380, label: "Mark price over time with the forced volume at each price", signal, build: () => ({
    ...utc, axes: timeAxes(price, 76),
    scales: { x: { time: true }, y: { range: () => [ladder.markPrice * (1 - reach()), ladder.markPrice * (1 + reach())] } },
    series: [{ label: "UTC" }, line("Mark", "--ink", price)],
    hooks: { draw: [drawBars, drawTips] },
  }) });

  function draw() {
    if (!ladder || !has(ladder.markPrice)) return;
    const now = ladder.asOfMs / 1000;
    const xs = series && series.xs.length ? series.xs : [now - 60];
    const marks = series && series.xs.length ? series.metrics.markPrice.close : [null];
    view.update([[...xs, Math.max(now, xs.at(-1) + 1)], [...marks, ladder.markPrice]]);
    view.node.setAttribute("aria-label", "Forced volume by price: longs " + within("longSize") + ", shorts " + within("shortSize")
      + " base units within " + percent(reach(), 0) + " of the mark price " + price(ladder.markPrice));
  }

  const within = side => ladder.liquidation.filter(r => Math.abs(r.lowerPrice / ladder.markPrice - 1) < reach()).reduce((sum, r) => sum + r[side], 0).toPrecision(4);

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
    if (!(most > 0)) return;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.globalAlpha = 0.75;
    bins.forEach((sizes, i) => {
      const top = plot.valToPos(low + (i + 1) * width, "y", true), bottom = plot.valToPos(low + i * width, "y", true);
      let right = bbox.left + bbox.width;
      sizes.forEach((size, side) => {
        const length = BARS * bbox.width * size / most;
        ctx.fillStyle = colour(side === 0 ? "--long" : "--short");
        ctx.fillRect(right - length, top + 0.5, length, Math.max(1, bottom - top - 1));
        right -= length;
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
    ctx.fillStyle = ctx.strokeStyle = colour("--ink");
    for (const outcome of cascade.outcomes.filter(o => o.depthHaircut === haircut())) {
      for (const point of outcome.tippingPoints) {
        for (const [value, dash, words] of [[point.thresholdPrice, [], "tips at "], [point.landingPrice, [6, 5], "lands at "]]) {
          if (!inside(value)) continue;
          const y = plot.valToPos(value, "y", true);
          ctx.setLineDash(dash);
          ctx.beginPath();
          ctx.moveTo(bbox.left, y);
          ctx.lineTo(bbox.left + bbox.width, y);
          ctx.stroke();
          ctx.fillText(words + price(value), bbox.left + 8, y - 4);
        }
      }
    }
    ctx.restore();
  }

  return {
    node: view.node, draw, say: view.say,
    show: found => { ladder = found; draw(); },
    risk: found => { cascade = found; draw(); },
    prices: found => { series = found; draw(); },
  };
}
