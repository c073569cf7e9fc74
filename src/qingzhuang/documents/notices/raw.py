"""What the bytes of an old form say, as far as that can be told without a program that understands the form.

It is asked before LibreOffice is, so that a marked text is not even written to a folder in memory where that can be
helped. What it misses, the text that LibreOffice hands back is judged by again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HINTS = "密注"
"""Every mark has one of these; only what stands around them is decoded."""

_BEFORE, _BEHIND = 400, 600
_MOST = 2_000
"""Places looked at; a mark stands at the top, and a file of more such places was made to take time."""

_CUT = "字"
_BREAKS = re.compile("[\x00-\x08\x0a-\x1f\ufffd]+")

_RTF_HINTS = re.compile(  # in numbers, in hexadecimal, as they are
    rb"(?i)\\u(?:23494|27880)|\\'c3\\'dc|\\'d7\\'a2|"
    + b"|".join(one.encode(e) for one in _HINTS for e in ("utf-8", "gb18030"))
)
_RTF_BYTES = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+")
_RTF_LETTER = re.compile(r"\\u(-?\d{1,6}) ?(?:\?|\\'3f)?")
_RTF_BREAK = re.compile(r"\\(?:par|line|cell|row|sect|page)\b ?|\n")
_RTF_WORD = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|[{}]|\\\*")


def raw_texts(data: bytes) -> Iterator[str]:
    """Yield the lines that `data` may hold and that may carry a mark, in each way that old forms write text."""
    if data.startswith(b"{\\rtf"):
        if _RTF_HINTS.search(data):
            yield from _rtf_lines(data)
        return
    for encoding in ("utf-16-le", "utf-8", "gb18030"):
        hints = re.compile(b"|".join(re.escape(hint.encode(encoding)) for hint in _HINTS))
        read_to = read = 0
        for found in hints.finditer(data):
            if found.start() < read_to:
                continue
            if (read := read + 1) > _MOST:
                break
            start = max(found.start() - _BEFORE, found.start() % 2)
            read_to = found.start() + _BEHIND
            around = data[start:read_to].decode(encoding, errors="replace")
            yield from _BREAKS.split(f"{_CUT}{around}{_CUT}")  # what was cut must not look like a line of its own
            yield ""


def _rtf_lines(data: bytes) -> Iterator[str]:
    """Yield the lines of `data`, RTF: letters stand in it as numbers, or as bytes of GB18030 in hexadecimal."""
    plain = _RTF_BYTES.sub(lambda found: bytes.fromhex(found.group().replace(b"\\'", b"").decode("ascii")), data)
    text = plain.decode("gb18030", errors="replace")
    text = _RTF_LETTER.sub(lambda found: chr(int(found.group(1)) % 0x10000), text)
    for line in _RTF_BREAK.split(text):
        yield _RTF_WORD.sub("", line)


def literal_mark(data: bytes, marks: Sequence[str]) -> str | None:
    """Return which of the county's own marks the bytes hold as the county has written it."""
    for mark in filter(None, map(str.strip, marks)):
        if any(mark.encode(encoding) in data for encoding in ("utf-16-le", "utf-8", "gb18030")):
            return mark
    return None
