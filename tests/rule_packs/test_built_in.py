"""The built-in packs: every case is judged as it says, and what the documents promise of days and severities holds."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rule_packs.codes_page import PAGE, codes_page

from qingzhuang.domain.gate import Code
from qingzhuang.domain.gate.cases import run_cases
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import Severity, open_book, strongest
from qingzhuang.tables.packs import built_in_packs, load_packs

EVERY = [name for name in built_in_packs() if name != "base"]
ON = date(2026, 11, 1)
FROM_2019 = (Code.SCREENSHOT_EVIDENCE, Code.ONE_VOTE_VETO, Code.PLEDGE_LETTER)
FROM_2026 = (Code.CHECK_IN, Code.POINTS_RANKING, Code.LIKES_AS_BASIS, Code.FORCED_INSTALL)


def severity(code: Code, on: date) -> Severity | None:
    rule = strongest(r for r in open_book(load_packs([], lists=LISTS), on).rules.values() if r.code == code)
    return rule.severity if rule else None


def test_every_case_is_judged_as_it_says() -> None:
    outcomes = list(run_cases(load_packs(EVERY, lists=LISTS), ON))
    assert len(outcomes) > 100
    assert [(o.rule.id, o.side, o.number) for o in outcomes if not o.held] == []


def test_every_rule_that_judges_has_a_case_on_each_side() -> None:
    rules = open_book(load_packs(EVERY, lists=LISTS), ON).rules.values()
    judging = [rule for rule in rules if rule.when or rule.text]
    assert [rule.id for rule in judging if not (rule.cases.fails and rule.cases.passes)] == []


def test_every_code_has_a_rule_and_every_sign_is_there() -> None:
    book = open_book(load_packs([], lists=LISTS), ON)
    judging = [rule for rule in book.rules.values() if rule.when or rule.text]
    assert {str(code) for code in Code} == {rule.code for rule in judging}
    named = {name for rule in judging if rule.text for name in rule.text.signs}
    assert sorted(named - set(book.signs)) == []


@pytest.mark.parametrize("code", FROM_2019)
def test_reject_from_march_2019(code: Code) -> None:
    assert severity(code, date(2019, 2, 28)) is not Severity.REJECT
    assert severity(code, date(2019, 3, 11)) is Severity.REJECT
    assert severity(code, ON) is Severity.REJECT


@pytest.mark.parametrize("code", FROM_2026)
def test_reject_from_january_2026(code: Code) -> None:
    assert severity(code, date(2026, 1, 24)) is not Severity.REJECT
    assert severity(code, date(2026, 1, 25)) is Severity.REJECT


def test_codes_page_is_what_the_packs_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == codes_page(), "python -m tests.rule_packs.codes_page writes it anew"
