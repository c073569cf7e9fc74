"""Every code that a plan can hold has words in each language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.documents import county

from qingzhuang.domain.channels.inventory import APP_PLATFORMS, CHANNELS, PEOPLE, UNITS, Secrecy
from qingzhuang.domain.channels.result import Code, ReasonCode, Step
from qingzhuang.engines.cover.results import HOW
from qingzhuang.engines.rules import Certainty, Severity
from qingzhuang.words import LANGUAGES, Words, catalogue


def keys() -> Iterator[str]:
    for kind, codes in {
        "": Step,
        "finding_": Code,
        "reason_": ReasonCode,
        "because_": ReasonCode,
        "severity_": Severity,
        "certainty_": Certainty,
        "secrecy_": Secrecy,
        "solved_": HOW,
        "column_": {*CHANNELS, "left_on", "parent", "level", "post"},
    }.items():
        yield from (f"{kind}{str(code).replace('-', '_')}" for code in codes)
    yield from (f"platform_{platform}" for platform in (*APP_PLATFORMS, "wechat", "qq", "wecom", "dingtalk"))
    yield from ("people_persons", "people_posts", "column_memberships", "column_people", "column_units")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_words(lang: str) -> None:
    words = Words(lang)
    assert [key for key in keys() if not words(f"plan.{key}", into="x")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_note_of_the_domain_has_words(lang: str) -> None:
    words = Words(lang)
    for note in county.NOTES:
        assert words(f"report.note_{note.code.replace('-', '_')}", **note.data)


@pytest.mark.parametrize("part", ["plan", "report"])
def test_both_written_languages_have_the_same_keys(part: str) -> None:
    chinese, english = catalogue(part, "zh-Hans"), catalogue(part, "en")
    assert {key for key in english if not (key.endswith("_one") and key not in chinese)} == set(chinese)


def test_columns_of_the_other_tables_are_called_something() -> None:
    texts = catalogue("plan", "zh-Hans")
    names = {f"column_people_{name}" for name in ("name", "unit")} | {f"column_{name}" for name in (*PEOPLE, *UNITS)}
    assert names <= texts.keys()
