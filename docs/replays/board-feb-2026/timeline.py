"""The picture: prices, and below them each alert from its firing to its end."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "whales-feb-2026"))
from episodes import APART, ARTEFACTS, COINS, DAY_MS  # noqa: E402
from picture import GRID, INK, SOFT, Svg  # noqa: E402
from recorded import utc  # noqa: E402

COLOUR = {True: "#2f7d5b", False: "#b8322a", None: "#9aa3ad"}
MEANING = {True: "true by the definition", False: "false alarm", None: "counted apart; pale: made by what the data lacks"}
LINES = {"BTC": "#1f2933", "ETH": "#7b62a8", "SOL": "#e0912f"}
LEFT, RIGHT = 300, 1060
TOP, BOTTOM = 70, 230
LANES, LANE = 262, 20


def draw(market, fired, verdicts, begin, end, first, last):
    lanes = sorted({(e.rule, e.name()) for e in fired}, key=lambda lane: _order(lane, fired))
    height = LANES + LANE * len(lanes) + 50
    svg = Svg(1080, height)

    def x(time_ms):
        return LEFT + (min(max(time_ms, begin), end) - begin) / (end - begin) * (RIGHT - LEFT)

    svg.text(24, 30, "The board in February 2026", size=18, weight="600")
    below = "Hourly closes, and alerts from their firing to their end, UTC. Shaded: no snapshots of accounts."
    svg.text(24, 50, below, fill=SOFT)
    floor = LANES + LANE * len(lanes)
    for left, right in ((begin, first), (last, end)):
        svg.rect(x(left), TOP, x(right) - x(left), floor - TOP, "#f1f3f5")
    for day in range(begin, end + 1, DAY_MS):
        svg.line([(x(day), TOP), (x(day), floor)], GRID)
        if day < end:
            svg.text((x(day) + x(day + DAY_MS)) / 2, floor + 16, utc(day, "%d %b"), SOFT, "middle", 11)
    _prices(svg, market, begin, end, x)
    for number, lane in enumerate(lanes):
        y = LANES + LANE * number
        svg.line([(24, y), (RIGHT, y)], GRID)
        svg.text(LEFT - 8, y + 14, f"{lane[0]}  {lane[1]}".replace("hyperliquid:", ""), INK, "end", 11)
        for e in fired:
            if (e.rule, e.name()) == lane:
                until = end if e.resolved_ms is None else e.resolved_ms
                title = f"{utc(e.fired_ms)} to {'the end' if e.resolved_ms is None else utc(until)}: {e.sentence}"
                opacity = 0.35 if e.rule in ARTEFACTS else 1
                width = max(3, x(until) - x(e.fired_ms))
                svg.rect(x(e.fired_ms), y + 4, width, LANE - 8, COLOUR[verdicts[e.id]], opacity, title)
    at = LEFT
    for verdict, meaning in MEANING.items():
        svg.rect(at, floor + 28, 12, 12, COLOUR[verdict])
        svg.text(at + 18, floor + 38, meaning)
        at += 46 + 6.6 * len(meaning)
    return svg.end()


def _order(lane, fired):
    severities = {e.severity for e in fired if (e.rule, e.name()) == lane}
    return "CRITICAL" not in severities, lane[0] in APART, lane


def _prices(svg, market, begin, end, x):
    """Closes as shares of the first one."""
    changes = {}
    for coin in COINS:
        hours = market.candles.between(coin, begin, end)
        changes[coin] = [(h["openMs"], h["close"] / hours[0]["open"] - 1) for h in hours]
    low = min(change for each in changes.values() for _, change in each)
    high = max(change for each in changes.values() for _, change in each)

    def y(change):
        return BOTTOM - (change - low) / (high - low) * (BOTTOM - TOP)

    for level in (0, -0.1, -0.2, -0.3):
        svg.line([(LEFT, y(level)), (RIGHT, y(level))], GRID)
        svg.text(LEFT - 8, y(level) + 4, f"{level:+.0%}" if level else "0", SOFT, "end", 11)
    for number, coin in enumerate(COINS):
        svg.line([(x(at), y(change)) for at, change in changes[coin]], LINES[coin], 1.4)
        svg.text(24, TOP + 14 + 16 * number, f"{coin}, since {utc(begin, '%d %b')}", LINES[coin], weight="600")
