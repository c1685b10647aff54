#!/usr/bin/env python3
"""Writes one recording per snapshot: convert.py SNAPSHOT-FOLDER CANDLES.jsonl OUT-FOLDER

Each has the hourly prices since the snapshot before, then all positions of its own time and tombstones for those that
are not in it any more: a snapshot's ladder is that of its own sample.
"""

import decimal
import gzip
import json
import os
import sys

import recorded

VENUE = "hyperliquid"
TABLE_DATE = "2026-02-04"
# Second tiers that the venue documents; all other markets are given their first tier alone.
SECOND_TIERS = {"BTC": (150e6, 20), "ETH": (100e6, 15), "SOL": (70e6, 10)}


def tier(floor_usd, max_leverage):
    return {"notionalFloor": floor_usd, "maintenanceRate": 0.5 / max_leverage, "maxLeverage": max_leverage}


def instrument(coin, max_leverage, size_decimals):
    tiers = [tier(0, max_leverage)]
    if coin in SECOND_TIERS:
        tiers.append(tier(*SECOND_TIERS[coin]))
    return {
        "venue": VENUE,
        "symbol": coin,
        "kind": "LINEAR_PERPETUAL",
        "baseAsset": coin,
        "quoteAsset": "USDC",
        "settleAsset": "USDC",
        "sizeDecimals": size_decimals,
        "marginTiers": tiers,
        "marginTableDate": TABLE_DATE,
        "openInterestUnit": "BASE",
        "openInterestSides": "SINGLE",
        "marginModel": "HYPERLIQUID",
    }


def price(coin, mark, open_interest=None, day_volume=None):
    return {"venue": VENUE, "symbol": coin, "markPrice": mark, "openInterest": open_interest, "dayVolume": day_volume}


def position(each):
    return {
        "venue": VENUE,
        "account": each.account,
        "symbol": each.coin,
        "size": each.side * each.size,
        "entryPrice": each.entry,
        "venueLiquidationPrice": each.line,
        "venueMarkPrice": each.mark,
    }


class Recording:
    def __init__(self):
        self.lines = []

    def add(self, topic, key, time_ms, value):
        self.lines.append({"topic": topic, "key": f"{VENUE}:{key}", "timestamp": time_ms, "value": value})

    def write(self, path):
        with gzip.open(path, "wt") as file:
            for line in self.lines:
                file.write(json.dumps(line) + "\n")


def decimals(size):
    return max(0, -decimal.Decimal(repr(size)).normalize().as_tuple().exponent)


def main(folder, candles_file, out):
    os.makedirs(out, exist_ok=True)
    snapshots = recorded.snapshots(folder)
    candles = recorded.Candles(candles_file)
    max_leverage = {name: market["maxLeverage"] for s in snapshots for name, market in s.markets.items()}
    size_decimals = {}
    for each in (p for s in snapshots for p in s.positions.values()):
        size_decimals[each.coin] = max(size_decimals.get(each.coin, 0), decimals(each.size))
    before, before_ms = {}, snapshots[0].time_ms
    for number, snapshot in enumerate(snapshots):
        recording = Recording()
        if number == 0:
            for coin in sorted(max_leverage):
                terms = instrument(coin, max_leverage[coin], size_decimals.get(coin, 0))
                recording.add("instruments", coin, snapshot.time_ms, terms)
        hours = [
            (candle["openMs"] + recorded.HOUR_MS, coin, candle["close"])
            for coin in recorded.COINS
            for candle in candles.between(coin, before_ms - recorded.HOUR_MS, snapshot.time_ms - recorded.HOUR_MS)
        ]
        for time_ms, coin, close in sorted(hours):
            recording.add("prices", coin, time_ms, price(coin, close, None, candles.day_volume(coin, time_ms)))
        now = {
            key: each
            for key, each in snapshot.positions.items()
            if each.line is not None and each.coin in max_leverage
        }
        for coin, mark in sorted(recorded.marks(snapshot).items()):
            if coin not in max_leverage:
                continue
            market = snapshot.markets.get(coin)
            volume = None if market is None else market["volume24h"] / market["markPx"]
            if coin in recorded.COINS:
                volume = candles.day_volume(coin, snapshot.time_ms)
            interest = None if market is None else market["openInterestCoins"]
            recording.add("prices", coin, snapshot.time_ms, price(coin, mark, interest, volume))
        for account, coin in sorted(before.keys() - now.keys()):
            recording.add("positions", f"{account}:{coin}", snapshot.time_ms, None)
        for (account, coin), each in sorted(now.items()):
            recording.add("positions", f"{account}:{coin}", snapshot.time_ms, position(each))
        stamp = recorded.utc(snapshot.time_ms, "%Y-%m-%dT%H%M%SZ")
        recording.write(os.path.join(out, f"{stamp}.jsonl.gz"))
        no_line = sum(each.line is None for each in snapshot.positions.values())
        print(f"{stamp}: {len(now)} positions, {no_line} left out: no price liquidates them")
        before, before_ms = now, snapshot.time_ms


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
