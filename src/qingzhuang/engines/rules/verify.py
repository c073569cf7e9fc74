"""Whether a pack can be used with the packs below it: its conditions and patterns compile, its rules have cases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules.conditions import Conditions
from qingzhuang.engines.rules.model import PatternSpec
from qingzhuang.engines.rules.pack import Pack, RuleChange
from qingzhuang.engines.rules.reader import Fault, Place
from qingzhuang.engines.rules.signs import SignPattern, signs_of, words_of


def faults_of(
    pack: Pack, below: Sequence[Pack], *, variables: Mapping[str, Mapping[str, str]], codes: Collection[str]
) -> list[Fault]:
    """Return what is wrong with `pack`, laid over `below`.

    `variables` gives, by subject (notice, demand), the names and types that a condition may use; `codes` are those that
    a rule with a condition may have. Whatever the day, every rule is looked at."""
    packs = [*below, pack]
    parameters = sorted({name for one in packs for name in one.parameters})
    conditions = {subject: Conditions(types, parameters) for subject, types in variables.items()}
    earlier = {change.id: change for one in below for change in one.rules}
    vocabulary, signs, _ = signs_of(packs)
    faults: list[Fault] = []
    for spec in pack.signs:
        same = [one for p in packs for one in p.signs if one.name == spec.name]
        faults += _patterns(spec.patterns, (*spec.place, "patterns"), words_of(same, vocabulary))
    for change in pack.rules:
        faults += _conditions(change, conditions)
        faults += _text(change, vocabulary, signs)
        faults += _cases(change, earlier.get(change.id))
        judged = change.when or change.text
        if judged and change.code is not None and change.code not in codes:
            faults.append(Fault("unknown-code", (*change.place, "code"), change.code))
    return faults


def _conditions(change: RuleChange, conditions: Mapping[str, Conditions]) -> list[Fault]:
    found = (
        _fault((*change.place, "when", subject), lambda c=condition, s=subject: conditions[s].compile(c))  # type: ignore[misc]  # defaults bind the loop's values
        for subject, condition in (change.when or {}).items()
    )
    return [fault for fault in found if fault]


def _text(change: RuleChange, vocabulary: Mapping[str, tuple[str, ...]], signs: Collection[str]) -> list[Fault]:
    if change.text is None:
        return []
    place = (*change.place, "text")
    unknown = [
        Fault("unknown-sign", (*place, "signs", i), name)
        for i, name in enumerate(change.text.signs)
        if name not in signs
    ]
    return unknown + _patterns(change.text.patterns, (*place, "patterns"), vocabulary)


def _patterns(specs: Iterable[PatternSpec], place: Place, vocabulary: Mapping[str, tuple[str, ...]]) -> list[Fault]:
    found = (_fault((*place, i), SignPattern(spec, vocabulary).check) for i, spec in enumerate(specs))
    return [fault for fault in found if fault]


def _cases(change: RuleChange, below: RuleChange | None) -> list[Fault]:
    """A condition that is new or changed brings a case on each side."""
    if not (change.when or change.text):
        return []
    cases = change.cases or (below.cases if below else None)
    missing = [side for side in ("fails", "passes") if cases is None or not getattr(cases, side)]
    return [Fault("no-case", change.place, side) for side in missing]


def _fault(place: Place, check: Callable[[], None]) -> Fault | None:
    try:
        check()
    except EngineInputError as error:
        return Fault(error.code, place, error.data.get("why") or error.data.get("name"))
    return None
