#!/usr/bin/env python3
"""Prints the tables of board-feb-2026.md and draws its picture:
report.py RECORDING CANDLES.jsonl BTC-MARKET.csv.gz RUN-1 RUN-2 OUT.svg
"""

import collections
import csv
import gzip
import json
import re
import sys

import timeline
from episodes import COINS, DAY_MS, FALL, HOUR_MS, UNDER_WAY, WARNS, Market, episodes, records, states
from make import FROM_MS, TO_MS, ms
from recorded import Candles, utc

VERDICT = {True: "true", False: "**false**", None: "apart"}


def as_text(run, topic):
    return collections.Counter(json.dumps(each, sort_keys=True) for each in records(run, topic))


def runs(first, second):
    one, two = states(first), states(second)
    print(f"Runs: {len(one)} and {len(two)} alert states, {len(one ^ two)} in one only\n")
    for topic in ("alerts", "market-state", "system-state", "cascade-risk", "account-risk", "cascades", "dead-letters"):
        a, b = (as_text(run, topic) for run in (first, second))
        print(f"  {topic}: {a.total()} and {b.total()} records, {(a - b).total()} and {(b - a).total()} in one only")


def said(each):
    """Its sentence, without the time and with a short account."""
    sentence = re.sub(r", since [^,]*UTC\.$", "", each.sentence)
    return sentence.replace(each.subject, each.name()) if "…" in each.name() else sentence


def time(time_ms):
    return "stands" if time_ms is None else utc(time_ms, "%d %b %H:%M:%S")


def list_all(fired, verdicts):
    print("\n|pending|fired|resolved|severity|rule|subject|what it said when it fired|alarm|")
    print("|---|---|---|---|---|---|---|---|")
    for e in fired:
        times = time(e.since_ms), time(e.fired_ms), time(e.resolved_ms)
        print("|" + "|".join((*times, e.severity.lower(), e.rule, e.name(), said(e), VERDICT[verdicts[e.id]])) + "|")


def afterwards(market, each):
    """Furthest fall and rise in the 24 hours after it; of what is under way the range of its hour and the one before."""
    for coin in each.coins():
        if each.rule in WARNS:
            fall, rise = market.moves(coin, each.fired_ms)
            yield f"{coin} {fall:+.1%} {rise:+.1%}"
        elif each.rule in UNDER_WAY:
            yield f"{coin} ranged {market.ranged(coin, each.fired_ms):.1%}"


def counts(market, fired, verdicts, first, last):
    print("\n|rule|fired|true|false|after the last snapshot: fired|true|false|by chance|")
    print("|---|---|---|---|---|---|---|---|")
    for rule in sorted({each.rule for each in fired}):
        cells = []
        for late in (False, True):
            part = [verdicts[e.id] for e in fired if e.rule == rule and (e.fired_ms > last) == late]
            cells += [len(part), *(["", ""] if rule in timeline.APART else [part.count(True), part.count(False)])]
        chance = ""
        if rule in WARNS:
            begin = FROM_MS if rule.startswith("funding") else first
            end = TO_MS - DAY_MS if rule.startswith("funding") else last
            subjects = sorted({coin for e in fired if e.rule == rule for coin in e.coins()})
            shares = (f"{coin} {market.by_chance(coin, WARNS[rule], begin + HOUR_MS, end):.0%}" for coin in subjects)
            chance = ", ".join(shares)
        print("|" + "|".join(map(str, (rule, *cells, chance))) + "|")


def misses(market, fired, first):
    print("\n|day|coin|fell|warned of, 24 hours before or when it began|")
    print("|---|---|---|---|")
    for coin, day, change in sorted(market.bad_days(FROM_MS, TO_MS), key=lambda each: each[1]):
        warned = [
            e
            for e in fired
            if WARNS.get(e.rule, ()) == FALL
            and coin in e.coins()
            and (day - DAY_MS <= e.fired_ms < day or e.fires_at(day))
        ]
        rules = ", ".join(sorted({e.rule for e in warned})) or ("before the first snapshot" if day < first else "**miss**")
        print(f"|{utc(day, '%d %b')}|{coin}|{change:.1%}|{rules}|")


