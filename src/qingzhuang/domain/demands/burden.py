"""What a demand costs those it lands on: hours a year, ask by ask, in a sum that anyone can follow.

An ask costs units × times a year × items × hours each. How many units a level has where the demand does not say, and
how long one piece takes, are parameters of the rules (`units_of_level`, `hours_per_ask`), for a county to set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from qingzhuang.domain.demands.demand import Ask, AskKind, Demand, Level, Medium
from qingzhuang.engines.rules import RuleBook

HOURS = "hours_per_ask"
UNITS = "units_of_level"

_EVERY_HOUSEHOLD = re.compile(r"每一?户|逐户|户户|挨家|挨户|逐家|所有农户|全部农户|全体农户")


class BadBurdenRules(Exception):
    """A parameter in force that no burden can be computed by; carries its name and the value."""

    def __init__(self, parameter: str, value: object) -> None:
        """Keep the parameter's name and value."""
        self.parameter = parameter
        self.value = value
        super().__init__(f"{parameter}: {value}")


@dataclass(frozen=True)
class Landing:
    """How many units of a level a demand lands on; `assumed` where the demand does not say and the rules' number stands in."""

    level: Level
    units: int
    assumed: bool


@dataclass(frozen=True)
class BurdenLine:
    """One ask in hours a year: `units` × `times` × `items` × `hours_each`.

    `landings` are those who deliver it; none where the demand names nobody, and one unit is counted. `every_household`:
    the ask wants every household and does not say how many there are, and one was counted."""

    ask: Ask
    landings: tuple[Landing, ...]
    times: Fraction
    items: int
    hours_each: Fraction
    every_household: bool = False

    @property
    def units(self) -> int:
        """How many units deliver it."""
        return sum(landing.units for landing in self.landings) if self.landings else 1

    @property
    def assumed(self) -> bool:
        """Whether the number of units is not the demand's own."""
        return not self.landings or any(landing.assumed for landing in self.landings)

    @property
    def hours(self) -> Fraction:
        """Hours a year."""
        return self.units * self.times * self.items * self.hours_each


@dataclass(frozen=True)
class Burden:
    """What a demand costs, a line an ask."""

    lines: tuple[BurdenLine, ...]

    @property
    def hours(self) -> Fraction:
        """Hours a year, over all lines and units."""
        return sum((line.hours for line in self.lines), Fraction(0))


def burden(demand: Demand, book: RuleBook) -> Burden:
    """Return what `demand` costs by the parameters of `book`.

    An ask is delivered by every unit of the targets at its levels, one without levels by every unit of all targets.
    Raises BadBurdenRules for a parameter that makes no sense."""
    units = _counts(book)
    hours = _Hours(book)
    landings = tuple(
        Landing(target.level, units[target.level] if target.count is None else target.count, target.count is None)
        for target in demand.targets
    )
    lines = (
        BurdenLine(ask, _on(ask, landings), ask.per_year, ask.items, hours.of(ask), _is_open(ask))
        for ask in demand.asks
    )
    return Burden(tuple(lines))


def _on(ask: Ask, landings: tuple[Landing, ...]) -> tuple[Landing, ...]:
    """Return those of `landings` that deliver `ask`; all, where it names none of them."""
    return tuple(landing for landing in landings if landing.level in ask.levels) or landings


def _is_open(ask: Ask) -> bool:
    return ask.kind is AskKind.VISIT and ask.items == 1 and bool(_EVERY_HOUSEHOLD.search(ask.text))


def _counts(book: RuleBook) -> dict[Level, int]:
    value = book.value(UNITS)
    known = isinstance(value, Mapping) and set(value) == set(Level)
    if not known or not all(type(count) is int and count >= 0 for count in value.values()):
        raise BadBurdenRules(UNITS, value)
    return {level: value[level] for level in Level}


class _Hours:
    """The hours that one piece takes: a number for each kind of ask, for evidence one for each medium."""

    def __init__(self, book: RuleBook) -> None:
        value = book.value(HOURS)
        if not isinstance(value, Mapping) or set(value) != set(AskKind):
            raise BadBurdenRules(HOURS, value)
        evidence = value[AskKind.EVIDENCE]
        if not isinstance(evidence, Mapping) or set(evidence) != set(Medium):
            raise BadBurdenRules(HOURS, evidence)
        self._of_medium = {medium: _hours(evidence[medium]) for medium in Medium}
        self._of_kind = {kind: _hours(value[kind]) for kind in AskKind if kind is not AskKind.EVIDENCE}

    def of(self, ask: Ask) -> Fraction:
        if ask.kind is AskKind.EVIDENCE:
            return self._of_medium[ask.medium or Medium.OTHER]
        return self._of_kind[ask.kind]


def _hours(value: object) -> Fraction:
    """Read a number of hours exactly as it is written: 0.05 is 1/20."""
    if (
        isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,6})?", str(value))
    ):
        return Fraction(str(value))
    raise BadBurdenRules(HOURS, value)
