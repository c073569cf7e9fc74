"""One form for what is written in many: simplified characters, one width, one set of marks, nothing invisible.

Patterns are written against this form; every character of it knows which character of the original it came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

# Punctuation to the full width that Chinese text uses; letters, digits and the rest to half width.
_MARKS = {
    ",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", "〈": "《", "〉": "》", "「": "“", "」": "”",
    "『": "“", "』": "”", "〝": "“", "〞": "”", "﹐": "，", "﹑": "、", "﹔": "；", "﹕": "：", "､": "、", "｡": "。", "．": ".", "‘": "“", "’": "”",
    "—": "-", "–": "-", "～": "-", "〜": "-", "∶": "：", "[": "〔", "]": "〕", "【": "〔", "】": "〕", "\t": " ", "\u3000": " ", "\xa0": " ",
}  # fmt: skip
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad\u180e"
_DROPPED = re.compile(
    rf"[{_INVISIBLE}]+"
    r"|(?<=[\u3400-\u9fff，。；：？！、（）《》“”〔〕]) +(?=[\u3400-\u9fff，。；：？！、（）《》“”〔〕0-9])"
    r"|(?<=[0-9]) +(?=[\u3400-\u9fff])"
    rf"|(?<=[0-9A-Za-z]) +(?=[{_INVISIBLE}])"
)
_CHINESE = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Folded:
    """Folded `text`, and for each of its characters, and its end, the offset in the original; None where nothing moved."""

    text: str
    offsets: tuple[int, ...] | None

    def original(self, offset: int) -> int:
        """Return the original offset of the character at `offset`."""
        return offset if self.offsets is None else self.offsets[offset]

    def original_end(self, end: int) -> int:
        """Return the original end of what ends at `end`: behind its last character, before anything dropped."""
        return end if self.offsets is None or not end else self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Return `text` in its one form.

    >>> folded = fold("【截 圖】须上传ＡＰＰ,谢谢")
    >>> folded.text, folded.original(folded.text.index("图"))
    ('〔截图〕须上传app，谢谢', 3)
    """
    narrow = _quotes(text.translate(_table()))
    narrow = _lower(to_simplified(narrow))
    gaps = list(_DROPPED.finditer(narrow))
    if not gaps:
        return Folded(narrow, None)
    kept: list[int] = []
    last = 0
    for gap in gaps:
        kept += range(last, gap.start())
        last = gap.end()
    kept += range(last, len(narrow))
    return Folded("".join(narrow[i] for i in kept), (*kept, len(text)))


def _lower(text: str) -> str:
    """Return `text` in lower case, one for one: a capital that lower case makes two of stays."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


@cache
def _table() -> dict[int, str]:
    wide = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
    marks = {wide_one: _MARKS.get(narrow, narrow) for wide_one, narrow in wide.items()}
    return {ord(key): value for key, value in {**marks, **_MARKS}.items()}


def _quotes(text: str) -> str:
    """Turn straight quotation marks into pairs, first opening, then closing."""
    if '"' not in text:
        return text
    parts = text.split('"')
    return "".join(part + ("“" if i % 2 == 0 else "”") for i, part in enumerate(parts[:-1])) + parts[-1]


def to_simplified(text: str) -> str:
    """Return `text` in simplified characters, one for one, so that offsets hold."""
    if _is_simplified(text):
        return text
    converted: str = _simplifier().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(one if len(one := _simplifier().convert(c)) == 1 else c for c in text)


def _is_simplified(text: str) -> bool:
    """Tell whether all characters are of GB 2312, which has the simplified ones in use; the rest is worth a closer look."""
    try:
        "".join(_CHINESE.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
