#!/usr/bin/env python3
"""Plays recordings one after the other into a running monitor: replay.py PLIMSOLL RECORDINGS-FOLDER OUT.jsonl.gz

Starts `PLIMSOLL replay FIRST`, plays each of the others into its Kafka when the ladders have the one before, and
records what it published on ladders and cascade-risk.
"""

import collections
import gzip
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

MARKETS = ("hyperliquid:BTC", "hyperliquid:ETH", "hyperliquid:SOL")
PATIENCE_S = 60
# Cascade risks come every second; the last one with a snapshot's ladders is there after two.
CASCADES_S = 2.5


def expected(path):
    """Event time of a snapshot, and how many of its positions each ladder must have."""
    counts, newest = collections.Counter(), 0
    with gzip.open(path, "rt") as file:
        for record in map(json.loads, file):
            newest = max(newest, record["timestamp"])
            if record["topic"] == "positions" and record["value"] is not None:
                counts["hyperliquid:" + record["value"]["symbol"]] += 1
    return newest, counts


def ladder(url, market):
    try:
        with urllib.request.urlopen(f"{url}/api/v1/markets/{market}/ladder") as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        return None


def has(found, time_ms, count):
    return (
        found is not None
        and found["asOfMs"] == time_ms
        and sum(rung["longPositions"] + rung["shortPositions"] for rung in found["liquidation"]) == count
    )


def await_ladders(url, path):
    time_ms, counts = expected(path)
    end = time.monotonic() + PATIENCE_S
    while not all(has(ladder(url, market), time_ms, counts[market]) for market in MARKETS):
        if time.monotonic() > end:
            sys.exit(f"{path}: the ladders did not get there within {PATIENCE_S} s")
        time.sleep(0.1)
    time.sleep(CASCADES_S)
    print(os.path.basename(path), {market: counts[market] for market in MARKETS}, flush=True)


def main(plimsoll, folder, out):
    files = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    monitor = subprocess.Popen([plimsoll, "replay", "--port", "0", files[0]], stderr=subprocess.PIPE, text=True)
    try:
        said = ""
        while "Replayed" not in said:
            line = monitor.stderr.readline()
            if not line:
                sys.exit("the monitor has stopped: " + said)
            said += line
        kafka, url = re.search(r"own readers: (\S+), schema registry: (\S+)", said).groups()
        cluster = ["--bootstrap", kafka, "--registry", url]
        await_ladders(url, files[0])
        for file in files[1:]:
            subprocess.run([plimsoll, "replay", *cluster, file], check=True, capture_output=True)
            await_ladders(url, file)
        topics = ["--topics", "ladders,cascade-risk", "--until-now"]
        subprocess.run([plimsoll, "record", "-o", out, *topics, *cluster], check=True)
    finally:
        monitor.terminate()
        monitor.wait()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
