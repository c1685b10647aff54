"""What became of positions: only what later snapshots show."""

import collections

import recorded

FATES = ("kept", "smaller", "other entry", "gone", "not seen")
GROUPS = ("reached", "within 20 %", "further or none")
NEAR = 0.8


class Fall:
    """The lowest prices between the first and the last snapshot, and the snapshots before and after them."""

    def __init__(self, snapshots, candles):
        self.snapshots, self.candles = snapshots, candles
        self.low, hours = {}, set()
        for coin in recorded.COINS:
            during = candles.between(coin, snapshots[0].time_ms, snapshots[-1].time_ms)
            lowest = min(during, key=lambda candle: candle["low"])
            self.low[coin] = lowest["low"]
            hours.add(lowest["openMs"])
        self.low_ms = max(hours)
        self.after_ms = self.low_ms + recorded.HOUR_MS
        self.before = [each for each in snapshots if each.time_ms < min(hours)]
        self.after = [each for each in snapshots if each.time_ms >= self.after_ms]

    def longs(self, snapshot):
        return [p for p in snapshot.positions.values() if p.side > 0 and p.coin in recorded.COINS]

    def group(self, position):
        """By the lowest price still to come, which nobody knew."""
        if position.line is None or position.line < NEAR * self.low[position.coin]:
            return GROUPS[2]
        return GROUPS[0] if position.line >= self.low[position.coin] else GROUPS[1]

    def fate(self, position, later=None):
        """The first word of later snapshots, and what they showed: (fate, snapshot, position)."""
        for snapshot in self.after if later is None else later:
            found = snapshot.positions.get((position.account, position.coin))
            if found is not None and found.side == position.side:
                return _compared(position, found), snapshot, found
            if position.account in snapshot.listed:
                return "gone", snapshot, None
        return "not seen", None, None

    def counts(self, snapshot):
        """Positions by group and fate."""
        counts = {group: collections.Counter() for group in GROUPS}
        for position in self.longs(snapshot):
            counts[self.group(position)][self.fate(position)[0]] += 1
        return counts

    def ever_reached(self):
        """Each position at the first snapshot that told a line for it which was reached later, by time."""
        return list(self._first(lambda position: self.group(position) == "reached").values())

    def never_reached(self):
        """Each other position at the first snapshot that told of it."""
        reached = self._first(lambda position: self.group(position) == "reached")
        return [told for key, told in self._first(lambda position: True).items() if key not in reached]

    def _first(self, wanted):
        first = {}
        for snapshot in self.before:
            for position in self.longs(snapshot):
                if wanted(position):
                    first.setdefault((position.account, position.coin), (snapshot, position))
        return first

    def touch(self, snapshot, position):
        """Begin of the first whole hour after the snapshot that reached its line."""
        return self.candles.first_touch(position.coin, position.line, snapshot.time_ms, self.after_ms)

    def last_word_before(self, snapshot, position, touch_ms):
        """The last snapshot from this one on, before its line was reached, that tells of the position."""
        word = (snapshot, position)
        for each in self.snapshots:
            if snapshot.time_ms < each.time_ms < touch_ms:
                found = each.positions.get((position.account, position.coin))
                if found is not None and found.side == position.side:
                    word = (each, found)
                elif position.account in each.listed:
                    word = (each, None)
        return word


def closed_gaps(snapshots):
    """How often a position was missing from a complete list between two sightings, and how often it then came back
    with the entry price it had: were lists incomplete, it often would. (gaps, same entry)"""
    seen = collections.defaultdict(dict)
    for i, snapshot in enumerate(snapshots):
        for (account, coin), position in snapshot.positions.items():
            seen[account, coin, position.side][i] = position.entry
    gaps = same = 0
    for (account, _, _), entries in seen.items():
        indices = sorted(entries)
        for i, j in zip(indices, indices[1:]):
            if any(account in snapshots[k].listed for k in range(i + 1, j)):
                gaps += 1
                same += entries[i] == entries[j]
    return gaps, same


def _compared(before, after):
    """An entry price moves when a position is added to or opened anew, not when it is reduced."""
    if after.entry != before.entry:
        return "other entry"
    return "kept" if after.size >= before.size else "smaller"
