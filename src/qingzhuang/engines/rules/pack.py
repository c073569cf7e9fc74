"""Read one pack from plain data: every field is checked, and what is wrong is named by its place in the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from qingzhuang.engines.rules.model import (
    Case,
    Cases,
    Citation,
    PackHead,
    PatternSpec,
    Severity,
    TextCondition,
    Thresholds,
    Within,
)
from qingzhuang.engines.rules.reader import PackError, Place, Reader

OFF = "off"
SUBJECTS = ("notice", "demand")


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
    applies_to: tuple[str, ...] | None
    when: Mapping[str, str] | None
    text: TextCondition | None
    cases: Cases | None
    place: Place


@dataclass(frozen=True)
class SignSpec:
    """A named kind of words: patterns, any of which shows it, and the excuses that count for it (None: all).

    `vocabulary` are words for its own patterns, beside those that all signs share. `weighed` says from which scores on
    the weights of a pack count for it."""

    name: str
    excuses: tuple[str, ...] | None
    patterns: tuple[PatternSpec, ...]
    vocabulary: Mapping[str, tuple[str, ...]]
    place: Place
    weighed: Thresholds | None = None


@dataclass(frozen=True)
class Pack:
    """One pack: its head, parameters, rules, named lists of ids, the words and signs of its text rules, and their weights' file."""

    head: PackHead
    parameters: Mapping[str, Parameter]
    rules: tuple[RuleChange, ...]
    lists: Mapping[str, tuple[str, ...]]
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signs: tuple[SignSpec, ...] = ()
    weights: bytes = b""


def read_pack(data: object, *, sha256: str, list_names: tuple[str, ...] = (), weights: bytes = b"") -> Pack:
    """Build a `Pack` from the plain values of its file.

    `list_names` are the top-level lists of ids that the caller's domain knows; `weights` the file of the signs' weights,
    which stands beside. Raises PackError with all faults at once."""
    return replace(_PackReader(list_names=list_names).read(data, sha256), weights=weights)


