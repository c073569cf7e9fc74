"""Run the cases of rules: each example must be judged as the rule says it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qingzhuang.domain.demands import demand_of
from qingzhuang.domain.gate.judge import Gate
from qingzhuang.domain.notices import notice_of
from qingzhuang.engines.rules import Case, Pack, Rule, RuleBook, open_book

FILLER = (
    "全县各级各部门围绕中心、服务大局，统筹推进各项事业发展，城乡面貌持续改善，产业基础不断夯实，公共服务水平稳步提升。"
    "要坚持从实际出发，因地制宜、分类施策，把有限的力量用在最需要的地方，让群众得到看得见的好处。"
    "各有关单位按照职责分工，加强沟通协作，形成工作合力，及时研究解决推进过程中遇到的困难。"
    "财政资金优先保障民生支出，项目建设注重质量和安全，生态环境保护与经济发展同步谋划、同步推进。"
)
"""Sentences that no rule has anything against: `{fill:N}` in a case stands for N characters of them."""

_FILL = re.compile(r"\{fill:(\d+)\}")
_LINE = 400


@dataclass(frozen=True)
class Outcome:
    """One case of a rule: which (its side and number from 1), whether it was judged as it says."""

    rule: Rule
    side: str
    number: int
    case: Case
    held: bool


def run_cases(packs: Sequence[Pack], on: date) -> Iterator[Outcome]:
    """Run every case of every rule that judges, each on the case's own day or the first day from `on` back that it is in force.

    A rule is tried alone, so that a stronger one of the same code does not hide it."""
    for day, rules in _days(packs, on).items():
        book = open_book(packs, day)
        for rule in rules:
            yield from _outcomes(rule, book)


def _days(packs: Sequence[Pack], on: date) -> Mapping[date, list[Rule]]:
    """Return each day on which cases are run with the rules tried on it: rules in force on `on`."""
    book = open_book(packs, on)
    days: dict[date, list[Rule]] = {}
    for rule in book.rules.values():
        if rule.when or rule.text:
            for day in {case.on or on for case in (*rule.cases.fails, *rule.cases.passes)}:
                days.setdefault(day, []).append(rule)
    return days


def _outcomes(rule: Rule, book: RuleBook) -> Iterator[Outcome]:
    gate = Gate(replace(book, rules={rule.id: replace(rule, applies_to=())}))
    for side, cases in (("fails", rule.cases.fails), ("passes", rule.cases.passes)):
        for number, case in enumerate(cases, 1):
            if case.on is None or case.on == book.on:
                found = any(finding.rule.id == rule.id for finding in _judged(case, gate))
                yield Outcome(rule, side, number, case, found == (side == "fails"))


def _judged(case: Case, gate: Gate) -> Iterable[Any]:
    if case.subject is not None:
        demand, notice = demand_of(case.subject)
        return gate.judge_demand(demand, notice)
    return gate.judge_notice(notice_of(filled(case.text or "")))


def filled(text: str) -> str:
    """Return `text` with each `{fill:N}` replaced by N characters of neutral sentences, in paragraphs.

    >>> len(filled("{fill:1000}").replace("\\n", ""))
    1000
    """

    def put(found: re.Match[str]) -> str:
        size = int(found[1])
        body = (FILLER * (size // len(FILLER) + 1))[:size]
        return "\n".join(body[i : i + _LINE] for i in range(0, size, _LINE))

    return _FILL.sub(put, text)
