"""Judge a notice or a demand: every place where the rules in force have something against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qingzhuang.domain.demands import Demand
from qingzhuang.domain.gate.findings import Code, Finding, Place
from qingzhuang.domain.gate.layers import added_layers, added_layers_beside
from qingzhuang.domain.gate.subjects import VARIABLES, demand_values, notice_values
from qingzhuang.domain.gate.weighing import Weigher, Weighing
from qingzhuang.domain.notices import Excuse, Notice, Reading
from qingzhuang.engines.rules import (
    Conditions,
    Rule,
    RuleBook,
    Sign,
    Within,
    Words,
    own_patterns,
    strongest,
    words_sought,
)

USUAL = frozenset({Excuse.FORBIDDEN, Excuse.QUOTED, Excuse.ENDED, Excuse.TOLD})
"""What excuses words unless their sign says otherwise; an emergency excuses only where the sign says so."""

COMPUTED: Mapping[str, Callable[[str], Iterable[tuple[int, int]]]] = {"added-layer": added_layers}
"""Signs that no pattern can show, by name: functions from a folded text to the places where they show."""

_FIELD = re.compile(r"demand\.([a-z]+)")


@dataclass(frozen=True)
class Hit:
    """Words that a rule is against: offsets in the reading's text; `whole` where the notice as such is at fault."""

    start: int
    end: int
    rule: Rule
    values: Mapping[str, object]
    whole: bool = False


@dataclass(frozen=True)
class Look:
    """What is looked for signs: a reading, the words that their patterns cannot do without, and what their weights say."""

    reading: Reading
    words: Words
    weighing: Weighing | None


class Gate:
    """The rules of one day, ready to judge many notices and demands."""

    def __init__(self, book: RuleBook) -> None:
        """Sort the rules of `book` by what they look for."""
        self._book = book
        self._values = {f"params.{name}": dated.value for name, dated in book.values.items()}
        self._conditions = {s: Conditions(types, book.values) for s, types in VARIABLES.items()}
        codes = set(Code)
        self._rules = [rule for rule in book.rules.values() if rule.code in codes]
        self._signs = list(_by_sign(self._rules, book))
        own = [sign for sign, _ in self._signs if sign.name not in book.signs]
        self._weigher = Weigher(book.signs.values())
        self._words = words_sought([*book.signs.values(), *own]) if own else book.words

    def judge_notice(self, notice: Notice, *, emergency: bool = False, kind: str = "") -> tuple[Finding, ...]:
        """Return what the rules have against `notice`, in the order of the text.

        `emergency` says that the notice belongs to an emergency under way, whatever it says itself; `kind` of demand,
        where it is known, leaves out the rules that are not meant for it."""
        return self.judge_reading(Reading(notice, emergency=emergency), kind=kind)

    def judge_reading(self, reading: Reading, *, kind: str = "", higher: Reading | None = None) -> tuple[Finding, ...]:
        """Return the same for a notice that is read already; `higher` is the document that it hands down."""
        hits = self._notice_hits(reading, kind)
        if higher is not None:
            hits += self._beside(reading, higher, {(hit.rule.code, hit.start) for hit in hits})
        return tuple(_finding(hit, reading) for hit in sorted(hits, key=lambda one: (one.start, one.rule.code)))

    def judge_demand(self, demand: Demand, notice: Notice) -> tuple[Finding, ...]:
        """Return what the rules have against `demand`; its words stand in `notice`, one paragraph a field.

        A field at fault is named by its own paragraph: `notice` keeps the field's name as the paragraph's `name`."""
        reading = Reading(notice, emergency=demand.emergency)
        hits = list(self._notice_hits(reading, str(demand.kind), whole=False))
        said = {hit.rule.code for hit in hits}
        for code, (rule, field) in self._of_demand(demand).items():
            if code not in said:
                start, end = _field(reading, field)
                hits.append(Hit(start, end, rule, demand_values(demand), whole=True))
        return tuple(_finding(hit, reading) for hit in sorted(hits, key=lambda one: (one.start, one.rule.code)))

    def _notice_hits(self, reading: Reading, kind: str, *, whole: bool = True) -> list[Hit]:
        look = Look(reading, self._words, self._weigher.weigh(reading))
        hits = [hit for sign, rules in self._signs for hit in _hits(sign, rules, look, kind)]
        found = one_a_sentence(hits, reading)
        if whole and reading.notice.paragraphs:
            said = {hit.rule.code for hit in found}
            found += [hit for hit in self._whole_hits(look, kind) if hit.rule.code not in said]
        return sorted(found, key=lambda one: (one.start, one.rule.code))

    def _beside(self, reading: Reading, higher: Reading, known: set[tuple[str, int]]) -> Iterator[Hit]:
        """Yield where the notice asks for more than `higher` does on the same matter."""
        rule = strongest(rule for rule in self._rules if rule.code == Code.ADDED_LAYER)
        if rule is None:
            return
        for start, end in added_layers_beside(reading.text, higher.text):
            if (rule.code, start) not in known and not reading.excuses.of(start, end) & USUAL:
                yield Hit(start, end, rule, {})

    def _whole_hits(self, look: Look, kind: str) -> Iterator[Hit]:
        """Yield what is wrong with the notice as such, by the strongest rule of each code."""
        reading = look.reading
        against: dict[str, list[Rule]] = {}
        values: dict[str, Any] = {}
        for rule in self._meant_for("notice", kind):
            condition = rule.when["notice"]
            named = [name for name in self._book.signs if f"'{name}'" in condition or f'"{name}"' in condition]
            showing = [name for name in named if next(shown(self._book.signs[name], look), None)]
            values = {**self._values, **notice_values(reading, showing)}
            if self._conditions["notice"].holds(condition, values):
                against.setdefault(rule.code, []).append(rule)
        for code, rules in against.items():
            strong = strongest(rules)
            assert strong
            start, end = _whole_place(reading, code)
            plain = {name.replace(".", "_"): value for name, value in values.items()}
            yield Hit(start, end, strong, plain, whole=True)

    def _of_demand(self, demand: Demand) -> dict[str, tuple[Rule, str]]:
        """Return the strongest rule of each code against the fields of `demand`, with the field it speaks of first."""
        values = {**self._values, **demand_values(demand)}
        against: dict[str, list[Rule]] = {}
        for rule in self._meant_for("demand", str(demand.kind)):
            if self._conditions["demand"].holds(rule.when["demand"], values):
                against.setdefault(rule.code, []).append(rule)
        strong = {code: strongest(rules) for code, rules in against.items()}
        return {code: (rule, _first_field(rule.when["demand"])) for code, rule in strong.items() if rule}

    def _meant_for(self, subject: str, kind: str) -> Iterator[Rule]:
        return (rule for rule in self._rules if subject in rule.when and (not kind or rule.applies(kind)))


