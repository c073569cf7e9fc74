"""What a notice wants delivered: reports, evidence, visits, sign-ins and signatures, each with its words and its rhythm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from qingzhuang.domain.demands.demand import Ask, AskKind, Kind, Medium
from qingzhuang.domain.demands.draft import ask_words as known
from qingzhuang.domain.demands.draft.frequency import rhythms
from qingzhuang.domain.demands.draft.source import Clause, Source
from qingzhuang.domain.demands.draft.targets import Subjects
from qingzhuang.domain.demands.draft.wanted import ISSUERS, LIST, Wanted, ask_of, chunk
from qingzhuang.domain.notices import Role

_FAILED = re.compile(r"(?:未|逾期|不按|没有|漏|迟|超期)[^，。；]{0,12}的?$")
_CELL_WORDS = 20
_NEAR = 120
_MOST = 60  # of things that one sentence wants; more is no sentence that anyone wrote


def asks_of(source: Source, kind: Kind, subjects: Subjects) -> tuple[Ask, ...]:
    """Return what the notice wants delivered, in the order of its words; the same thing asked for twice stands once."""
    asks: dict[tuple[AskKind, Medium | None, str], Ask] = {}
    visits: Fraction | None = None
    for clauses in source.sentences():
        found = sorted(islice(_found(source, clauses, kind), _MOST), key=lambda one: one.start)
        for one in found:
            levels = subjects.at(one.clause.first, one.end)
            ask = replace(ask_of(source, clauses, one, found, visits), levels=levels)
            key = one.kind, one.medium, one.named
            asks[key] = _both(asks[key], ask) if key in asks else ask
            if one.kind is AskKind.VISIT:
                visits = max(visits or ask.per_year, ask.per_year)
    return tuple(asks.values())


def _both(one: Ask, same: Ask) -> Ask:
    """Return one ask for two that want the same: in the words of the first, as often as the oftener, of all that either names."""
    levels = tuple(dict.fromkeys((*one.levels, *same.levels))) if one.levels and same.levels else ()
    return replace(one, per_year=max(one.per_year, same.per_year), items=max(one.items, same.items), levels=levels)


def _found(source: Source, clauses: tuple[Clause, ...], kind: Kind) -> Iterator[Wanted]:
    first, last = clauses[0].first, clauses[0].last
    other = [*_sign_ins(source, clauses), *_signatures(source, clauses), *_visits(source, clauses)]
    evidence = list(_evidence(source, clauses, kind))
    reports = [one for one in _reports(source, clauses) if not any(_within(one, two) for two in evidence)]
    standing = [] if reports else list(_standing(source, clauses))
    yield from (*other, *evidence, *reports, *standing)
    if not (other or evidence or reports or standing):
        submit = next((s for s in known.GENERIC.finditer(source.text, first, last) if source.meant(*s.span())), None)
        clause = source.clause_at(submit.start()) if submit else clauses[0]
        issuers = ISSUERS.search(source.text, clause.start, clause.end) or _FAILED.search(
            source.text, clause.start, clause.end
        )
        if submit and not issuers and not _incident(source, clauses, submit.start()):
            yield Wanted(AskKind.FIELD, None, *submit.span(), clause, source.text[clause.start : clause.end])


def _within(one: Wanted, other: Wanted) -> bool:
    return other.start <= one.start < other.end or one.start <= other.start < one.end


def _each(
    source: Source, clauses: tuple[Clause, ...], pattern: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], Clause]]:
    """Yield the places in the sentence where `pattern` shows and is meant."""
    for clause in clauses:
        for found in pattern.finditer(source.text, clause.start, clause.end):
            if source.meant(*found.span()):
                yield found, clause


def _sign_ins(source: Source, clauses: tuple[Clause, ...]) -> Iterator[Wanted]:
    if known.NOT_SIGN_IN.search(source.text, clauses[0].first, clauses[0].last):
        return
    for found, clause in _each(source, clauses, known.SIGN_IN):
        if not source.quoted(found.start()):
            yield Wanted(AskKind.SIGN_IN, None, *found.span(), clause, found[0])
            return


def _signatures(source: Source, clauses: tuple[Clause, ...]) -> Iterator[Wanted]:
    for found, clause in _each(source, clauses, known.SIGNATURE):
        if not source.quoted(found.start()):
            pledge = known.PLEDGE.search(found[0])
            yield Wanted(AskKind.SIGNATURE, None, *found.span(), clause, pledge[0] if pledge else "")
            return


def _visits(source: Source, clauses: tuple[Clause, ...]) -> Iterator[Wanted]:
    text = source.text
    for found, clause in _each(source, clauses, known.VISIT):
        behind = known.NOT_VISIT_BEHIND.match(text, found.end(), clause.end)
        if behind or source.quoted(found.start()) or known.NOT_VISIT_BEFORE.search(text[clause.start : found.start()]):
            continue
        if known.DEMANDED.search(text, clauses[0].first, clause.end) or rhythms(text, clause.start, clause.end):
            yield Wanted(AskKind.VISIT, None, *found.span(), clause, found[0])
            return


def _evidence(source: Source, clauses: tuple[Clause, ...], kind: Kind) -> Iterator[Wanted]:
    """Yield each kind of evidence once a sentence; ledgers and papers once by name."""
    text, first, last = source.text, clauses[0].first, clauses[0].last
    wanted = (
        known.KEPT.search(text, first, last)
        or known.SUBMIT.search(text, first, last)
        or _is_cell(source, first, last, kind)
    )
    if not wanted or known.NOT_EVIDENCE.search(text, first, last):
        return
    taken: set[int] = set()
    for medium, pattern in known.EVIDENCE:
        names: set[str] = set()
        for found, clause in _each(source, clauses, pattern):
            if found.start() in taken or found.end() - 1 in taken:
                continue
            taken.update(range(*found.span()))
            named = found[0] if medium in {Medium.LEDGER, Medium.MINUTES, Medium.NOTES, Medium.DOCUMENT} else ""
            if named not in names:
                names.add(named)
                yield Wanted(AskKind.EVIDENCE, medium, *found.span(), clause, named)


def _is_cell(source: Source, first: int, last: int, kind: Kind) -> bool:
    """Tell whether the sentence is the cell of a scoring table that only names what is looked at."""
    if kind not in {Kind.ASSESSMENT, Kind.INSPECTION} or last - first > _CELL_WORDS:
        return False
    return source.reading.notice.paragraphs[source.reading.paragraph(first)].role is Role.CELL


def _reports(source: Source, clauses: tuple[Clause, ...]) -> Iterator[Wanted]:
    """Yield what reports are called in the clauses that want something handed in; of names run together the last."""
    text = source.text
    for clause in clauses:
        found = (s for s in known.SUBMIT.finditer(text, clause.start, clause.end) if source.meant(*s.span()))
        submits = list(islice(found, _MOST))
        if not submits or _incident(source, clauses, submits[0].start()):
            continue
        names = [
            name
            for name in islice(known.REPORT.finditer(text, clause.start, clause.end), _MOST)
            if source.meant(name.start(), name.end()) and not any(s.start() <= name.start() < s.end() for s in submits)
        ]
        for i, name in enumerate(names):
            following = names[i + 1].start() if i + 1 < len(names) else clause.end
            between = text[name.end() : following]
            if i + 1 == len(names) or LIST.search(between) or any(name.end() <= s.start() < following for s in submits):
                start, end = chunk(text, clause, name.start(), name.end())
                yield Wanted(AskKind.FIELD, None, *name.span(), clause, text[start:end])


def _standing(source: Source, clauses: tuple[Clause, ...]) -> Iterator[Wanted]:
    for found, clause in _each(source, clauses, known.SYSTEM):
        yield Wanted(AskKind.FIELD, None, *found.span(), clause, found[0])


def _incident(source: Source, clauses: tuple[Clause, ...], at: int) -> bool:
    """Tell whether what is to be reported is something that may happen, and comes in no rhythm."""
    first, last = max(clauses[0].first, at - _NEAR), min(clauses[0].last, at + _NEAR)
    return bool(known.INCIDENT.search(source.text, max(first, at - 24), at)) and not rhythms(source.text, first, last)
