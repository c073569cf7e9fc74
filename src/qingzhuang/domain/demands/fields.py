"""A demand from and to plain values, as YAML and the API write it: every field is checked, and each keeps its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from qingzhuang.domain.demands.demand import Ask, AskKind, Deadline, Demand, Joined, Kind, Level, Medium, Target
from qingzhuang.domain.notices import Notice, Origin, Paragraph, kind_of
from qingzhuang.engines.rules import Fault, Reader

Place = tuple[str | int, ...]
At = Callable[[Place], Sequence[tuple[int, int, int]]]
"""Gives where the text of a place stands: (offset, line, column) of each part that runs on unbroken, the first at offset 0."""

_COMPUTED = "burden"
_TIMES = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,6}|/[0-9]{1,7})?")


class BadDemand(Exception):
    """Values that are no demand; `faults` names all that is wrong, by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults."""
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.code} {fault.place}" for fault in self.faults))


def demand_of(data: object, *, at: At = lambda _: ((0, 1, 1),), file: str = "-") -> tuple[Demand, Notice]:
    """Return the demand that `data` writes, and its words as a notice: a paragraph for each line of a text, named after its field.

    Raises BadDemand with every fault at once."""
    reader = _DemandReader()
    demand = reader.demand(data)
    if reader.faults:
        raise BadDemand(reader.faults)
    paragraphs = [one for place, text in _texts(data) for one in _paragraphs(text, at(place), str(place[0]))]
    return demand, Notice(file, "yaml", tuple(paragraphs))


def _paragraphs(text: str, parts: Sequence[tuple[int, int, int]], name: str) -> Iterator[Paragraph]:
    """Yield a paragraph for each line of `text` that is not blank; `parts` say where it stands."""
    whole = Paragraph(text, tuple(Origin(*part) for part in parts))
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        if line.strip():
            inside = (Origin(o.offset - begin, o.line, o.column) for o in whole.origins if begin < o.offset < end)
            yield Paragraph(line, (Origin(0, *whole.at(begin)), *inside), name=name)
        begin = end + 1


def _texts(data: Any, place: Place = ()) -> Iterable[tuple[Place, str]]:
    """Yield every text of `data` that people read, with its place; every field has one, if an empty mark.

    What was computed from the demand asks for nothing and is left out."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if not place and key == _COMPUTED:
                continue
            if place or not isinstance(value, (list, dict)):
                yield from _texts(value, (*place, key))
            else:
                yield (key,), f"{key}："
                yield from _texts(value, (key,))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _texts(value, (*place, i))
    elif data is not None:
        yield place, str(data)


