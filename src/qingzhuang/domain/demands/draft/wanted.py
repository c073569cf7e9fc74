"""One thing that a notice wants, measured: the words that say it, how often in a year, how many each time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from qingzhuang.domain.demands.demand import Ask, AskKind, Medium
from qingzhuang.domain.demands.draft import ask_words as known
from qingzhuang.domain.demands.draft.frequency import Rhythm, rhythms
from qingzhuang.domain.demands.draft.numbers import NUMBER, number
from qingzhuang.domain.demands.draft.source import Clause, Source

ISSUERS = re.compile(r"通报|排名|扣|考核|督查|得分|打分|公布")
"""What the issuer does with the answers, and nobody delivers."""

LIST = re.compile(r"、|以及|和|及|与|并")
_ONCE = re.compile(
    r"[0-9]{1,2}月[0-9]{1,2}[日号]|[年月]底前?|(?:今|明)[日天早晚]|[0-9一二两三]{1,2}个?(?:工作日|小时)内|下班前|本周|下周"
)
_EACH_TIME = re.compile(r"每次|每一次|每场|每回")
_COUNT = re.compile(rf"(?P<n>{NUMBER})(?:[-至到]{NUMBER})?[余多]?(?P<by>[\u4e00-\u9fff])")
_NOT_A_COUNT = re.compile(r"(?:缺|少|漏|第|每少|每缺|式|每)$")
_ANOTHER = re.compile(rf"不少于|至少|不低于|以上|各|{NUMBER}[张篇段]")
_ADDED = re.compile(r"每[^，。；：]{0,8}(?:不少于|至少|不低于|[0-9一二两三四五六七八九十])|不少于|至少|不低于")
_MOST = 100_000
_LONGEST = 60
_REACH = 300


@dataclass(frozen=True)
class Wanted:
    """One thing wanted: its kind, the words that name it, and the clause that they stand in."""

    kind: AskKind
    medium: Medium | None
    start: int
    end: int
    clause: Clause
    named: str


def ask_of(
    source: Source, clauses: tuple[Clause, ...], one: Wanted, found: list[Wanted], visits: Fraction | None
) -> Ask:
    """Return the ask; `clauses` and `found` are those of its sentence, `visits` how often visits were asked for
    before it.

    What is wanted at each visit comes round as often as the visits do."""
    behind = _behind(clauses, one, found)
    start, end = _words(source, one, found, behind)
    return Ask(
        one.kind,
        source.words(start, end),
        _per_year(source.text, behind, one, visits),
        _items(source.text, behind, one),
        one.medium,
        span=source.span(start, end),
    )


def _behind(clauses: tuple[Clause, ...], one: Wanted, found: list[Wanted]) -> list[Clause]:
    """Return the clauses of the sentence behind the ask that name none of their own, up to the next that does."""
    behind: list[Clause] = []
    for clause in clauses:
        if clause.start >= one.clause.end:
            if any(other.clause == clause for other in found):
                break
            behind.append(clause)
    return behind


def _words(source: Source, one: Wanted, found: list[Wanted], behind: list[Clause]) -> tuple[int, int]:
    """Return the bounds of the words that say the ask: its clause where it is alone there, else its part of the list.

    What the next clause adds on how often or how many belongs to them."""
    if sum(other.clause == one.clause for other in found) == 1:
        start, end = one.clause.start, one.clause.end
        if behind and _adds(source.text, behind[0]):
            end = behind[0].end
    else:
        start, end = chunk(source.text, one.clause, one.start, one.end)
    start, end = source.trimmed(start, end)
    if end - start <= _LONGEST:
        return start, end
    start, end = max(start, one.start - _LONGEST // 2), min(end, one.end + _LONGEST // 2)
    return source.trimmed(start, end)


def _adds(text: str, clause: Clause) -> bool:
    """Tell whether `clause` says how often or how many, and not what becomes of those who fail."""
    return bool(_ADDED.search(text, clause.start, clause.end)) and not ISSUERS.search(text, clause.start, clause.end)


def chunk(text: str, clause: Clause, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the part of a list in `clause` that holds the words from `start` to `end`."""
    first, last = clause.start, clause.end
    for cut in LIST.finditer(text, clause.start, clause.end):
        if cut.end() <= start:
            first = cut.end()
        elif cut.start() >= end:
            last = cut.start()
            break
    return first, last


def _per_year(text: str, behind: list[Clause], one: Wanted, visits: Fraction | None) -> Fraction:
    """Return the rhythm nearest to the words: in their clause, before it in the sentence, or behind it."""
    first, start, end = (_near(place, one) for place in (one.clause.first, one.clause.start, one.clause.end))
    if here := rhythms(text, start, end):
        return _nearest(here, one).per_year
    if visits and _EACH_TIME.search(text, first, end):
        return visits
    if _ONCE.search(text, start, end):
        return Fraction(1)
    if before := rhythms(text, first, start):
        return before[-1].per_year
    theirs = (clause for clause in behind if not ISSUERS.search(text, clause.start, clause.end))
    return next(
        (r.per_year for clause in theirs for r in rhythms(text, clause.start, _near(clause.end, one))), Fraction(1)
    )


def _near(place: int, one: Wanted) -> int:
    """Return `place`, or where it is far off from the words the last place that is not."""
    return min(max(place, one.start - _REACH), one.end + _REACH)


def _nearest(listed: list[Rhythm], one: Wanted) -> Rhythm:
    before = [rhythm for rhythm in listed if rhythm.start <= one.start]
    return before[-1] if before else listed[0]


def _items(text: str, behind: list[Clause], one: Wanted) -> int:
    """Return how many are wanted each time: the number by the right classifier that stands nearest to the words."""
    if found := _counted(text, _near(one.clause.start, one), _near(one.clause.end, one), one):
        return found
    if behind and _ANOTHER.search(text, behind[0].start, _near(behind[0].end, one)):
        return _counted(text, behind[0].start, _near(behind[0].end, one), one) or 1
    return 1


def _counted(text: str, start: int, end: int, one: Wanted) -> int | None:
    by = known.ITEMS[one.medium or one.kind]
    counts = [
        (min(abs(found.start() - one.end), abs(found.end() - one.start)), number(found["n"]))
        for found in _COUNT.finditer(text, start, end)
        if found["by"] in by and not _NOT_A_COUNT.search(text[max(start, found.start() - 2) : found.start()])
    ]
    return max(1, min(min(counts)[1], _MOST)) if counts else None
