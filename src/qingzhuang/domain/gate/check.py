"""Check notices and demands, each by the rules of its own day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from qingzhuang.domain.demands import Demand, draft_demand, kind_of_notice
from qingzhuang.domain.gate.findings import Finding
from qingzhuang.domain.gate.judge import Gate
from qingzhuang.domain.notices import Notice, Reading
from qingzhuang.engines.rules import Pack, RuleBook, Severity, open_book, signs_of


class DayFrom(StrEnum):
    """Where the day judged comes from."""

    GIVEN = "given"
    NOTICE = "notice"
    TODAY = "today"


@dataclass(frozen=True)
class Judgement:
    """What is against one notice or demand, on which day, and where that day comes from."""

    notice: Notice
    on: date
    day_from: DayFrom
    emergency: bool
    findings: tuple[Finding, ...]
    demand: Demand | None = None

    @property
    def refused(self) -> bool:
        """Whether anything is refused, and not only warned of."""
        return any(finding.rule.severity is Severity.REJECT for finding in self.findings)


class Checker:
    """Rule packs, ready to judge notices of any day."""

    def __init__(
        self,
        packs: Sequence[Pack],
        *,
        today: date,
        on: date | None = None,
        emergency: bool = False,
        higher: Notice | None = None,
    ) -> None:
        """Judge by `packs`; `on` is the day for every notice, else its own date, else `today`.

        `higher` is the document of a higher body that the notices hand down: what they add to it is found."""
        self._packs = packs
        self._signs = signs_of(packs)
        self._gates: dict[date, Gate] = {}
        self._books: dict[date, RuleBook] = {}
        self._today = today
        self._on = on
        self._emergency = emergency
        self._higher = Reading(higher) if higher else None

    def book(self, on: date) -> RuleBook:
        """Return the rules in force on `on`."""
        if on not in self._books:
            self._books[on] = open_book(self._packs, on, signs=self._signs)
        return self._books[on]

    def check_notice(self, notice: Notice) -> Judgement:
        """Return what is against `notice`."""
        reading = Reading(notice, emergency=self._emergency)
        on, day_from = self._day(reading.head.dated)
        findings = self._gate(on).judge_reading(reading, kind=str(kind_of_notice(reading)), higher=self._higher)
        return Judgement(notice, on, day_from, self._emergency or reading.excuses.emergency, findings)

    def check_demand(self, demand: Demand, notice: Notice) -> Judgement:
        """Return what is against `demand`, whose words stand in `notice`."""
        on, day_from = self._day(demand.dated)
        findings = self._gate(on).judge_demand(demand, notice)
        return Judgement(notice, on, day_from, demand.emergency, findings, demand)

    def draft(self, notice: Notice) -> Demand:
        """Return the demand that `notice` makes, as far as its words say."""
        demand = draft_demand(Reading(notice, emergency=self._emergency))
        return replace(demand, emergency=True) if self._emergency else demand

    def _day(self, dated: date | None) -> tuple[date, DayFrom]:
        if self._on:
            return self._on, DayFrom.GIVEN
        return (dated, DayFrom.NOTICE) if dated else (self._today, DayFrom.TODAY)

    def _gate(self, on: date) -> Gate:
        if on not in self._gates:
            self._gates[on] = Gate(self.book(on))
        return self._gates[on]