class _DemandReader(Reader):
    def demand(self, data: object) -> Demand:
        fields = {
            "kind", "title", "issuer", "number", "dated", "targets", "asks", "deadline", "joined", "sanctions", "basis",
            "emergency", _COMPUTED,
        }  # fmt: skip
        body = self.table(data, (), fields, required={"kind", "title"})
        kind = self.choice(body.get("kind"), ("kind",), Kind, "unknown-kind")
        issuer = self.text(body, "issuer")
        return Demand(
            kind=Kind(kind or Kind.DOCUMENT),
            title=self.text(body, "title"),
            issuer=issuer,
            issuer_kind=kind_of(issuer),
            number=self.text(body, "number"),
            dated=self.day(body.get("dated"), ("dated",), optional=True),
            targets=tuple(self.target(one, ("targets", i)) for i, one in self.each(body, "targets")),
            asks=tuple(self.ask(one, ("asks", i)) for i, one in self.each(body, "asks")),
            deadline=self.deadline(body["deadline"]) if body.get("deadline") is not None else None,
            joined=tuple(self.joined(one, ("joined", i)) for i, one in self.each(body, "joined")),
            sanctions=self.strings(body.get("sanctions"), ("sanctions",)),
            basis=self.strings(body.get("basis"), ("basis",)),
            emergency=bool(self.expect(body.get("emergency", False), bool, "not-true-or-false", ("emergency",))),
        )

    def target(self, data: object, place: Place) -> Target:
        body = self.table(data, place, {"level", "words", "count"}, required={"level"})
        level = self.choice(body.get("level"), (*place, "level"), Level, "unknown-level")
        count = self.whole(body, "count", place, None)
        return Target(Level(level or Level.TOWN), self.words(body, "words", place), count)

    def ask(self, data: object, place: Place) -> Ask:
        body = self.table(
            data, place, {"kind", "text", "per_year", "items", "medium", "levels"}, required={"kind", "text"}
        )
        kind = self.choice(body.get("kind"), (*place, "kind"), AskKind, "unknown-ask")
        medium = body.get("medium")
        if medium is not None:
            medium = self.choice(medium, (*place, "medium"), Medium, "unknown-medium")
        return Ask(
            AskKind(kind or AskKind.FIELD),
            self.words(body, "text", place),
            self.fraction(body.get("per_year", 1), (*place, "per_year")),
            self.whole(body, "items", place, 1) or 1,
            Medium(medium) if medium else None,
            self.levels(body.get("levels"), (*place, "levels")),
        )

    def levels(self, data: object, place: Place) -> tuple[Level, ...]:
        listed = [data] if isinstance(data, str) else self.items([] if data is None else data, place)
        found = (self.choice(one, (*place, i), Level, "unknown-level") for i, one in enumerate(listed))
        return tuple(Level(level) for level in found if level)

    def deadline(self, data: object) -> Deadline:
        if isinstance(data, str):
            return Deadline(data)
        body = self.table(data, ("deadline",), {"words", "day", "hours"})
        day = self.day(body.get("day"), ("deadline", "day"), optional=True)
        words = self.words(body, "words", ("deadline",)) if "words" in body else str(day or "")
        return Deadline(words, day, self.whole(body, "hours", ("deadline",), None))

    def joined(self, data: object, place: Place) -> Joined:
        body = self.table(data, place, {"kind", "name", "ends"}, required={"kind", "name"})
        kind = self.choice(body.get("kind"), (*place, "kind"), (Kind.CHANNEL, Kind.APP), "unknown-kind")
        ends = body.get("ends")
        name = self.words(body, "name", place)
        return Joined(Kind(kind or Kind.CHANNEL), name, None if ends is None else self.words(body, "ends", place))

    def each(self, body: Mapping[str, Any], key: str) -> Iterable[tuple[int, Any]]:
        return enumerate(self.items(body.get(key) or [], (key,)))

    def text(self, body: Mapping[str, Any], key: str) -> str | None:
        value = body.get(key)
        return None if value is None else str(self.expect(value, str, "not-a-text", (key,)) or "")

    def words(self, body: Mapping[str, Any], key: str, place: Place) -> str:
        """Return a text; a number or a day stands for the words that write it."""
        value = body.get(key, "")
        if isinstance(value, list | dict) or value is None:
            self.fault("not-a-text", (*place, key), value)
        return str(value)

    def whole(self, body: Mapping[str, Any], key: str, place: Place, default: int | None) -> int | None:
        value = body.get(key, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            self.fault("not-a-count", (*place, key), value)
            return default
        return value

    def fraction(self, value: object, place: Place) -> Fraction:
        try:
            if not isinstance(value, bool) and _TIMES.fullmatch(str(value)):
                return Fraction(str(value))
        except ZeroDivisionError:
            pass
        self.fault("not-a-count", place, value)
        return Fraction(1)


def demand_dict(demand: Demand) -> dict[str, Any]:
    """Return `demand` as plain values that `demand_of` reads back; what is empty is left out."""
    deadline = demand.deadline
    fields: dict[str, Any] = {
        "kind": str(demand.kind),
        "title": demand.title or "",
        "issuer": demand.issuer,
        "number": demand.number,
        "dated": demand.dated,
        "targets": [_kept(level=str(t.level), words=t.words, count=t.count) for t in demand.targets],
        "asks": [_ask(ask) for ask in demand.asks],
        "deadline": _kept(words=deadline.words, day=deadline.day, hours=deadline.hours) if deadline else None,
        "joined": [_kept(kind=str(j.kind), name=j.name, ends=j.ends) for j in demand.joined],
        "sanctions": list(demand.sanctions),
        "basis": list(demand.basis),
        "emergency": demand.emergency or None,
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def _ask(ask: Ask) -> dict[str, Any]:
    year = ask.per_year
    return _kept(
        kind=str(ask.kind),
        text=ask.text,
        per_year=int(year) if year.denominator == 1 else f"{year.numerator}/{year.denominator}",
        items=ask.items if ask.items != 1 else None,
        medium=str(ask.medium) if ask.medium else None,
        levels=[str(level) for level in ask.levels] or None,
    )


def _kept(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
