"""Lines of a laid-out page joined to paragraphs, by where they stand: what PDF, OFD and scans have in common.

A line that reaches the right edge goes on in the next one, unless that one is indented, begins with its number after the
end of a sentence, or is set in another size. What repeats at the edge of pages, and their numbers, is margin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qingzhuang.documents.notices.weave import HEADING, TERMINAL, Weave
from qingzhuang.domain.notices.notice import Paragraph, Role


@dataclass(frozen=True)
class Line:
    """A line of text and its box on `page` (from 1), measured from the page's upper left corner; `size` of its letters."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float


Sizes = Mapping[int, tuple[float, float]]
"""Width and height of each page, by its number."""

_PAGE_NUMBER = re.compile(
    r"[\s\-—–―·•.~_]*(?:第\s*)?[\d一二三四五六七八九十]{1,4}(?:\s*页)?(?:\s*[/／，,]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–―·•.~_]*"
)
_EDGE = 0.12
"""The part of a page's height that is its upper or lower edge."""

_NARROW = 0.75
_LARGER = 1.2
_FULL = 1.7
_INDENT = 0.8


def paragraphs_of(lines: Sequence[Line], sizes: Sizes, file: str) -> list[Paragraph]:
    """Return `lines` as paragraphs; the line numbers in them count `lines` from 1. `sizes` are those of the pages."""
    margins = _margins(lines, sizes)
    body = [line for number, line in enumerate(lines) if number not in margins]
    return list(_joined(lines, margins, _Block.of(body or lines, max(width for width, _ in sizes.values())), file))


@dataclass(frozen=True)
class _Block:
    """The block of text on the pages: its edges, and the size of its letters."""

    left: float
    right: float
    size: float

    @classmethod
    def of(cls, lines: Sequence[Line], width: float) -> _Block:
        letters: Counter[float] = Counter()
        for line in lines:
            letters[round(line.size)] += len(line.text)
        size = max(letters.most_common(1)[0][0], 1.0)
        lefts = Counter(round(line.left / size * 2) for line in lines)
        usual = [left for left, count in lefts.items() if count >= max(2, len(lines) // 20)] or list(lefts)
        left = min(usual) * size / 2
        rights = sorted(line.right for line in lines)
        right = rights[-1 - len(rights) // 20]
        if right - left < _NARROW * (
            width - 2 * left
        ):  # short lines only: the block ends as far from the edge as it begins
            right = width - left
        return cls(left, right, size)

    def is_full(self, line: Line) -> bool:
        return line.right > self.right - _FULL * line.size

    def is_indented(self, line: Line) -> bool:
        return line.left > self.left + _INDENT * line.size

    def is_centred(self, line: Line) -> bool:
        before, behind = line.left - self.left, self.right - line.right
        return abs(before - behind) < 2 * line.size

    def is_large(self, line: Line) -> bool:
        return line.size >= _LARGER * self.size


def _joined(lines: Sequence[Line], margins: set[int], block: _Block, file: str) -> Iterator[Paragraph]:
    weave = Weave(file)
    first: Line | None = None
    before: Line | None = None
    for number, line in enumerate(lines):
        if number in margins:
            continue
        if before is not None and not _goes_on(before, line, block):
            yield from _done(weave, first, block)
            first = None
        first = first or line
        weave.add_line(line.text, number + 1, 1)
        before = line
    yield from _done(weave, first, block)
    for number in sorted(margins):
        weave.add(lines[number].text, number + 1, 1)
        if done := weave.finish(Role.MARGIN, page=lines[number].page):
            yield done


def _goes_on(before: Line, line: Line, block: _Block) -> bool:
    larger, smaller = max(before.size, line.size), min(before.size, line.size)
    if larger > _LARGER * smaller:
        return False
    if block.is_large(before) and block.is_centred(before) and block.is_centred(line):
        return before.page == line.page and line.top - before.bottom < line.size and not before.text.endswith("文件")
    if not block.is_full(before) or block.is_indented(line):
        return False
    return not (TERMINAL.search(before.text) and HEADING.match(line.text))


def _done(weave: Weave, first: Line | None, block: _Block) -> Iterator[Paragraph]:
    if first is None:
        return
    text = weave.parts[-1] if weave.parts else ""
    is_title = first.page == 1 and block.is_large(first) and block.is_centred(first) and not text.endswith("文件")
    if done := weave.finish(Role.TITLE if is_title else Role.TEXT, page=first.page):
        yield done


def _margins(lines: Sequence[Line], sizes: Sizes) -> set[int]:
    """Return which lines are running heads, running feet or numbers of pages."""
    margins: set[int] = set()
    running: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    outermost = _outermost(lines)
    for number in outermost:
        line = lines[number]
        height = sizes[line.page][1]
        is_upper, is_lower = line.bottom < _EDGE * height, line.top > (1 - _EDGE) * height
        if not (is_upper or is_lower):
            continue
        if _PAGE_NUMBER.fullmatch(line.text):
            margins.add(number)
        running[re.sub(r"\d+", "#", line.text.strip()), round(line.top / line.size)].append(number)
    for members in running.values():
        if len({lines[number].page for number in members}) >= max(2, len(sizes) // 2):
            margins.update(members)
    return margins


def _outermost(lines: Sequence[Line]) -> list[int]:
    """Return the highest and the lowest line of each page, and the next to those if they are short: no more can be margin."""
    widest = max((line.right - line.left for line in lines), default=0.0)
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        pages[line.page].append(number)
    found: set[int] = set()
    for members in pages.values():
        members.sort(key=lambda number: lines[number].top)
        found.update(members[:1], members[-1:])
        near = (
            number
            for number in (*members[1:2], *members[-2:-1])
            if lines[number].right - lines[number].left < widest / 2
        )
        found.update(near)
    return sorted(found)


def rows_of(pieces: Iterable[Line]) -> list[Line]:
    """Return pieces of text that stand beside one another as one line each, from top to bottom, page by page."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda one: (one.page, one.top + one.bottom)):
        row = rows[-1] if rows else []
        if row and row[0].page == piece.page and piece.top + piece.bottom < row[0].bottom * 2 - row[0].size * 0.3:
            row.append(piece)
        else:
            rows.append([piece])
    return [_row(sorted(row, key=lambda one: one.left)) for row in rows]


def _row(pieces: list[Line]) -> Line:
    text, end = pieces[0].text, pieces[0].right
    for piece in pieces[1:]:
        wide = piece.left - end > piece.size / 2
        text += (" " if wide and not text.endswith(" ") else "") + piece.text
        end = max(end, piece.right)
    tallest = max(pieces, key=lambda one: one.size)
    return Line(text, pieces[0].page, pieces[0].left, tallest.top, end, tallest.bottom, tallest.size)
