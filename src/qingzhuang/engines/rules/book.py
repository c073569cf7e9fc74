"""What holds on a day: packs laid over one another, later ones over earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules.anchors import Words
from qingzhuang.engines.rules.model import Cases, PackHead, Rule, Severity
from qingzhuang.engines.rules.pack import OFF, DatedValue, Pack, RuleChange
from qingzhuang.engines.rules.reader import Fault, PackError
from qingzhuang.engines.rules.signs import Sign, Signs, signs_of


@dataclass(frozen=True)
class RuleBook:
    """The rules, values, lists and signs in force on `on`, and the packs that they come from."""

    on: date
    packs: tuple[PackHead, ...]
    rules: Mapping[str, Rule]
    values: Mapping[str, DatedValue]
    lists: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, Sign]
    vocabulary: Mapping[str, tuple[str, ...]]
    words: Words

    def value(self, name: str) -> Any:
        """Return the value of parameter `name`; raises EngineInputError where none is in force."""
        if name not in self.values:
            raise EngineInputError("parameter-not-in-force", name=name, on=self.on.isoformat())
        return self.values[name].value

    def rule(self, code: str) -> Rule | None:
        """Return the strongest rule in force with `code`, or None where all are off."""
        return strongest(rule for rule in self.rules.values() if rule.code == code)


def strongest(rules: Iterable[Rule]) -> Rule | None:
    """Return the rule that weighs most, or None of none; of equals the one that was in force last, then by id.

    The packs stand in the book in the order in which they were laid, so a later one is the newer."""
    order = list(Severity)
    best: Rule | None = None
    for rule in rules:
        if best is None or order.index(rule.severity) <= order.index(best.severity):
            best = rule
    return best


def open_book(packs: Sequence[Pack], on: date, *, signs: Signs | None = None) -> RuleBook:
    """Lay `packs` over one another, in order, as they stand on `on`.

    `signs` are those of the same packs, where many days' books share them and what they have compiled.

    A later pack's dated value replaces an earlier pack's; a later pack's rule of the same id changes the fields that
    it gives; its lists, vocabularies and signs add to theirs. Raises PackError for a rule that is left without a code,
    severity, message or citation."""
    in_force = [pack for pack in packs if is_in_force(pack.head, on)]
    values: dict[str, DatedValue] = {}
    drafts: dict[str, tuple[str, RuleChange]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for pack in in_force:
        for name, parameter in pack.parameters.items():
            dated = [value for value in parameter.values if value.since <= on]
            values |= {name: dated[-1]} if dated else {}
        for change in pack.rules:
            origin, below = drafts.get(change.id, (pack.head.id, None))
            drafts[change.id] = origin, _change(below, change)
            _whole(pack, drafts[change.id][1])
        for name, ids in pack.lists.items():
            lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), *ids)))
    rules = {draft.id: _rule(draft, origin) for origin, draft in drafts.values() if draft.severity != OFF}
    # Words are not dated: what "打卡" means does not depend on which documents are in force.
    vocabulary, named, words = signs or signs_of(packs)
    return RuleBook(on, tuple(pack.head for pack in in_force), rules, values, lists, named, vocabulary, words)


def is_in_force(head: PackHead, on: date) -> bool:
    """Tell whether the pack is in force on `on`, both its first and its last day included."""
    return head.in_force_from <= on and (head.in_force_until is None or on <= head.in_force_until)


def _change(below: RuleChange | None, change: RuleChange) -> RuleChange:
    if below is None:
        return change
    names = [one.name for one in fields(RuleChange) if one.name not in {"id", "place"}]
    return replace(below, **{name: value for name in names if (value := getattr(change, name)) is not None})


def _whole(pack: Pack, draft: RuleChange) -> None:
    missing = [key for key in ("code", "severity", "message", "citation") if getattr(draft, key) is None]
    if missing:
        raise PackError(pack.head.id, [Fault("missing-field", draft.place, key) for key in missing])


def _rule(draft: RuleChange, pack: str) -> Rule:
    assert draft.code
    assert draft.severity
    assert draft.message
    assert draft.citation
    return Rule(
        id=draft.id,
        code=draft.code,
        severity=Severity(draft.severity),
        message=draft.message,
        suggestion=draft.suggestion or {},
        citation=draft.citation,
        applies_to=draft.applies_to or (),
        when=draft.when or {},
        text=draft.text,
        cases=draft.cases or Cases(),
        pack=pack,
    )
