#!/usr/bin/env python3
"""A third party's ladder of the same snapshots against the sums of the raw files: third_party.py SNAPSHOT-FOLDER

Only three of its files are buckets of a width, in US dollars. It leaves accounts out that are on no list of profits.
"""

import gzip
import json
import os
import sys

import recorded

SAME = 0.02


def main(folder):
    snapshots = {each.name.split("_")[-1]: each for each in recorded.snapshots(folder)}
    for name in sorted(os.listdir(folder)):
        if not name.startswith("hyperliquid_liq_") or name.split("_")[-1] not in snapshots:
            continue
        with gzip.open(os.path.join(folder, name)) as file:
            market = json.load(file)["data"].get("BTC", {})
        same, less, more = 0, 0, 0
        for bucket in market.get("buckets", []):
            for side, key in ((1, "long"), (-1, "short")):
                theirs = bucket[key]["total"]
                ours = total(snapshots[name.split("_")[-1]], side, bucket["price"], bucket["priceEnd"])
                if theirs or ours:
                    apart = abs(theirs - ours) > SAME * max(theirs, ours)
                    same += not apart
                    less += apart and theirs < ours
                    more += apart and theirs > ours
        if same + less + more:
            print(f"{name}: BTC, {same + less + more} buckets: {same} within {SAME:.0%}, {less} less, {more} more than the raw sum")


def total(snapshot, side, low, high):
    return sum(
        p.value_usd
        for p in snapshot.positions.values()
        if p.coin == "BTC" and p.side == side and p.listed and p.line is not None and low <= p.line < high
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
