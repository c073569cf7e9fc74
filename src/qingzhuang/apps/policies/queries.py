"""The rules that the installation judges by: the built-in packs, and those that its settings lay over them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings

from qingzhuang.domain.demands.stages import STAGES, Line, Stage, stages_of
from qingzhuang.domain.gate import Checker
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import RuleBook, open_book
from qingzhuang.tables.packs import load_packs


def checker_on(day: date) -> Checker:
    """Return what judges notices and demands by the rules of `day`."""
    return _checker(tuple(settings.RULES), day)


def book_on(day: date) -> RuleBook:
    """Return the rules and parameters in force on `day`."""
    return _book(tuple(settings.RULES), day)


def stages_on(day: date, line: Line) -> tuple[Stage, ...]:
    """Return the way through the gate for documents of `line` on `day`; raises BadStages where the packs give none."""
    return stages_of(book_on(day).value(STAGES), line)


@lru_cache(maxsize=4)
def _checker(rules: tuple[str, ...], day: date) -> Checker:
    return Checker(load_packs(rules, lists=LISTS), today=day, on=day)


@lru_cache(maxsize=4)
def _book(rules: tuple[str, ...], day: date) -> RuleBook:
    return open_book(load_packs(rules, lists=LISTS), day)
