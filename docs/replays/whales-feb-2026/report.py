#!/usr/bin/env python3
"""Tables and the picture: report.py SNAPSHOT-FOLDER CANDLES.jsonl PUBLISHED.jsonl.gz PICTURE.svg

PUBLISHED is what the monitor wrote to ladders and cascade-risk (replay.py). Ends with 1 where a published ladder is not
what the raw files add up to.
"""

import collections
import gzip
import json
import math
import sys

import fates
import picture
import recorded

BUCKET = 0.001
BASELINES = ("04 Feb 06:11", "05 Feb 05:10")
HAIRCUTS = (1.0, 0.3, 0.1)


def read_published(path):
    """The last record of each market at each event time, by (topic, market, time)."""
    last = {}
    with gzip.open(path, "rt") as file:
        for record in map(json.loads, file):
            topic = record["topic"].removeprefix("plimsoll.")
            last[topic, record["key"], record["value"]["asOfMs"]] = record["value"]
    return last


def recount(snapshot):
    """Size by (coin, bucket, side), from the venue's liquidation prices."""
    sizes = collections.defaultdict(float)
    for position in snapshot.positions.values():
        if position.line is not None:
            sizes[position.coin, math.floor(math.log(position.line) / BUCKET), position.side] += position.size
    return sizes


def check(snapshots, published):
    """(ladders that are as the raw files, [the others])."""
    same, apart = 0, []
    for snapshot in snapshots:
        sizes = recount(snapshot)
        for coin in {coin for coin, _, _ in sizes}:
            ladder = published.get(("ladders", f"hyperliquid:{coin}", snapshot.time_ms))
            found = {}
            for rung in ladder["liquidation"] if ladder else []:
                for side, size in ((1, rung["longSize"]), (-1, rung["shortSize"])):
                    if size:
                        found[coin, rung["bucket"], side] = size
            expected = {key: size for key, size in sizes.items() if key[0] == coin}
            if found.keys() == expected.keys() and all(
                math.isclose(found[key], expected[key], rel_tol=1e-9) for key in expected
            ):
                same += 1
            else:
                apart.append(f"{snapshot.name} {coin}")
    return same, apart


def outcome(published, coin, snapshot, haircut):
    risk = published["cascade-risk", f"hyperliquid:{coin}", snapshot.time_ms]
    falls = (each for each in risk["outcomes"] if each["direction"] == "FALL")
    return risk, next(each for each in falls if each["depthHaircut"] == haircut)


def within(published, coin, snapshot, share):
    """Long volume of the published ladder from the mark price down to a share of it, million USD at the mark."""
    ladder = published["ladders", f"hyperliquid:{coin}", snapshot.time_ms]
    mark = ladder["markPrice"]
    return sum(r["longSize"] for r in ladder["liquidation"] if share * mark <= r["lowerPrice"] <= mark) * mark / 1e6


def drop(outcome_, shock):
    found = next(each for each in outcome_["shocks"] if each["shock"] == shock)
    return 100 * found["endogenousHigh"]


def tip(published, coin, snapshot):
    """Distance of the nearest tipping point with the mildest haircut that has one."""
    for haircut in HAIRCUTS:
        distance = outcome(published, coin, snapshot, haircut)[1]["tippingDistanceLow"]
        if distance is not None:
            return f"{100 * distance:.1f} % (κ {haircut:g})"
    return "none"


def table(head, rows):
    print("|" + "|".join(head) + "|")
    print("|" + "---|" * len(head))
    for row in rows:
        print("|" + "|".join(str(cell) for cell in row) + "|")
    print()


def said(fall, published):
    for coin in recorded.COINS:
        print(f"### {coin}\n")
        rows = []
        for snapshot in fall.snapshots:
            if snapshot.time_ms >= fall.low_ms + 24 * recorded.HOUR_MS:
                break
            risk, whole = outcome(published, coin, snapshot, 1.0)
            tenth = outcome(published, coin, snapshot, 0.1)[1]
            rows.append((
                recorded.utc(snapshot.time_ms),
                f"{risk['markPrice']:,.6g}",
                f"{within(published, coin, snapshot, 0.9):.1f}",
                f"{within(published, coin, snapshot, 0.8):.1f}",
                f"{drop(whole, -0.2):.2f}",
                f"{drop(tenth, -0.2):.2f}",
                tip(published, coin, snapshot),
            ))
        head = ("time", "mark", "to −10 %, M$", "to −20 %, M$", "own drop κ 1, %", "κ 0.1, %", "nearest tip")
        table(head, rows)


