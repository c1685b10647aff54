#!/usr/bin/env python3
"""Writes one recording of 15 Jan to 15 Feb 2026:
make.py WHALES-FOLDER CANDLES.jsonl FUNDING.jsonl BTC-MARKET.csv.gz OUT.jsonl.gz

Three feeds, by event time: hourly prices of three Hyperliquid markets, snapshots of large accounts in them, and an
hourly aggregate of BTC, whose venues are not named, as a market of its own.
"""

import csv
import datetime
import gzip
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "whales-feb-2026"))
import convert  # noqa: E402
import recorded  # noqa: E402

HOUR_MS = recorded.HOUR_MS
AGGREGATE = "aggregate"
# The aggregate is known by the hour; its liquidations are spread evenly over this many parts of it.
PARTS = 12


def ms(day):
    return int(datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.timezone.utc).timestamp() * 1000)


FROM_MS = ms("2026-01-15")
TO_MS = ms("2026-02-15")


class Recording:
    def __init__(self):
        self.lines = []

    def add(self, topic, venue, key, time_ms, value):
        if FROM_MS <= time_ms <= TO_MS:
            self.lines.append({"topic": topic, "key": f"{venue}:{key}", "timestamp": time_ms, "value": value})

    def write(self, path):
        # A stable sort: what is of one moment stays in the order in which it was added.
        self.lines.sort(key=lambda line: line["timestamp"])
        with gzip.GzipFile(path, "wb", mtime=0) as file:
            for line in self.lines:
                file.write((json.dumps(line) + "\n").encode())


class Funding:
    """What was paid at the whole hours, fraction of notional per hour."""

    def __init__(self, path):
        self.rates = {}
        with open(path) as file:
            for row in map(json.loads, file):
                self.rates[row["coin"], row["timeMs"] // HOUR_MS] = row["rate"]

    def last(self, coin, time_ms):
        return self.rates.get((coin, time_ms // HOUR_MS))


def price(coin, mark, funding, open_interest, day_volume):
    value = convert.price(coin, mark, open_interest, day_volume)
    if funding is not None:
        value.update(fundingRate=funding, fundingIntervalHours=1.0)
    return value


def hyperliquid(recording, snapshots, candles, funding):
    max_leverage = {name: market["maxLeverage"] for s in snapshots for name, market in s.markets.items()}
    size_decimals = dict.fromkeys(recorded.COINS, 0)
    for each in (p for s in snapshots for p in s.positions.values() if p.coin in recorded.COINS):
        size_decimals[each.coin] = max(size_decimals[each.coin], convert.decimals(each.size))
    for coin in recorded.COINS:
        terms = convert.instrument(coin, max_leverage[coin], size_decimals[coin])
        recording.add("instruments", convert.VENUE, coin, FROM_MS, terms)
        for candle in candles.between(coin, FROM_MS, TO_MS):
            # A close is known when its hour is over.
            at = candle["openMs"] + HOUR_MS
            # A day's volume is not known before a day has passed.
            volume = candles.day_volume(coin, at) if at >= FROM_MS + 24 * HOUR_MS else None
            value = price(coin, candle["close"], funding.last(coin, at), None, volume)
            recording.add("prices", convert.VENUE, coin, at, value)


def whales(recording, snapshots, candles, funding):
    before = {}
    for snapshot in snapshots:
        at = snapshot.time_ms
        now = {
            key: each
            for key, each in snapshot.positions.items()
            if each.coin in recorded.COINS and each.line is not None
        }
        for coin, mark in sorted(recorded.marks(snapshot).items()):
            if coin in recorded.COINS:
                market = snapshot.markets.get(coin)
                interest = None if market is None else market["openInterestCoins"]
                value = price(coin, mark, funding.last(coin, at), interest, candles.day_volume(coin, at))
                recording.add("prices", convert.VENUE, coin, at, value)
        for account, coin in sorted(before.keys() - now.keys()):
            recording.add("positions", convert.VENUE, f"{account}:{coin}", at, None)
        for (account, coin), each in sorted(now.items()):
            recording.add("positions", convert.VENUE, f"{account}:{coin}", at, convert.position(each))
        before = now


def aggregate(recording, path):
    terms = {
        "venue": AGGREGATE,
        "symbol": "BTC",
        "kind": "LINEAR_PERPETUAL",
        "baseAsset": "BTC",
        "quoteAsset": "USD",
        "settleAsset": "USD",
        "sizeDecimals": 5,
        # A table is asked for; there are no positions here that it could be used on.
        "marginTiers": [convert.tier(0, 100)],
        "openInterestUnit": "QUOTE",
        # Not said by the source.
        "openInterestSides": "SINGLE",
    }
    recording.add("instruments", AGGREGATE, "BTC", FROM_MS, terms)
    with gzip.open(path, "rt") as file:
        for row in csv.DictReader(file):
            opened = int(row["timestamp"])
            if not FROM_MS <= opened < TO_MS:
                continue
            for side in ("LONG", "SHORT"):
                liquidations(recording, opened, side, row)
            value = {
                "venue": AGGREGATE,
                "symbol": "BTC",
                "markPrice": float(row["price_close"]),
                # Percent per 8 hours.
                "fundingRate": float(row["funding_close"]) / 100,
                "fundingIntervalHours": 8.0,
                "openInterest": float(row["oi_close"]),
            }
            recording.add("prices", AGGREGATE, "BTC", opened + HOUR_MS, value)


def liquidations(recording, opened, side, row):
    usd = float(row[f"liquidation_{side.lower()}_usd"]) / PARTS
    if usd <= 0:
        return
    mark = float(row["price_open"])
    for part in range(PARTS):
        at = opened + part * HOUR_MS // PARTS
        value = {
            "venue": AGGREGATE,
            "symbol": "BTC",
            "positionSide": side,
            "quantity": usd / mark,
            "price": mark,
            "priceKind": "MARK",
            "censored": True,
            "tradeId": f"{opened}-{side}-{part}",
            "notionalUsd": usd,
        }
        recording.add("liquidations", AGGREGATE, "BTC", at, value)


def main(folder, candles_file, funding_file, market_file, out):
    recording = Recording()
    snapshots = recorded.snapshots(folder)
    candles = recorded.Candles(candles_file)
    funding = Funding(funding_file)
    hyperliquid(recording, snapshots, candles, funding)
    whales(recording, snapshots, candles, funding)
    aggregate(recording, market_file)
    recording.write(out)
    counts = {}
    for line in recording.lines:
        counts[line["topic"]] = counts.get(line["topic"], 0) + 1
    seconds = len({line["timestamp"] // 1000 for line in recording.lines})
    print(f"{out}: {len(recording.lines)} records of {seconds} seconds, {counts}")


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
