"""The picture: the ladder of one snapshot, the price, where the lines were told to be, and what was seen after it."""

import collections
from html import escape

import recorded
from fates import FATES, GROUPS

COLOUR = {
    "kept": "#2f7d5b",
    "smaller": "#e0912f",
    "other entry": "#7b62a8",
    "gone": "#b8322a",
    "not seen": "#b4bac3",
}
MEANING = {
    "kept": "kept",
    "smaller": "there, smaller",
    "other entry": "there, other entry price",
    "gone": "gone",
    "not seen": "account not seen again",
}
INK, SOFT, GRID = "#1f2933", "#66717e", "#e4e7eb"
COIN, BIN = "BTC", 1_000
LOW, HIGH = 46_000, 80_000
# From this value on a track says how it ended.
LARGE_USD = 30e6
TOP, BOTTOM = 92, 470
LADDER_LEFT, LADDER_RIGHT = 78, 212
TIME_LEFT, TIME_RIGHT = 320, 1052
BARS_TOP, BAR = 548, 20


class Svg:
    def __init__(self, width, height):
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            " font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" font-size=\"12\">",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
        ]

    def text(self, x, y, content, fill=INK, anchor="start", size=12, weight="normal", halo=False):
        around = ' stroke="#fff" stroke-width="4" paint-order="stroke"' if halo else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" text-anchor="{anchor}" font-size="{size}"'
            f' font-weight="{weight}"{around}>{escape(content)}</text>'
        )

    def rect(self, x, y, width, height, fill, opacity=1.0, title=None):
        inner = f"<title>{escape(title)}</title>" if title else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"'
            f' fill-opacity="{opacity}">{inner}</rect>'
        )

    def line(self, points, stroke, width=1.0, dash=None, opacity=1.0):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{width}"'
            f' stroke-opacity="{opacity}"{dashes}/>'
        )

    def dot(self, x, y, radius, fill):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}"/>')

    def end(self):
        return "\n".join([*self.parts, "</svg>", ""])


def price_y(price):
    return BOTTOM - (price - LOW) / (HIGH - LOW) * (BOTTOM - TOP)


def draw(fall, baseline, second):
    svg = Svg(1080, 692)
    when = recorded.utc(baseline.time_ms)
    svg.text(24, 30, "What the ladder said, and what was seen after the fall", size=18, weight="600")
    svg.text(
        24,
        50,
        "Hyperliquid, large accounts on its lists of profits, February 2026, UTC. "
        "A colour says what the first snapshot after the low that tells of the position shows.",
        fill=SOFT,
    )
    _ladder(svg, fall, baseline, when)
    _prices(svg, fall, baseline, when)
    _bars(svg, fall, (baseline, second))
    x = 24
    for fate in FATES:
        svg.rect(x, 664, 12, 12, COLOUR[fate])
        svg.text(x + 18, 674, MEANING[fate])
        x += 46 + 6.6 * len(MEANING[fate])
    return svg.end()


