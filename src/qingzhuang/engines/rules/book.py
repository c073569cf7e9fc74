"""What holds on a day: packs laid over one another, later ones over earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules.model import PackHead, Rule, Severity
from qingzhuang.engines.rules.pack import DatedValue, Fault, Pack, PackError, RuleChange


@dataclass(frozen=True)
class RuleBook:
    """The rules, values and lists in force on `on`, and the packs that they come from."""

    on: date
    packs: tuple[PackHead, ...]
    rules: Mapping[str, Rule]
    values: Mapping[str, DatedValue]
    lists: Mapping[str, tuple[str, ...]]

    def value(self, name: str) -> Any:
        """Return the value of parameter `name`; raises EngineInputError where none is in force."""
        if name not in self.values:
            raise EngineInputError("parameter-not-in-force", name=name, on=self.on.isoformat())
        return self.values[name].value

    def rule(self, code: str) -> Rule | None:
        """Return the strongest rule in force with `code`, or None where all are off."""
        order = list(Severity)
        return min(
            (rule for rule in self.rules.values() if rule.code == code),
            key=lambda r: (order.index(r.severity), r.id),
            default=None,
        )


def open_book(packs: Sequence[Pack], on: date) -> RuleBook:
    """Lay `packs` over one another, in order, as they stand on `on`.

    A later pack's dated value replaces an earlier pack's; a later pack's rule of the same id changes the fields that
    it gives; its lists add to theirs. Raises PackError for a rule that is left without a code, severity, message or
    citation."""
    in_force = [pack for pack in packs if is_in_force(pack.head, on)]
    values: dict[str, DatedValue] = {}
    drafts: dict[str, RuleChange] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for pack in in_force:
        for name, parameter in pack.parameters.items():
            dated = [value for value in parameter.values if value.since <= on]
            values |= {name: dated[-1]} if dated else {}
        for change in pack.rules:
            drafts[change.id] = _change(drafts.get(change.id), change)
            _whole(pack, drafts[change.id])
        for name, ids in pack.lists.items():
            lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), *ids)))
    rules = {draft.id: _rule(draft) for draft in drafts.values() if draft.severity != "off"}
    return RuleBook(on, tuple(pack.head for pack in in_force), rules, values, lists)


def is_in_force(head: PackHead, on: date) -> bool:
    """Tell whether the pack is in force on `on`, both its first and its last day included."""
    return head.in_force_from <= on and (head.in_force_until is None or on <= head.in_force_until)


def _change(below: RuleChange | None, change: RuleChange) -> RuleChange:
    if below is None:
        return change
    given = {
        key: value
        for key in ("code", "severity", "message", "suggestion", "citation")
        if (value := getattr(change, key)) is not None
    }
    return replace(below, **given)


def _whole(pack: Pack, draft: RuleChange) -> None:
    missing = [key for key in ("code", "severity", "message", "citation") if getattr(draft, key) is None]
    if missing:
        raise PackError(pack.head.id, [Fault("missing-field", draft.place, key) for key in missing])


def _rule(draft: RuleChange) -> Rule:
    assert draft.code
    assert draft.severity
    assert draft.message
    assert draft.citation
    suggestion = draft.suggestion or {}
    return Rule(draft.id, draft.code, Severity(draft.severity), draft.message, suggestion, draft.citation)