def shown(sign: Sign, look: Look) -> Iterator[tuple[int, int]]:
    """Yield the places where `sign` shows and nothing excuses it."""
    counted = USUAL if sign.excuses is None else frozenset(Excuse(name) for name in sign.excuses)
    places = _patterned(sign, counted, look)
    if look.weighing is None or not look.weighing.knows(sign.name):
        yield from places
        return
    kept = [place for place in places if look.weighing.keeps(sign.name, place[0])]
    yield from kept
    # What stands in a prohibition, a complaint or a question the weights have learned; a title and an emergency excuse all.
    always = counted & {Excuse.QUOTED, Excuse.EMERGENCY}
    found = look.weighing.found(sign.name, (start for start, _ in kept))
    yield from (place for place in found if not look.reading.excuses.of(*place) & always)


def _patterned(sign: Sign, counted: frozenset[Excuse], look: Look) -> Iterator[tuple[int, int]]:
    reading, searched = look.reading, look.reading.searched(look.words)
    for pattern in sign.patterns:
        for match in pattern.matches(searched, reading.excuses.around):
            holding = counted - {Excuse(name) for name in pattern.spec.despite}
            if not reading.excuses.of(match.start, match.end) & holding:
                yield match.start, match.end
    if computed := COMPUTED.get(sign.name):
        yield from (place for place in computed(reading.text) if not reading.excuses.of(*place) & counted)


def one_a_sentence(hits: Iterable[Hit], reading: Reading) -> list[Hit]:
    """Keep, of each code and sentence, the hit of the strongest rule; of equals the first and longest."""
    best: dict[tuple[str, int], Hit] = {}
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        key = hit.rule.code, reading.excuses.around(Within.SENTENCE, hit.start)[0]
        known = best.get(key)
        if known is None or _stronger(hit.rule, known.rule):
            best[key] = hit
    return list(best.values())


def _stronger(rule: Rule, than: Rule) -> bool:
    return rule.severity != than.severity and strongest([than, rule]) is rule


def _by_sign(rules: Iterable[Rule], book: RuleBook) -> Iterator[tuple[Sign, list[Rule]]]:
    """Yield each sign with the rules that look for it, so that each is looked for once."""
    named: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.text is None:
            continue
        for name in rule.text.signs:
            named.setdefault(name, []).append(rule)
        if rule.text.patterns:
            yield own_patterns(rule.text.patterns, book.vocabulary, rule.id), [rule]
    for name, signed in named.items():
        if name in book.signs:
            yield book.signs[name], signed


def _hits(sign: Sign, rules: list[Rule], look: Look, kind: str) -> Iterator[Hit]:
    by_code: dict[str, list[Rule]] = {}
    for rule in rules:
        if not kind or rule.applies(kind):
            by_code.setdefault(rule.code, []).append(rule)
    if not by_code:
        return
    strong = [rule for rule in map(strongest, by_code.values()) if rule]
    for start, end in shown(sign, look):
        for rule in strong:
            yield Hit(start, end, rule, {})


def _whole_place(reading: Reading, code: str) -> tuple[int, int]:
    """Return the line that a fault of the whole is shown at: whom it directs, else the title."""
    head = reading.head
    at = head.addressees_at if code == Code.DIRECTIVE_FORM and head.addressees_at is not None else head.title_at
    start = reading.start_of(at) if at is not None else 0
    return start, reading.excuses.around(Within.PARAGRAPH, start)[1]


def _first_field(condition: str) -> str:
    found = _FIELD.search(condition)
    return found[1] if found else ""


def _field(reading: Reading, field: str) -> tuple[int, int]:
    named = [i for i, one in enumerate(reading.notice.paragraphs) if one.name == field]
    start = reading.start_of(named[0]) if named else 0
    return start, reading.excuses.around(Within.PARAGRAPH, start)[1]


def _finding(hit: Hit, reading: Reading) -> Finding:
    index, start, end = reading.original(hit.start, hit.end)
    paragraph = reading.notice.paragraphs[index]
    line, begin = paragraph.line_at(start)
    words = paragraph.text[start:end]
    place = Place(*paragraph.at(start), *paragraph.behind(end), paragraph.page)
    values = {**hit.values, "words": words}
    return Finding(Code(hit.rule.code), hit.rule, place, words, line, start - begin, index, start, end, values)