def _ladder(svg, fall, baseline, when):
    svg.text(24, 80, f"{COIN} ladder, longs, {when}", weight="600")
    bins = collections.defaultdict(list)
    for position in fall.longs(baseline):
        if position.coin == COIN and position.line is not None and position.line >= LOW:
            bins[int(position.line // BIN)].append(position)
    most = max(sum(p.value_usd for p in each) for each in bins.values())
    scale = (LADDER_RIGHT - LADDER_LEFT) / most
    for price in range(LOW + 4_000, HIGH + 1, 5_000):
        svg.line([(LADDER_LEFT, price_y(price)), (TIME_RIGHT, price_y(price))], GRID)
        svg.text(LADDER_LEFT - 8, price_y(price) + 4, f"{price:,}", SOFT, "end", 11)
    for number, positions in sorted(bins.items()):
        x = LADDER_LEFT
        top, height = price_y((number + 1) * BIN), price_y(0) - price_y(BIN)
        for position in sorted(positions, key=lambda p: FATES.index(fall.fate(p)[0])):
            fate = fall.fate(position)[0]
            width = position.value_usd * scale
            title = f"{position.value_usd / 1e6:.1f} M$ at {position.line:,.0f}: {MEANING[fate]}"
            svg.rect(x, top + 1, max(1, width - 1), height - 2, COLOUR[fate], title=title)
            x += width
        svg.text(x + 4, top + height - 2, _label(fall, positions), INK, size=10)
    svg.text(LADDER_LEFT, BOTTOM + 16, "million USD by liquidation price, USD", SOFT, size=11)


def _label(fall, positions):
    values = collections.Counter()
    for position in positions:
        values[fall.fate(position)[0]] += position.value_usd / 1e6
    return ", ".join(f"{value:.1f} {fate}" for fate, value in values.items())


def _prices(svg, fall, baseline, when):
    begin, end = fall.snapshots[0].time_ms, fall.snapshots[-1].time_ms

    def time_x(time_ms):
        return TIME_LEFT + (time_ms - begin) / (end - begin) * (TIME_RIGHT - TIME_LEFT)

    svg.text(TIME_LEFT, 80, f"{COIN} price, hourly low to high; coloured: liquidation prices of longs as they were told", weight="600")
    for candle in fall.candles.between(COIN, begin, end):
        low, high = price_y(candle["low"]), price_y(candle["high"])
        svg.rect(time_x(candle["openMs"]), high, 4, low - high, "#8d99a6")
    day = 24 * recorded.HOUR_MS
    for midnight in range(begin // day * day + day, end, day):
        svg.line([(time_x(midnight), BOTTOM), (time_x(midnight), BOTTOM + 5)], SOFT)
        svg.text(time_x(midnight), BOTTOM + 18, recorded.utc(midnight, "%d Feb"), SOFT, "middle", 11)
    for time_ms, label, anchor in ((baseline.time_ms, when, "start"), (fall.low_ms, "low, 06 Feb 00:00", "start")):
        svg.line([(time_x(time_ms), TOP), (time_x(time_ms), BOTTOM)], SOFT, 1, "3 3")
        svg.text(time_x(time_ms) + 5, TOP + 10, label, SOFT, anchor, 11)
    told = {}
    for snapshot in fall.before:
        for position in fall.longs(snapshot):
            if position.coin == COIN and fall.group(position) != GROUPS[2]:
                told.setdefault((position.account, COIN), position)
    for key, first in told.items():
        fate = fall.fate(first)[0]
        points = [
            (time_x(s.time_ms), price_y(p.line))
            for s in fall.snapshots
            if s.time_ms < fall.low_ms
            and (p := s.positions.get(key)) is not None
            and p.side > 0
            and p.line is not None
            and p.line > LOW
        ]
        width = 1 + first.value_usd / 20e6
        svg.line(points, COLOUR[fate], width, opacity=0.75)
        for x, y in points:
            svg.dot(x, y, 2.2, COLOUR[fate])
        at_baseline = baseline.positions.get(key)
        if first.value_usd >= LARGE_USD and at_baseline is not None and (at_baseline.line or 0) > LOW:
            last_time, last = next(
                (s.time_ms, s.positions[key]) for s in reversed(fall.before) if key in s.positions
            )
            x, y = points[-1]
            right = x > time_x(fall.before[-1].time_ms) - 5
            label = f"size × {last.size / first.size:.2f}, line {last.line:,.0f} ({recorded.utc(last_time)})"
            svg.text(x + (10 if right else -8), y + 4, label, COLOUR[fate], "start" if right else "end", 11, "600", True)


def _bars(svg, fall, snapshots):
    svg.text(24, BARS_TOP - 28, "BTC, ETH and SOL longs by whether the price came to the line that they had; numbers are positions", weight="600")
    for column, snapshot in enumerate(snapshots):
        left = 24 + column * 528
        svg.text(left, BARS_TOP - 8, f"as told on {recorded.utc(snapshot.time_ms)}", SOFT)
        counts = fall.counts(snapshot)
        for row, group in enumerate(GROUPS):
            y = BARS_TOP + row * (BAR + 14)
            total = sum(counts[group].values())
            label = ("line reached", "line at most 20 % below", "further, or no line")[row]
            svg.text(left, y + 14, f"{label} ({total})")
            x = left + 176
            for fate in FATES:
                width = 330 * counts[group][fate] / total
                if width:
                    svg.rect(x, y, width - 1, BAR, COLOUR[fate])
                    fill = INK if fate == "not seen" else "#fff"
                    svg.text(x + width / 2, y + 14, str(counts[group][fate]), fill, "middle", 11, "600")
                x += width