def hours(market, fired, market_file, begin, end):
    forced = {}
    with gzip.open(market_file, "rt") as file:
        for row in csv.DictReader(file):
            forced[int(row["timestamp"])] = float(row["liquidation_long_usd"]), float(row["liquidation_short_usd"])
    print("\n|hour|" + "|".join(COINS) + "|forced longs / shorts, M$|fires (critical)|what changed on the board|")
    print("|---|---|---|---|---|---|---|")
    for hour in range(begin, end, HOUR_MS):
        closes = [market.price(coin, hour + HOUR_MS) for coin in COINS]
        standing = [e for e in fired if e.fires_at(hour + HOUR_MS - 1)]
        critical = sum(e.severity == "CRITICAL" for e in standing)
        changes = [(e.fired_ms, f"+ {e.rule} {e.name()}") for e in fired if hour <= e.fired_ms < hour + HOUR_MS]
        changes += [
            (e.resolved_ms, f"− {e.rule} {e.name()}")
            for e in fired
            if e.resolved_ms is not None and hour <= e.resolved_ms < hour + HOUR_MS
        ]
        board = "; ".join(f"{utc(at, '%H:%M')} {what}" for at, what in sorted(changes)).replace("hyperliquid:", "")
        usd = " / ".join(f"{each / 1e6:.1f}" for each in forced[hour]) if hour in forced else "not known"
        prices = "|".join(f"{close:,.0f}" if close > 500 else f"{close:.2f}" for close in closes)
        print(f"|{utc(hour)}|{prices}|{usd}|{len(standing)} ({critical})|{board}|")


def cascades(path, begin, end):
    """Episodes that the monitor observed in the aggregate, newest word of each."""
    latest = {}
    for record in records(path, "cascades"):
        value = record["value"]
        if value is not None and value["subject"] == "aggregate:BTC":
            latest[value["startMs"]] = value
    print(f"\n{len(latest)} cascades observed")
    print("\n|cascade observed|until|forced, M$|of it longs|largest five minutes, M$|")
    print("|---|---|---|---|---|")
    for each in sorted(latest.values(), key=lambda each: each["startMs"]):
        if begin <= each["startMs"] < end:
            usd, long, peak = (each[k] / 1e6 for k in ("forcedUsd", "longUsd", "peakUsd"))
            print(f"|{utc(each['startMs'])}|{utc(each['endMs'])}|{usd:,.1f}|{long:,.1f}|{peak:,.1f}|")


def main(recording, candles_file, market_file, first_run, second_run, picture):
    runs(first_run, second_run)
    market = Market(recording, Candles(candles_file))
    first, last = min(market.snapshots), max(market.snapshots)
    everything = episodes(first_run)
    fired = [e for e in everything if e.fired_ms is not None and FROM_MS <= e.fired_ms < TO_MS]
    verdicts = {e.id: market.verdict(e) for e in fired}
    paged = [e for e in fired if e.severity == "CRITICAL" and not e.parent]
    under = sum(e.parent for e in fired)
    print(f"\n{len(everything)} episodes, {len(fired)} fired, {under} under a parent, {len(paged)} paged")
    print("by severity:", dict(collections.Counter(e.severity for e in fired)))
    for begin, end in (("2026-02-04", "2026-02-08"), ("2026-02-05", "2026-02-07")):
        part = [e for e in fired if ms(begin) <= e.fired_ms < ms(end)]
        severities = dict(collections.Counter(e.severity for e in part))
        print(f"{begin} to {end}: {len(part)} fired, {severities}, {sum(e in paged for e in part)} paged")
    for e in fired:
        print(f"  {e.rule} {e.name()} {time(e.fired_ms)}:", *afterwards(market, e))
    counts(market, fired, verdicts, first, last)
    misses(market, fired, first)
    list_all(fired, verdicts)
    cascades(first_run, ms("2026-02-04"), ms("2026-02-08"))
    hours(market, fired, market_file, ms("2026-02-04"), ms("2026-02-08"))
    with open(picture, "w") as file:
        file.write(timeline.draw(market, fired, verdicts, ms("2026-02-03"), TO_MS, first, last))


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
