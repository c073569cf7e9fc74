"""The labelled texts and what was learned from them belong together."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.texts import FOLDER, digest_of, read_texts

from qingzhuang.domain.gate import Code, Gate
from qingzhuang.domain.notices import notice_of
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import open_book
from qingzhuang.tables.packs import load_packs

BOOK = open_book(load_packs([], lists=LISTS), date(2026, 11, 1))
GATE = Gate(BOOK)
OF_THE_WHOLE = {Code.NO_BASIS, Code.TOO_LONG, Code.DIRECTIVE_FORM}
"""Faults of a whole notice, which are shown at its title or at those whom it directs."""


def test_the_weights_were_learned_from_the_texts_as_they_are() -> None:
    weighed = BOOK.signs["check-in"].weighed
    assert weighed
    assert weighed.file.weights.learned_from == digest_of("dev"), "texts were changed: make learn"


def test_every_code_has_weights() -> None:
    for code in Code:
        weighed = BOOK.signs[str(code)].weighed
        assert weighed, code
        assert str(code) in weighed.file.weights.signs
        assert weighed.thresholds.keeps < weighed.thresholds.finds


@pytest.mark.parametrize("half", ["dev", "heldout"])
@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_forty_of_each_kind(half: str, code: Code) -> None:
    labels = [one.label for one in read_texts(half, code)]
    assert labels.count(True) >= 40
    assert labels.count(False) >= 40


def test_no_text_is_in_both_halves() -> None:
    halves = [
        {
            json.loads(line)["text"]
            for path in (FOLDER / half).glob("*.jsonl")
            for line in path.read_text("utf-8").splitlines()
        }
        for half in ("dev", "heldout")
    ]
    assert not halves[0] & halves[1]


def test_ordinary_prose_is_left_alone() -> None:
    """Of the documents that ask for nothing improper few may be found fault with, and next to none refused."""
    texts = read_texts("dev", "ordinary")
    found = [finding for one in texts for finding in GATE.judge_notice(notice_of(one.text))]
    assert len(texts) > 500
    assert len(found) < len(texts) / 20
    assert sum(finding.rule.severity == "reject" for finding in found) < len(texts) / 100


@pytest.mark.parametrize("code", [code for code in Code if code not in OF_THE_WHOLE])
def test_the_words_shown_are_those_that_a_reader_marked(code: Code) -> None:
    """Where a writer marked the words at fault, what is shown touches them, in most texts."""
    touched = shown = 0
    for one in read_texts("dev", code):
        notice = notice_of(one.text)
        marked = [(i, at) for i, p in enumerate(notice.paragraphs) if (at := p.text.find(one.at)) >= 0]
        found = [finding for finding in GATE.judge_notice(notice) if finding.code == code]
        if one.at and one.label and found and marked:
            shown += 1
            touched += any(
                f.paragraph == i and f.start < at + len(one.at) and at < f.end for f in found for i, at in marked
            )
    assert shown
    assert touched >= 0.7 * shown
