"""A notice laid out to be read: which paragraph is the title, which cells make a table, where the findings begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from qingzhuang.domain.gate import Finding
from qingzhuang.domain.notices import Head, Notice, Paragraph, Role, read_head

_SIGNATURE = 40
_DATE = re.compile(
    r"[12一二][\d〇○零oO一二三四五六七八九]{3}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_SPACES = re.compile(r"\s")
_YAML = "yaml"


class Look(StrEnum):
    """How a paragraph is set."""

    ABOVE = "above"
    """The red head and the number, above the title."""
    TITLE = "title"
    HEADING = "heading"
    ADDRESSEES = "addressees"
    TEXT = "text"
    CLOSING = "closing"
    """The signature and its date."""
    FIELD = "field"
    """A field of a demand written as YAML."""
    MARGIN = "margin"
    CELL = "cell"


@dataclass(frozen=True)
class Line:
    """A paragraph, its index in the notice, and how it is set."""

    index: int
    paragraph: Paragraph
    look: Look


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each with its lines; a cell without text, or covered by one that spans, has none."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all cells, in reading order."""
        return (line for row in self.rows for cell in row for line in cell)


Block = Line | Grid


@dataclass(frozen=True)
class Piece:
    """A part of a paragraph, from `start` to `end`, in which the same findings hold; they are named by their numbers.

    `owner` is the one that the part leads to: the shortest of them, for it has the fewest parts to be reached by. `ends`
    are those that go no further."""

    start: int
    end: int
    numbers: tuple[int, ...] = ()
    owner: int | None = None
    ends: tuple[int, ...] = ()


def blocks(notice: Notice) -> Iterator[Block]:
    """Yield the paragraphs and tables of `notice` in reading order; page headers and footers stand alone."""
    looks = _looks(notice)
    lines = [Line(i, paragraph, looks[i]) for i, paragraph in enumerate(notice.paragraphs)]
    for table, members in groupby(lines, key=_table):
        if table:
            yield _grid(list(members))
        else:
            yield from members


def begin(line: Line) -> int:
    """Return the offset from which `line` is shown: white space at its beginning gives way to how it is set."""
    text = line.paragraph.text
    return len(text) - len(text.lstrip())


def _table(line: Line) -> int:
    cell = line.paragraph.cell
    return cell[0] if cell and line.look is Look.CELL else 0


def _grid(lines: Sequence[Line]) -> Grid:
    """Return the table of `lines`; a column is where any cell of it begins."""
    places: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        assert line.paragraph.cell
        _, row, column = line.paragraph.cell
        places.setdefault((row, column), []).append(line)
    rows, columns = sorted({row for row, _ in places}), sorted({column for _, column in places})
    return Grid(tuple(tuple(tuple(places.get((row, column), ())) for column in columns) for row in rows))


def _looks(notice: Notice) -> list[Look]:
    head = read_head(notice)
    return [_look(i, paragraph, notice, head) for i, paragraph in enumerate(notice.paragraphs)]


def _look(index: int, paragraph: Paragraph, notice: Notice, head: Head) -> Look:
    fixed = {Role.MARGIN: Look.MARGIN, Role.TITLE: Look.TITLE, Role.HEADING: Look.HEADING}
    if paragraph.role in fixed:
        return fixed[paragraph.role]
    if paragraph.cell:
        return Look.CELL
    if notice.form == _YAML:
        return Look.FIELD
    if head.title_at is not None and index <= head.title_at:
        return Look.TITLE if index == head.title_at else Look.ABOVE
    if index == head.addressees_at:
        return Look.ADDRESSEES
    return Look.CLOSING if index >= head.body[1] and _closes(paragraph.text, head) else Look.TEXT


def _closes(text: str, head: Head) -> bool:
    """Tell whether `text`, behind the body, is the issuer's name or a date."""
    bare = _SPACES.sub("", text)
    issuer = _SPACES.sub("", head.issuer or "")
    return len(bare) <= _SIGNATURE and (bool(_DATE.fullmatch(bare)) or (bool(issuer) and bare.startswith(issuer)))


def pieces(length: int, findings: Iterable[tuple[int, Finding]]) -> Iterator[Piece]:
    """Yield the parts of a paragraph of `length`, cut where one of its numbered `findings` begins or ends.

    >>> from types import SimpleNamespace as F
    >>> [(p.start, p.end, p.numbers, p.owner) for p in pieces(9, [(1, F(start=0, end=6)), (2, F(start=2, end=4))])]
    [(0, 2, (1,), 1), (2, 4, (1, 2), 2), (4, 6, (1,), 1), (6, 9, (), None)]
    """
    spans = {number: _span(finding, length) for number, finding in findings}
    cuts = sorted({0, length, *(edge for span in spans.values() for edge in span)})
    for start, end in pairwise(cuts):
        numbers = tuple(number for number, (first, last) in spans.items() if first <= start and end <= last)
        owner = min(numbers, key=lambda number: spans[number][1] - spans[number][0], default=None)
        yield Piece(start, end, numbers, owner, tuple(number for number in numbers if spans[number][1] == end))


def _span(finding: Finding, length: int) -> tuple[int, int]:
    """Return where the words of `finding` are; one without words speaks of the whole."""
    end = min(finding.end, length)
    return (finding.start, end) if finding.start < end else (0, length)
