#!/usr/bin/env python3
"""Plays the recording under the rules that ship with Plimsoll: replay.py PLIMSOLL RECORDING OUT.jsonl.gz

Starts `PLIMSOLL replay --rules`, waits until every market is as of the recording's last moment and no alert is added any
more, and records alerts, states, cascade risks and observed cascades.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

TOPICS = "alerts,market-state,system-state,cascade-risk,account-risk,cascades,dead-letters"
PATIENCE_S = 3600


def last_moments(path):
    last = {}
    with gzip.open(path, "rt") as file:
        for record in map(json.loads, file):
            if record["topic"] == "prices":
                last[record["key"]] = record["timestamp"]
    return last


def digested(url, last):
    with urllib.request.urlopen(f"{url}/api/v1/markets") as answer:
        markets = json.load(answer)
    markets = markets if isinstance(markets, list) else markets["markets"]
    as_of = {f"{each['venue']}:{each['symbol']}": each["asOfMs"] for each in markets}
    return all(as_of.get(market, 0) >= time_ms for market, time_ms in last.items())


def alerts(path):
    """How many there are; surveys of the whole system go on with the clock, and do not count."""
    with gzip.open(path, "rt") as file:
        return sum(json.loads(line)["topic"] == "plimsoll.alerts" for line in file)


def main(plimsoll, recording, out):
    begun = time.monotonic()
    with tempfile.NamedTemporaryFile(suffix=".yaml") as rules:
        subprocess.run([plimsoll, "rules", "default"], check=True, stdout=rules)
        monitor = subprocess.Popen(
            [plimsoll, "replay", "--rules", rules.name, "--port", "0", recording], stderr=subprocess.PIPE, text=True
        )
        try:
            said = ""
            while "Replayed" not in said:
                line = monitor.stderr.readline()
                if not line:
                    sys.exit("the monitor has stopped: " + said)
                said += line
            print(f"written after {time.monotonic() - begun:.0f} s", flush=True)
            kafka, url = re.search(r"own readers: (\S+), schema registry: (\S+)", said).groups()
            last = last_moments(recording)
            while not digested(url, last):
                if time.monotonic() - begun > PATIENCE_S:
                    sys.exit("not digested in time")
                time.sleep(1)
            print(f"digested after {time.monotonic() - begun:.0f} s", flush=True)
            counted = -1
            while True:
                topics = ["--topics", TOPICS, "--until-now", "--bootstrap", kafka, "--registry", url]
                subprocess.run([plimsoll, "record", "-o", out, *topics], check=True)
                if alerts(out) == counted:
                    break
                counted = alerts(out)
        finally:
            monitor.terminate()
            monitor.wait()
    print(f"{os.path.basename(out)}: {counted} alert records after {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
