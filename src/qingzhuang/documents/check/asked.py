"""What a demand asks and what it costs, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qingzhuang.documents.check.values import said_day
from qingzhuang.domain.demands import Ask, AskKind, Deadline, Demand, Joined, Kind, Level, Medium, Target
from qingzhuang.domain.demands.burden import Burden, BurdenLine
from qingzhuang.words import Words

_CODES: Mapping[str, tuple[tuple[str, type[StrEnum]], ...]] = {
    "kind": (("kind", Kind),),
    "targets": (("level", Level),),
    "asks": (("ask", AskKind), ("medium", Medium), ("level", Level)),
    "joined": (("kind", Kind),),
}


@dataclass(frozen=True)
class Asked:
    """A demand to be read: its fields by name, and its asks as rows (what, as what, how often)."""

    fields: tuple[tuple[str, str], ...]
    asks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Cost:
    """Hours a year: a row an ask (what, how it is computed, hours), and their sum."""

    rows: tuple[tuple[str, str, str], ...]
    total: str


def asked(demand: Demand, words: Words) -> Asked:
    """Return what `demand` asks in the language of `words`."""
    comma = words("check.page_comma")
    fields = {
        "title": demand.title,
        "kind": words(f"check.page_kind_{demand.kind}"),
        "issuer": demand.issuer,
        "number": demand.number,
        "dated": said_day(demand.dated, words) if demand.dated else None,
        "targets": comma.join(_target(target, words) for target in demand.targets),
        "deadline": _deadline(demand.deadline, words) if demand.deadline else None,
        "joined": comma.join(_joined(joined, words) for joined in demand.joined),
        "sanctions": comma.join(demand.sanctions),
        "basis": comma.join(demand.basis),
    }
    named = ((words(f"check.page_field_{name}"), value) for name, value in fields.items() if value)
    return Asked(tuple(named), tuple(_asks(demand, words)))


def _asks(demand: Demand, words: Words) -> Iterator[tuple[str, str, str]]:
    for ask in demand.asks:
        kind = f"medium_{ask.medium}" if ask.medium else f"ask_{str(ask.kind).replace('-', '_')}"
        yield ask.text, words(f"check.page_{kind}"), _often(ask, words)


def _often(ask: Ask, words: Words) -> str:
    times = said_number(ask.per_year)
    if ask.items == 1:
        return words("check.page_ask_times", times=times, count=ask.per_year)
    return words("check.page_ask_items", times=times, items=ask.items, count=ask.per_year)


def said_number(value: Fraction | int | float, digits: int = 2) -> str:
    """Return `value` with at most so many decimals, thousands separated.

    >>> said_number(Fraction(1200)), said_number(Fraction(1, 3)), said_number(2.5, 1)
    ('1,200', '0.33', '2.5')
    """
    return f"{float(value):,.{digits}f}".rstrip("0").rstrip(".")


def cost(burden: Burden, words: Words) -> Cost:
    """Return what a demand costs, line by line."""
    rows = ((line.ask.text, _sum(line, words), said_number(line.hours, 1)) for line in burden.lines)
    return Cost(tuple(rows), said_number(burden.hours, 1))


def _sum(line: BurdenLine, words: Words) -> str:
    """Return how the hours of `line` come about, and what was taken for granted."""
    told = words(
        "check.page_burden_sum",
        units=said_number(line.units),
        times=said_number(line.times),
        items=said_number(line.items),
        hours=said_number(line.hours_each),
    )
    notes = [words("check.page_burden_assumed")] if line.assumed else []
    notes += [words("check.page_burden_household")] if line.every_household else []
    return "".join([told, *notes])


def field_name(name: str, words: Words) -> str:
    """Return what people call the field `name` of a demand; one that has no such name keeps its own."""
    try:
        return words(f"check.page_field_{name}")
    except KeyError:
        return name


def field_value(name: str, text: str, words: Words) -> str:
    """Return `text`, written in the field `name` of a demand, as people say it where it is one of the field's codes."""
    for kind, codes in _CODES.get(name, ()):
        if text in set(codes):
            return words(f"check.page_{kind}_{text.replace('-', '_')}")
    return text


def _target(target: Target, words: Words) -> str:
    name = target.words or words(f"check.page_level_{target.level}")
    return name if target.count is None else words("check.page_target_count", name=name, count=target.count)


def _deadline(deadline: Deadline, words: Words) -> str:
    if deadline.words:
        return deadline.words
    if deadline.day:
        return said_day(deadline.day, words)
    return words("check.page_deadline_hours", hours=deadline.hours) if deadline.hours is not None else ""


def _joined(joined: Joined, words: Words) -> str:
    if joined.ends:
        return words("check.page_joined_ends", name=joined.name, ends=joined.ends)
    return joined.name
