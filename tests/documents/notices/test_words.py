"""Every reason why a notice is not read has its words, in each language, and they ask for nothing that it does not carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.documents.notices.files import refusal

from qingzhuang.documents.notices import SecretMark, UnreadableNotice, describe
from qingzhuang.words import LANGUAGES, Words, catalogue

SOURCES = (Path(__file__).resolve().parents[3] / "src/qingzhuang/documents/notices").glob("*.py")
TEXT = "".join(file.read_text(encoding="utf-8") for file in SOURCES)
CODES = set(re.findall(r'UnreadableNotice\(\s*"([a-z-]+)"', TEXT)) | set(re.findall(r'"code": "([a-z-]+)"', TEXT))
CODES |= {
    "secret-mark",
    "hidden-direction",
    "control-character",
    "scanned-pages",
    "other-inside",
    "password",
    "damaged",
}
FRAME = {"in_file", "at_place", "comma", "more"}


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_every_code_has_words_and_every_text_its_code(lang: str) -> None:
    keys = catalogue("notices", lang).keys() - FRAME
    assert {code.replace("-", "_") for code in CODES} == keys


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UnreadableNotice("hidden-direction", "a.txt", line=3, column=7, name="U+202E"), ["a.txt", "3", "7", "U+202E"]),
        (UnreadableNotice("too-many-pages", "a.pdf", pages=5000, most=500), ["a.pdf", "5000", "500"]),
        (UnreadableNotice("scanned-pages", "a.pdf", pages=tuple(range(1, 99))), ["qingzhuang[ocr]", "12", "…"]),
        (SecretMark("机密", "a.txt"), ["机密", "保密员"]),
        (refusal("字".encode() * 1_000_001, "a.txt"), ["1000000"]),
        (refusal(b"x", "a.exe"), [".exe"]),
    ],
)
def test_describe_names_what_is_wrong_and_where(lang: str, error: UnreadableNotice, said: list[str]) -> None:
    text = describe(error, Words(lang))
    shown = said if lang != "zh-Hant" else [word for word in said if word.isascii()]
    assert [word for word in shown if word not in text] == []
    assert "{" not in text
