"""Plain text: a paragraph a line; where every line was broken at one width, the lines of a paragraph are joined again."""

from __future__ import annotations

import unicodedata
from collections import Counter

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.decode import decode, lines_of
from qingzhuang.documents.notices.errors import too_big
from qingzhuang.documents.notices.weave import HEADING, TERMINAL, Weave
from qingzhuang.domain.notices.notice import Paragraph, plain_paragraph

_NARROWEST, _WIDEST = 40, 160
"""Widths, in half-width letters, at which programs break lines; a shorter one is a list."""

_FEWEST = 4
_SLACK = 4


def read_plain(data: bytes, file: str) -> Content:
    """Return the paragraphs of the text `data`; raises `UnreadableNotice`."""
    if len(data) > limits.TEXT_BYTES:
        raise too_big(len(data), limits.TEXT_BYTES, file)
    lines = [line.rstrip() for line in lines_of(decode(data, file), file)]
    width = _broken_at(lines)
    if width is None:
        return Content([plain_paragraph(line, number) for number, line in enumerate(lines, 1) if line])
    return Content(_joined(lines, width, file))


def _broken_at(lines: list[str]) -> int | None:
    """Return the width at which the lines were broken, or None where each is a paragraph of its own.

    Broken lines are alike in width and mostly end within a sentence; paragraphs do neither."""
    widths = [_width(line) for line in lines if line]
    likely = [(width, count) for width, count in Counter(widths).items() if _NARROWEST <= width <= _WIDEST]
    if not likely:
        return None
    full = max(likely, key=lambda one: (sum(count for width, count in likely if abs(width - one[0]) <= _SLACK), one))[0]
    alike = [line for line in lines if line and abs(_width(line) - full) <= _SLACK]
    open_ended = [line for line in alike if not TERMINAL.search(line)]
    longer = sum(width > full + _SLACK for width in widths)
    if len(open_ended) < _FEWEST or 2 * len(alike) < len(widths) or 10 * longer > len(widths):
        return None
    return full if 10 * len(open_ended) >= 6 * len(alike) else None


def _joined(lines: list[str], width: int, file: str) -> list[Paragraph]:
    """Return `lines`, broken at `width`, as paragraphs: one begins behind a short line, or indented, or with its number."""
    indents = Counter(len(line) - len(line.lstrip()) for line in lines if _width(line) >= width - _SLACK)
    usual = indents.most_common(1)[0][0]
    paragraphs: list[Paragraph | None] = []
    weave, before = Weave(file), ""
    for number, line in enumerate(lines, 1):
        text = line.lstrip()
        indent = len(line) - len(text)
        goes_on = text and _width(before) >= width - _SLACK and indent <= usual
        if not goes_on or (TERMINAL.search(before) and HEADING.match(text)):
            paragraphs.append(weave.finish())
        weave.add_line(text, number, indent + 1)
        before = line
    return [one for one in (*paragraphs, weave.finish()) if one]


def _width(line: str) -> int:
    """Return how wide `line` is printed, in half-width letters."""
    return len(line) if line.isascii() else sum(1 + (unicodedata.east_asian_width(one) in "WFA") for one in line)