@dataclass
class _PackReader(Reader):
    list_names: tuple[str, ...] = ()

    def read(self, data: object, sha256: str) -> Pack:
        head = {"id", "title", "issuer", "number", "issued", "in_force", "checked", "local"}
        known = head | {"parameters", "rules", "vocabulary", "signs", *self.list_names}
        top = self.table(data, (), known, required={"id", "title", "issuer", "in_force"})
        name = top["id"] if isinstance(top.get("id"), str) else "?"
        pack_head = self.head(top, sha256)
        parameters = self.parameters(top.get("parameters"))
        rules = self.rules(top.get("rules"))
        lists = {key: self.ids(top.get(key), (key,)) for key in self.list_names}
        vocabulary = self.vocabulary(top.get("vocabulary"), ("vocabulary",))
        signs = tuple(
            self.sign(key, body) for key, body in self.table(top.get("signs") or {}, ("signs",), None).items()
        )
        if self.faults or pack_head is None:
            raise PackError(name, self.faults)
        return Pack(pack_head, parameters, rules, lists, vocabulary, signs)

    def head(self, top: Mapping[str, Any], sha256: str) -> PackHead | None:
        force = self.table(top.get("in_force"), ("in_force",), {"from", "until"}, required={"from"})
        checked = self.table(top.get("checked") or {}, ("checked",), {"by", "on"})
        since = self.day(force.get("from"), ("in_force", "from"))
        title = self.texts(top.get("title"), ("title",))
        until = self.day(force.get("until"), ("in_force", "until"), optional=True)
        issued = self.day(top.get("issued"), ("issued",), optional=True)
        checked_on = self.day(checked.get("on"), ("checked", "on"), optional=True)
        local = bool(self.expect(top.get("local", False), bool, "not-true-or-false", ("local",)))
        if since and until and until < since:
            self.fault("ends-before-it-begins", ("in_force", "until"), until)
        if self.faults or since is None:
            return None
        number, by = top.get("number"), checked.get("by")
        return PackHead(
            top["id"], title, str(top["issuer"]), number, issued, since, until, by, checked_on, sha256, local
        )

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
        listed = self.items([] if data is None else data, ("rules",))
        changes = [self.rule(body, ("rules", i)) for i, body in enumerate(listed)]
        for change in changes:
            if sum(other.id == change.id for other in changes) > 1:
                self.fault("rule-twice", change.place, change.id)
        return tuple(changes)

    def rule(self, body: object, place: Place) -> RuleChange:
        fields = {"id", "code", "severity", "message", "suggestion", "citation", "applies_to", "when", "text", "cases"}
        body = self.table(body, place, fields, required={"id"})
        severity = body.get("severity")
        severity = OFF if severity is False else severity  # YAML reads a bare `off` as false
        if severity not in {None, OFF, *Severity}:
            self.fault("unknown-severity", (*place, "severity"), severity)

        def given(key: str, read: Any) -> Any:
            return read(body[key], (*place, key)) if key in body else None

        return RuleChange(
            id=str(body.get("id")),
            code=body.get("code"),
            severity=severity,
            message=given("message", self.texts),
            suggestion=given("suggestion", self.texts),
            citation=given("citation", self.citation),
            applies_to=given("applies_to", self.strings),
            when=given("when", self.when),
            text=given("text", self.text),
            cases=given("cases", self.cases),
            place=place,
        )

    def when(self, data: object, place: Place) -> dict[str, str]:
        body = self.table(data, place, set(SUBJECTS))
        for subject, condition in body.items():
            if not isinstance(condition, str) or not condition.strip():
                self.fault("not-a-text", (*place, subject), condition)
        return {subject: str(condition) for subject, condition in body.items()}

    def text(self, data: object, place: Place) -> TextCondition:
        body = self.table(data, place, {"signs", "patterns"})
        return TextCondition(
            self.strings(body.get("signs"), (*place, "signs")),
            self.patterns(body.get("patterns"), (*place, "patterns")),
        )

    def sign(self, name: str, data: object) -> SignSpec:
        place: Place = ("signs", name)
        known = {"meaning", "excuses", "vocabulary", "patterns", "weighed"}
        body = self.table(data, place, known, required={"patterns"})
        excuses = self.strings(body["excuses"], (*place, "excuses")) if "excuses" in body else None
        vocabulary = self.vocabulary(body.get("vocabulary"), (*place, "vocabulary"))
        patterns = self.patterns(body.get("patterns"), (*place, "patterns"))
        weighed = self.thresholds(body["weighed"], (*place, "weighed")) if "weighed" in body else None
        return SignSpec(name, excuses, patterns, vocabulary, place, weighed)

    def thresholds(self, data: object, place: Place) -> Thresholds | None:
        names = {one.name for one in fields(Thresholds)}
        body = self.table(data, place, names, required=names)
        given = {key: value for key, value in body.items() if key in names}
        for key, value in given.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                self.fault("not-a-number", (*place, key), value)
                return None
        return Thresholds(**{key: float(value) for key, value in given.items()}) if len(given) == len(names) else None

    def vocabulary(self, data: object, place: Place) -> dict[str, tuple[str, ...]]:
        body = self.table({} if data is None else data, place, None)
        return {key: self.strings(words, (*place, key)) for key, words in body.items()}

    def patterns(self, data: object, place: Place) -> tuple[PatternSpec, ...]:
        listed = self.items([] if data is None else data, place)
        return tuple(self.pattern(one, (*place, i)) for i, one in enumerate(listed))

    def pattern(self, data: object, place: Place) -> PatternSpec:
        """Return a pattern: a text alone is what to find, in any company."""
        if isinstance(data, str) and data:
            return PatternSpec(data)
        company = ("with", "without", "not_after", "not_before", "despite")
        body = self.table(data, place, {"find", "within", *company}, required={"find"})
        find = body.get("find")
        if not isinstance(find, str) or not find:
            self.fault("not-a-text", (*place, "find"), find)
        within = self.choice(body.get("within", Within.SENTENCE), (*place, "within"), Within, "unknown-within")
        with_, without, not_after, not_before, despite = (self.strings(body.get(k), (*place, k)) for k in company)
        return PatternSpec(
            str(find), Within(within or Within.SENTENCE), with_, without, not_after, not_before, frozenset(despite)
        )

    def cases(self, data: object, place: Place) -> Cases:
        body = self.table(data, place, {"fails", "passes"})
        fails, passes = (
            tuple(
                self.case(one, (*place, side, i))
                for i, one in enumerate(self.items(body.get(side, []), (*place, side)))
            )
            for side in ("fails", "passes")
        )
        return Cases(fails, passes)

    def case(self, data: object, place: Place) -> Case:
        """Return a case: a text alone is the text of a notice."""
        if isinstance(data, str) and data.strip():
            return Case(data, None, None, "")
        body = self.table(data, place, {"text", "demand", "on", "note"})
        text, subject = body.get("text"), body.get("demand")
        if (text is None) == (subject is None):
            self.fault("text-or-demand", place)
        if text is not None and not isinstance(text, str):
            self.fault("not-a-text", (*place, "text"), text)
        if subject is not None:
            self.table(subject, (*place, "demand"), None)
        return Case(text, subject, self.day(body.get("on"), (*place, "on"), optional=True), str(body.get("note", "")))
