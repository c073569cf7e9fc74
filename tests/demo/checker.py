"""A plain checker of the planted truth: Python sets and the words of the requirement, nothing of the generator."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import combinations

from qingzhuang.demo import County

Row = dict[str, object]
SECRECY = {"public": 0, "internal": 1, "restricted": 2}
APP_PLATFORMS = {"app", "mini-program", "public-account"}


class Checker:
    """One county as dictionaries and sets."""

    def __init__(self, county: County) -> None:
        self.truth = county.truth
        self.on: date = county.truth.as_of
        self.rows: dict[str, Row] = {row["channel_id"]: row for row in county.inventory.channels.to_dicts()}
        self.members: dict[str, set[str]] = defaultdict(set)
        for channel, person in county.inventory.memberships.iter_rows():
            self.members[channel].add(person)
        self.parent = dict(county.inventory.units.select("unit", "parent").iter_rows())
        self.left = set(county.inventory.people.drop_nulls("left_on")["person_id"])

    def is_app(self, channel: str) -> bool:
        return self.rows[channel]["platform"] in APP_PLATFORMS

    def zombie(self, channel: str) -> bool:
        row = self.rows[channel]
        idle = (self.on - row["last_active"]).days >= 90
        return idle and not row["messages_30d"] and row["category"] != "应急群"

    def finished(self, channel: str) -> bool:
        row = self.rows[channel]
        return any(day is not None and day < self.on for day in (row["task_end"], row["sunset"]))

    def empty(self, channel: str) -> bool:
        return not self.members[channel]

    def live(self, channel: str) -> bool:
        return not (self.zombie(channel) or self.finished(channel) or self.empty(channel))

    def weekly(self, channel: str) -> Fraction:
        return Fraction(int(self.rows[channel]["messages_30d"] or 0) * 7, 30)

    def jaccard(self, first: str, second: str) -> Fraction:
        both = self.members[first] & self.members[second]
        return Fraction(len(both), len(self.members[first] | self.members[second]))

    def containment(self, first: str, second: str) -> Fraction:
        both = self.members[first] & self.members[second]
        return Fraction(len(both), min(len(self.members[first]), len(self.members[second])))

    def saving(self, goes: str, into: str) -> Fraction:
        """What the sum of the requirement falls by, written out and not simplified."""
        a, e = 10, 10
        one, two = self.members[goes], self.members[into]
        kept = (self.weekly(goes) + a) * len(one)
        merged = (
            self.weekly(goes) * len(one | two)
            + (self.weekly(into) + a) * len(one - two)
            + e * (len(one - two) + len(two - one))
        )
        return kept - merged

    def above(self, unit: str) -> set[str]:
        line = set()
        while unit is not None:
            line.add(unit)
            unit = self.parent[unit]
        return line

    def one_line(self, first: str, second: str) -> bool:
        one, two = str(self.rows[first]["unit"]), str(self.rows[second]["unit"])
        return one in self.above(two) or two in self.above(one)

    def permitted(self, goes: str, into: str) -> bool:
        one, two = self.rows[goes], self.rows[into]
        if self.is_app(goes) != self.is_app(into):
            return False
        same_purpose = set(str(one["purpose"]).split("、")) == set(str(two["purpose"]).split("、"))
        same_category, one_line = one["category"] == two["category"], self.one_line(goes, into)
        outsiders = len(self.members[goes] - self.members[into])
        current_task = one["task"] is not None and (one["task_end"] is None or one["task_end"] >= self.on)
        return (
            (same_category or one_line or same_purpose)
            and outsiders <= min(30, len(self.members[goes]) / 2)
            and SECRECY[str(one["secrecy"])] <= SECRECY[str(two["secrecy"])]
            and not (outsiders and two["secrecy"] == "restricted")
            and (not current_task or (same_category and one_line))
            and goes not in self.truth.secrecy_mismatch
            and into not in self.truth.secrecy_mismatch
        )

    def like_pairs(self) -> list[tuple[str, str]]:
        """All pairs of live channels that could come near saving: J > 1/2 is needed to save."""
        live = [channel for channel in self.rows if self.live(channel)]
        pairs = [pair for pair in combinations(live, 2) if not self.members[pair[0]].isdisjoint(self.members[pair[1]])]
        return [pair for pair in pairs if self.jaccard(*pair) > Fraction(1, 4)]
