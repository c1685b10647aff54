"""What the monitor published, and what the market did after it: the definitions at the head of board-feb-2026.md."""

import collections
import gzip
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "whales-feb-2026"))
import recorded  # noqa: E402

HOUR_MS = recorded.HOUR_MS
DAY_MS = 24 * HOUR_MS
COINS = recorded.COINS
MOVE, RANGE = 0.05, 0.03
FALL, RISE, EITHER = (-1,), (1,), (-1, 1)
WARNS = {
    "tipping-point-down": FALL,
    "amplification-down": FALL,
    "bad-debt-beyond-fund": FALL,
    "concentration": FALL,
    "leverage-skew-long": FALL,
    "funding-longs-pay": FALL,
    "system-tipping-point": FALL,
    "tipping-point-up": RISE,
    "leverage-skew-short": RISE,
    "funding-shorts-pay": RISE,
    "leverage-high": EITHER,
    "open-interest-up-depth-down": EITHER,
}
UNDER_WAY = ("deleveraging", "system-deleveraging")
NEAR_LINE = "large-account-near-line"
# Made by what the data lacks, whatever came after: named when the results were there, and no part of the verdict.
ARTEFACTS = ("bad-debt-beyond-fund", "leverage-high", "lines-apart", "coverage-low", "system-deleveraging")
APART = (
    "coverage-low",
    "lines-apart",
    "feed-silent",
    "feed-quiet",
    "feed-stale",
    "clock-skewed",
    "price-frozen",
    "depth-frozen",
    "depth-crossed",
    "dead-letters",
)


def records(path, *topics):
    with gzip.open(path, "rt") as file:
        for record in map(json.loads, file):
            if record["topic"].removeprefix("plimsoll.") in topics:
                yield record


class Episode:
    """One alert from PENDING to RESOLVED."""

    def __init__(self, alerts):
        last = alerts[-1]
        firing = [each for each in alerts if each["status"] == "FIRING"]
        self.id, self.rule, self.subject, self.severity = (last[k] for k in ("id", "ruleId", "subject", "severity"))
        self.since_ms, self.fired_ms, self.resolved_ms = last["sinceMs"], last["firedMs"], last["resolvedMs"]
        self.parent = any(each["parent"] for each in alerts)
        self.sentence = (firing or alerts)[0]["sentence"]

    def coins(self):
        return COINS if self.subject == "system" else (self.subject.split(":")[-1],)

    def name(self):
        """Its subject, accounts shortened."""
        venue, _, rest = self.subject.partition(":")
        return f"{rest[:6]}…{rest[-4:]}" if rest.startswith("0x") else self.subject

    def fires_at(self, time_ms):
        return (
            self.fired_ms is not None
            and self.fired_ms <= time_ms
            and (self.resolved_ms is None or time_ms < self.resolved_ms)
        )


def episodes(path):
    by_id = collections.defaultdict(list)
    for record in records(path, "alerts"):
        if record["value"] is not None:
            by_id[record["value"]["id"]].append(record["value"])
    found = [Episode(sorted(each, key=lambda a: a["sequence"])) for each in by_id.values()]
    return sorted(found, key=lambda each: (each.fired_ms or each.since_ms, each.rule, each.subject))


def states(path):
    """What two runs must have in common."""
    found = set()
    for record in records(path, "alerts"):
        alert = record["value"]
        if alert is not None:
            keys = ("id", "status", "sinceMs", "firedMs", "resolvedMs")
            found.add(tuple(alert[key] for key in keys))
    return found


class Market:
    """What was told of prices and lines, and what trades there were after."""

    def __init__(self, recording, candles):
        self.candles = candles
        self.prices = collections.defaultdict(list)
        self.lines = collections.defaultdict(list)
        self.snapshots = set()
        for record in records(recording, "prices", "positions"):
            value, key, at = record["value"], record["key"], record["timestamp"]
            if record["topic"] == "prices":
                if value["venue"] == "hyperliquid":
                    self.prices[value["symbol"]].append((at, value["markPrice"]))
            else:
                account, coin = key.rsplit(":", 1)
                line = None if value is None else (value["size"], value["venueLiquidationPrice"])
                self.lines[account, coin].append((at, line))
                self.snapshots.add(at)

    def price(self, coin, at):
        return [price for time_ms, price in self.prices[coin] if time_ms <= at][-1]

    def after(self, coin, at):
        """Whole hours of the 24 that begin at or after it."""
        begin = -(-at // HOUR_MS) * HOUR_MS
        return self.candles.between(coin, begin, begin + DAY_MS)

    def moves(self, coin, at):
        """Furthest fall and rise in them, fractions of the price at it."""
        price, hours = self.price(coin, at), self.after(coin, at)
        return min(h["low"] for h in hours) / price - 1, max(h["high"] for h in hours) / price - 1

    def moved(self, coin, at, directions):
        fall, rise = self.moves(coin, at)
        return (-1 in directions and fall <= -MOVE) or (1 in directions and rise >= MOVE)

    def by_chance(self, coin, directions, begin, end):
        hours = range(-(-begin // HOUR_MS) * HOUR_MS, end, HOUR_MS)
        return sum(self.moved(coin, at, directions) for at in hours) / len(hours)

    def ranged(self, coin, at):
        hour = at // HOUR_MS * HOUR_MS
        return max((h["high"] - h["low"]) / h["open"] for h in self.candles.between(coin, hour - HOUR_MS, hour + HOUR_MS))

    def line_reached(self, account, at):
        for coin in COINS:
            told = [line for time_ms, line in self.lines.get((account, coin), ()) if time_ms <= at]
            if told and told[-1] is not None:
                size, line = told[-1]
                for hour in self.after(coin, at):
                    if (size > 0 and hour["low"] <= line) or (size < 0 and hour["high"] >= line):
                        return True
        return False

    def verdict(self, episode):
        """True or false alarm; None: counted apart."""
        if episode.rule in WARNS:
            return any(self.moved(coin, episode.fired_ms, WARNS[episode.rule]) for coin in episode.coins())
        if episode.rule in UNDER_WAY:
            return any(self.ranged(coin, episode.fired_ms) >= RANGE for coin in episode.coins())
        if episode.rule == NEAR_LINE:
            return self.line_reached(episode.subject, episode.fired_ms)
        if episode.rule in APART:
            return None
        raise ValueError(f"rule {episode.rule} has no definition")

    def bad_days(self, begin, end):
        """(coin, day, change) of days that closed 5 % or more lower."""
        for coin in COINS:
            for day in range(begin, end, DAY_MS):
                hours = self.candles.between(coin, day, day + DAY_MS)
                change = hours[-1]["close"] / hours[0]["open"] - 1
                if change <= -MOVE:
                    yield coin, day, change