def tips(fall, published):
    rows, reached = [], 0
    for snapshot in fall.before:
        for coin in recorded.COINS:
            for haircut in HAIRCUTS:
                for each in outcome(published, coin, snapshot, haircut)[1]["tippingPoints"]:
                    touched = fall.candles.first_touch(coin, each["thresholdPrice"], snapshot.time_ms, fall.after_ms)
                    reached += touched is not None
                    rows.append((
                        recorded.utc(snapshot.time_ms),
                        coin,
                        f"{haircut:g}",
                        f"{100 * each['distance']:.1f} %",
                        f"{each['thresholdPrice']:,.6g}",
                        f"{each['landingPrice']:,.6g}",
                        f"{each['size'] * snapshot_mark(published, coin, snapshot) / 1e6:.1f}",
                        each["positions"],
                        "not" if touched is None else recorded.utc(touched),
                    ))
    print(f"{len(rows)} tips told before the low, {reached} thresholds reached\n")
    head = ("told", "market", "κ", "away", "threshold", "landing", "M$", "positions", "reached in the hour of")
    table(head, rows)


def snapshot_mark(published, coin, snapshot):
    return published["ladders", f"hyperliquid:{coin}", snapshot.time_ms]["markPrice"]


def counts(fall):
    rows = []
    for snapshot in fall.before:
        found = fall.counts(snapshot)
        rows.append((
            recorded.utc(snapshot.time_ms),
            *(" / ".join(str(found[group][fate]) for fate in fates.FATES) for group in fates.GROUPS),
        ))
    print("kept / smaller / other entry / gone / not seen\n")
    table(("told", *fates.GROUPS), rows)
    for name in BASELINES:
        snapshot = next(each for each in fall.before if recorded.utc(each.time_ms) == name)
        values = collections.defaultdict(collections.Counter)
        for position in fall.longs(snapshot):
            values[fall.group(position)][fall.fate(position)[0]] += position.value_usd / 1e6
        for group in fates.GROUPS:
            print(name, group, "M$", {fate: round(values[group][fate], 1) for fate in fates.FATES})
    print()


def one_by_one(fall):
    rows, moved, value = [], 0, 0.0
    for number, (snapshot, position) in enumerate(fall.ever_reached(), 1):
        touch = fall.touch(snapshot, position)
        seen, last = fall.last_word_before(snapshot, position, touch)
        fate, later, found = fall.fate(position)
        if last is None:
            before = f"{recorded.utc(seen.time_ms)}: closed"
        else:
            before = f"{recorded.utc(seen.time_ms)}: size × {last.size / position.size:.2f}, line {line(last)}"
        away = last is None or last.line is None or last.line < fall.low[position.coin]
        moved += away
        value += position.value_usd * away / 1e6
        after = fate if later is None else f"{recorded.utc(later.time_ms)}: {fate}"
        if found is not None:
            after += f", size × {found.size / position.size:.2f}, line {line(found)}"
        rows.append((
            number,
            position.coin,
            recorded.utc(snapshot.time_ms),
            f"{position.value_usd / 1e6:.1f}",
            line(position),
            recorded.utc(touch),
            before,
            after,
        ))
    for name, told in (("ever reached", fall.ever_reached()), ("never reached", fall.never_reached())):
        found = collections.Counter(fall.fate(position)[0] for _, position in told)
        print(f"{name}: {len(told)} positions, {({fate: found[fate] for fate in fates.FATES})}")
    total = sum(p.value_usd for _, p in fall.ever_reached()) / 1e6
    print(f"{len(rows)} positions, {total:.0f} M$; line below the low or closed by the last word before: {moved}, {value:.0f} M$\n")
    table(("", "market", "first told", "M$", "line", "reached", "last word before", "first word after the low"), rows)


def line(position):
    return "none" if position.line is None else f"{position.line:,.5g}"


def main(folder, candles_file, published_file, picture_file):
    snapshots = recorded.snapshots(folder)
    fall = fates.Fall(snapshots, recorded.Candles(candles_file))
    published = read_published(published_file)
    same, apart = check(snapshots, published)
    print(f"{same} published ladders as the raw files, {len(apart)} not: {apart}\n")
    gaps, back = fates.closed_gaps(snapshots)
    print(f"{gaps} times a position was missing from its account's list between two sightings; same entry after: {back}\n")
    print("lows", fall.low, recorded.utc(fall.low_ms), "\n")
    said(fall, published)
    tips(fall, published)
    counts(fall)
    one_by_one(fall)
    baselines = [next(s for s in fall.before if recorded.utc(s.time_ms) == name) for name in BASELINES]
    with open(picture_file, "w") as file:
        file.write(picture.draw(fall, *baselines))
    sys.exit(1 if apart else 0)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
