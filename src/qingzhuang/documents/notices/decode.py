"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030; nothing is guessed, so nothing is read wrongly without a word."""

from __future__ import annotations

import re

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.errors import UnreadableNotice, too_big

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BREAKS = re.compile(r"\r\n?")

# What a page may declare. Python knows codecs that are none for text, and some that take forever.
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}


def decode(data: bytes, file: str, declared: str = "") -> str:
    """Return the text of `data` with `\\n` between its lines; raises `UnreadableNotice`.

    `declared` is the encoding that a page names for itself; it is tried after UTF-8, which cannot be mistaken."""
    if not data.strip():
        raise UnreadableNotice("empty", file)
    encodings = [name for mark, name in _MARKED if data.startswith(mark)]
    if not encodings:
        if b"\0" in data:
            raise UnreadableNotice("binary", file)
        encodings = ["utf-8", *filter(None, [_DECLARED.get(declared.lower())]), "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _BREAKS.sub("\n", text) if "\r" in text else text
    raise UnreadableNotice("encoding", file)


def decode_markup(data: bytes, file: str, signs: str, declared: str = "") -> str:
    """Return the text of `data`, a page or Markdown, as `decode` does; raises `UnreadableNotice` for too many of `signs` too."""
    if len(data) > limits.MARKUP_BYTES:
        raise too_big(len(data), limits.MARKUP_BYTES, file)
    text = decode(data, file, declared)
    if sum(map(text.count, signs)) > limits.SIGNS:
        raise UnreadableNotice("too-many-signs", file, most=limits.SIGNS)
    return text


def lines_of(text: str, file: str) -> list[str]:
    """Return the lines of `text`; raises `UnreadableNotice` where there are too many, or one is too long."""
    if text.count("\n") >= limits.LINES:
        raise UnreadableNotice("too-many-lines", file, most=limits.LINES)
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        check_length(len(line), number, file)
    return lines


def check_length(length: int, line: int, file: str) -> None:
    """Raise `UnreadableNotice` where a paragraph that begins on `line` is longer than any that people write."""
    if length > limits.PARAGRAPH:
        raise UnreadableNotice("long-line", file, line=line, column=limits.PARAGRAPH + 1, most=limits.PARAGRAPH)
