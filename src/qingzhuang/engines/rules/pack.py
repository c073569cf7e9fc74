"""Read one pack from plain data: every field is checked, and what is wrong is named by its place in the pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules.model import Certainty, Citation, PackHead, Severity

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
        self.faults = tuple(faults)
        super().__init__("bad-pack", pack=pack, faults=[(f.code, f.place, f.value) for f in self.faults])


@dataclass(frozen=True)
class DatedValue:
    """A parameter's value from a day on, and who says so."""

    since: date
    value: Any
    citation: Citation


@dataclass(frozen=True)
class Parameter:
    """A named number, list or table that rules use, with its dated values in order of date."""

    name: str
    meaning: Mapping[str, str]
    values: tuple[DatedValue, ...]


@dataclass(frozen=True)
class RuleChange:
    """A rule as one pack writes it; a field left out (None) is taken from the pack below. `severity` may be `off`."""

    id: str
    code: str | None
    severity: str | None
    message: Mapping[str, str] | None
    suggestion: Mapping[str, str] | None
    citation: Citation | None
    place: Place


@dataclass(frozen=True)
class Pack:
    """One pack: its head, parameters, rules, and named lists of ids."""

    head: PackHead
    parameters: Mapping[str, Parameter]
    rules: tuple[RuleChange, ...]
    lists: Mapping[str, tuple[str, ...]]


def read_pack(data: object, *, sha256: str, list_names: tuple[str, ...] = ()) -> Pack:
    """Build a `Pack` from the plain values of its file.

    `list_names` are the top-level lists of ids that the caller's domain knows. Raises PackError with all faults at
    once."""
    return _Reader(list_names).read(data, sha256)


@dataclass
class _Reader:
    list_names: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)

    def read(self, data: object, sha256: str) -> Pack:
        known = {
            "id",
            "title",
            "issuer",
            "number",
            "issued",
            "in_force",
            "checked",
            "parameters",
            "rules",
            *self.list_names,
        }
        top = self.table(data, (), known, required={"id", "title", "issuer", "in_force"})
        name = top["id"] if isinstance(top.get("id"), str) else "?"
        head = self.head(top, sha256)
        parameters = self.parameters(top.get("parameters"))
        rules = self.rules(top.get("rules"))
        lists = {key: self.ids(top.get(key), (key,)) for key in self.list_names}
        if self.faults or head is None:
            raise PackError(name, self.faults)
        return Pack(head, parameters, rules, lists)

    def head(self, top: Mapping[str, Any], sha256: str) -> PackHead | None:
        force = self.table(top.get("in_force"), ("in_force",), {"from", "until"}, required={"from"})
        checked = self.table(top.get("checked") or {}, ("checked",), {"by", "on"})
        since = self.day(force.get("from"), ("in_force", "from"))
        title = self.texts(top.get("title"), ("title",))
        until = self.day(force.get("until"), ("in_force", "until"), optional=True)
        issued = self.day(top.get("issued"), ("issued",), optional=True)
        checked_on = self.day(checked.get("on"), ("checked", "on"), optional=True)
        if since and until and until < since:
            self.fault("ends-before-it-begins", ("in_force", "until"), until)
        if self.faults or since is None:
            return None
        number, by = top.get("number"), checked.get("by")
        return PackHead(top["id"], title, str(top["issuer"]), number, issued, since, until, by, checked_on, sha256)

    def parameters(self, data: object) -> dict[str, Parameter]:
        found = {}
        for name, body in self.table({} if data is None else data, ("parameters",), None).items():
            place: Place = ("parameters", name)
            body = self.table(body, place, {"meaning", "values"}, required={"values"})
            meaning = self.texts(body.get("meaning"), (*place, "meaning")) if "meaning" in body else {}
            values = [
                self.value(one, (*place, "values", i))
                for i, one in enumerate(self.items(body.get("values"), (*place, "values")))
            ]
            dated = sorted((value for value in values if value), key=lambda value: value.since)
            if len({value.since for value in dated}) < len(dated):
                self.fault("two-values-on-one-day", (*place, "values"))
            found[name] = Parameter(name, meaning, tuple(dated))
        return found

    def value(self, data: object, place: Place) -> DatedValue | None:
        body = self.table(data, place, {"from", "value", "citation"}, required={"from", "value", "citation"})
        since = self.day(body.get("from"), (*place, "from"))
        citation = self.citation(body.get("citation"), (*place, "citation"))
        return DatedValue(since, body.get("value"), citation) if since and citation else None

    def rules(self, data: object) -> tuple[RuleChange, ...]:
        changes = []
        for i, body in enumerate(self.items([] if data is None else data, ("rules",))):
            place: Place = ("rules", i)
            body = self.table(
                body, place, {"id", "code", "severity", "message", "suggestion", "citation"}, required={"id"}
            )
            severity = body.get("severity")
            severity = "off" if severity is False else severity  # YAML reads a bare `off` as false
            if severity not in {None, "off", *Severity}:
                self.fault("unknown-severity", (*place, "severity"), severity)
            message, suggestion = (
                self.texts(body[key], (*place, key)) if key in body else None for key in ("message", "suggestion")
            )
            citation = self.citation(body["citation"], (*place, "citation")) if "citation" in body else None
            changes.append(
                RuleChange(str(body.get("id")), body.get("code"), severity, message, suggestion, citation, place)
            )
        for change in changes:
            if sum(other.id == change.id for other in changes) > 1:
                self.fault("rule-twice", change.place, change.id)
        return tuple(changes)

    def citation(self, data: object, place: Place) -> Citation | None:
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

    def ids(self, data: object, place: Place) -> tuple[str, ...]:
        found = []
        for i, one in enumerate(self.items([] if data is None else data, place)):
            if isinstance(one, bool) or not isinstance(one, str | int) or not str(one).strip():
                self.fault("not-an-id", (*place, i), one)
            else:
                found.append(str(one).strip())
        return tuple(found)

    def day(self, data: object, place: Place, *, optional: bool = False) -> date | None:
        if data is None and optional:
            return None
        if type(data) is not date:
            self.fault("not-a-date", place, data)
            return None
        return data

    def items(self, data: object, place: Place) -> list[Any]:
        return self.expect(data, list, "not-a-list", place) or []

    def table(
        self, data: object, place: Place, known: Set[str] | None, required: Set[str] = frozenset()
    ) -> dict[str, Any]:
        body: dict[str, Any] = self.expect(data, dict, "not-a-table", place) or {}
        for key in body:
            if known is not None and key not in known:
                self.fault("unknown-field", (*place, key), key)
        for key in sorted(required - body.keys()):
            self.fault("missing-field", place, key)
        return body

    def expect(self, data: object, kind: type, code: str, place: Place) -> Any:
        if isinstance(data, kind):
            return data
        self.fault(code, place, data)
        return None

    def fault(self, code: str, place: Place, value: object = None) -> None:
        self.faults.append(Fault(code, place, value))
