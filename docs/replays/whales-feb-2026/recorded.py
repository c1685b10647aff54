"""The recorded files: snapshots of large accounts, and hourly candles. Only what they say, nothing computed."""

import collections
import datetime
import gzip
import json
import os
import statistics

HOUR_MS = 3_600_000
COINS = ("BTC", "ETH", "SOL")

Position = collections.namedtuple("Position", "account coin side size entry line value_usd mark listed")
"""side: 1 long, -1 short; size > 0 in base units; line: the venue's liquidation price, None: no price liquidates it;
mark: the price at which the venue valued it; listed: its account is on a list that shows all its positions."""

Snapshot = collections.namedtuple("Snapshot", "time_ms name positions listed markets")
"""positions by (account, coin); listed: accounts all of whose positions are shown; markets: {} where not recorded."""


def utc(time_ms, form="%d %b %H:%M"):
    return datetime.datetime.fromtimestamp(time_ms / 1000, datetime.timezone.utc).strftime(form)


def snapshots(folder):
    """All snapshots by time. The ladders of another party (hyperliquid_liq_) are not among them."""
    names = [n for n in os.listdir(folder) if n.startswith(("data_", "hyperliquid_whales_"))]
    return sorted((_snapshot(folder, name) for name in names), key=lambda each: each.time_ms)


def _snapshot(folder, name):
    with gzip.open(os.path.join(folder, name)) as file:
        content = json.load(file)
    stamp = name.split("_")[-1][:17]
    taken = datetime.datetime.strptime(stamp, "%Y-%m-%dT%H%M%S").replace(tzinfo=datetime.timezone.utc)
    tracker = content["whaleTracker"]
    positions, listed = {}, set()
    for account in tracker["daily"] + tracker["weekly"]:
        if account["address"] not in listed:
            listed.add(account["address"])
            for row in account["positions"]:
                positions[account["address"], row["coin"]] = _position(account["address"], row, True)
    for row in tracker["biggestPositions"]:
        if row["traderAddress"] not in listed:
            positions[row["traderAddress"], row["coin"]] = _position(row["traderAddress"], row, False)
    markets = {market["name"]: market for market in content.get("markets", [])}
    return Snapshot(int(taken.timestamp() * 1000), name, positions, listed, markets)


def _position(account, row, listed):
    value, size, line = float(row["positionValue"]), float(row["size"]), row["liquidationPx"]
    return Position(
        account,
        row["coin"],
        1 if row["direction"] == "Long" else -1,
        size,
        float(row["entryPx"]),
        None if line is None else float(line),
        value,
        value / size,
        listed,
    )


def marks(snapshot):
    """Mark price by coin: the middle one of those at which positions were valued; they were asked for one by one."""
    by_coin = collections.defaultdict(list)
    for position in snapshot.positions.values():
        by_coin[position.coin].append(position.mark)
    return {coin: statistics.median(values) for coin, values in by_coin.items()}


class Candles:
    """Hourly candles of trades by coin, from candles.mjs."""

    def __init__(self, path):
        self.by_coin = collections.defaultdict(dict)
        with open(path) as file:
            for line in file:
                candle = json.loads(line)
                self.by_coin[candle["coin"]][candle["openMs"]] = candle

    def between(self, coin, from_ms, to_ms):
        """Candles that begin in [from, to), by time."""
        return [self.by_coin[coin][t] for t in sorted(self.by_coin[coin]) if from_ms <= t < to_ms]

    def day_volume(self, coin, at_ms):
        """Base units traded in the 24 whole hours before."""
        end = at_ms // HOUR_MS * HOUR_MS
        return sum(each["volume"] for each in self.between(coin, end - 24 * HOUR_MS, end))

    def first_touch(self, coin, price, from_ms, to_ms):
        """Begin of the first whole hour after from_ms whose low is at or below a price; None: none up to to_ms."""
        for candle in self.between(coin, from_ms, to_ms):
            if candle["low"] <= price:
                return candle["openMs"]
        return None
