"""Checking plain data field by field: what every part of a pack is read with."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules.model import Certainty, Citation

LANGUAGES = ("zh-Hans", "en")
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a pack: a stable code, the place (keys and indices from the top), and the value found there."""

    code: str
    place: Place
    value: object = None


class PackError(EngineInputError):
    """A pack that cannot be used; `faults` names all that is wrong with it."""

    def __init__(self, pack: str, faults: Iterable[Fault]) -> None:
        """Keep `pack`'s name and its faults."""
        self.pack = pack
        self.faults = tuple(faults)
        super().__init__("bad-pack", pack=pack, faults=[(f.code, f.place, f.value) for f in self.faults])


@dataclass
class Reader:
    """Reads values out of plain data and keeps a fault for each that is not what it should be."""

    faults: list[Fault] = field(default_factory=list)

    def citation(self, data: object, place: Place) -> Citation | None:
        """Return the citation that `data` writes."""
        body = self.table(data, place, {"document", "clause", "certainty"}, required={"document", "certainty"})
        document = self.texts(body.get("document"), (*place, "document"))
        clause = self.texts(body["clause"], (*place, "clause")) if body.get("clause") else dict.fromkeys(LANGUAGES, "")
        certainty = body.get("certainty")
        if certainty not in set(Certainty):
            self.fault("unknown-certainty", (*place, "certainty"), certainty)
            return None
        return Citation(document, clause, Certainty(certainty))

    def texts(self, data: object, place: Place) -> dict[str, str]:
        """Return a text by language; one plain string stands for every language, as a title that is quoted does."""
        if isinstance(data, str) and data.strip():
            return dict.fromkeys(LANGUAGES, data)
        body = self.table(data, place, set(LANGUAGES), required=set(LANGUAGES))
        for lang, text in body.items():
            if not isinstance(text, str) or not text.strip():
                self.fault("not-a-text", (*place, lang), text)
        return dict(body)

    def strings(self, data: object, place: Place) -> tuple[str, ...]:
        """Return a list of non-empty texts; one text alone stands for a list of one; nothing for none."""
        listed = [data] if isinstance(data, str) else self.items([] if data is None else data, place)
        for i, one in enumerate(listed):
            if not isinstance(one, str) or not one:
                self.fault("not-a-text", (*place, i), one)
        return tuple(one for one in listed if isinstance(one, str) and one)

    def ids(self, data: object, place: Place) -> tuple[str, ...]:
        """Return a list of ids; whole numbers are taken as written."""
        found = []
        for i, one in enumerate(self.items([] if data is None else data, place)):
            if isinstance(one, bool) or not isinstance(one, str | int) or not str(one).strip():
                self.fault("not-an-id", (*place, i), one)
            else:
                found.append(str(one).strip())
        return tuple(found)

    def day(self, data: object, place: Place, *, optional: bool = False) -> date | None:
        """Return a day."""
        if data is None and optional:
            return None
        if type(data) is not date:
            self.fault("not-a-date", place, data)
            return None
        return data

    def choice(self, data: object, place: Place, known: Iterable[str], code: str) -> str | None:
        """Return `data` where it is one of `known`, else keep fault `code`."""
        if isinstance(data, str) and data in set(known):
            return str(data)
        self.fault(code, place, data)
        return None

    def items(self, data: object, place: Place) -> list[Any]:
        """Return a list."""
        return self.expect(data, list, "not-a-list", place) or []

    def table(
        self, data: object, place: Place, known: Set[str] | None, required: Set[str] = frozenset()
    ) -> dict[str, Any]:
        """Return a table whose keys are all `known` (None: any) and hold all `required`."""
        body: dict[str, Any] = self.expect(data, dict, "not-a-table", place) or {}
        for key in body:
            if known is not None and key not in known:
                self.fault("unknown-field", (*place, key), key)
        for key in sorted(required - body.keys()):
            self.fault("missing-field", place, key)
        return body

    def expect(self, data: object, kind: type, code: str, place: Place) -> Any:
        """Return `data` where it is of `kind`, else None and a fault."""
        if isinstance(data, kind):
            return data
        self.fault(code, place, data)
        return None

    def fault(self, code: str, place: Place, value: object = None) -> None:
        """Keep one fault."""
        self.faults.append(Fault(code, place, value))
