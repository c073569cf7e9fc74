"""Every problem and note that reading can make has its words, and they ask for nothing that it does not carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tables.files import book
from tests.tables.reading import read

from qingzhuang.domain.channels.inventory import Note
from qingzhuang.tables.describe import describe, describe_note
from qingzhuang.tables.errors import Problem
from qingzhuang.words import LANGUAGES, Words, catalogue

SOURCES = [
    file.read_text(encoding="utf-8")
    for file in (Path(__file__).resolve().parents[2] / "src/qingzhuang/tables").glob("*.py")
]
NOTES = {code for text in SOURCES for code in re.findall(r'Note\(\s*"([a-z-]+)"', text)} | {
    "unknown-column", "repeated-column", "phone-ignored",
}  # fmt: skip
_BEFORE = r"(?:Problem\(|_unreadable\(|\.problem\(|_report\(|problems, |code: str = |code, wrong in \(\(|\), \()"
_CODE = r'"([a-z]+-[a-z-]+|password|negative|truncated|encoding)"'
PROBLEMS = {code for text in SOURCES for code in re.findall(rf"{_BEFORE}\s*{_CODE}", text)}


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_every_code_has_words(lang: str) -> None:
    texts = catalogue("input", lang)
    assert len(PROBLEMS) > 25
    assert {code for code in PROBLEMS if code.replace("-", "_") not in texts} == set()
    assert {code for code in NOTES if f"note_{code.replace('-', '_')}" not in texts} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_describe_note(tmp_path: Path, lang: str) -> None:
    rows = [["群编号", "群名称", "星座", "电话"], ["1", "甲", "x", "1.38E+10"], ["合计"], ["1", "甲", "y", "1.4E+10"]]
    said = [describe_note(note, Words(lang)) for note in read(book(tmp_path / "x.xlsx", {"工作群": rows})).notes]
    assert len(said) == 5
    assert all("x.xlsx · 工作群" in text and "{" not in text for text in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_describe_shortens_what_is_long(lang: str) -> None:
    problem = Problem("unknown-channel", "x.csv", row=7, column="群编号", value="长" * 500, column_number=28)
    text = describe(problem, Words(lang))
    assert "长" * 60 not in text
    assert "（AB7）" in text or "(AB7)" in text


def test_describe_note_lists_a_few() -> None:
    note = Note("same-row-twice", {"where": "x", "rows": list(range(100)), "count": 100})
    assert describe_note(note, Words("en")).endswith("8, 9, 10, 11 ….")
