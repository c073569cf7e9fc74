"""A notice as it was read: paragraphs of text, each character of which knows where it stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a paragraph is to the layout of its document, as far as the file itself says so."""

    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    CELL = "cell"
    MARGIN = "margin"
    """A page's header or footer."""


@dataclass(frozen=True)
class Origin:
    """From the character at `offset` of a paragraph on, the file is at `line` and `column` (from 1, in code points)."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or table cell.

    A paragraph that the file breaks over several lines is joined; `origins`, in order and the first at offset 0, keep
    where each part came from. `page` and the table's `cell` (table, row, column) count from 1 where the form has them;
    `name` is the field's where the paragraph is a field of a form."""

    text: str
    origins: tuple[Origin, ...]
    role: Role = Role.TEXT
    page: int | None = None
    cell: tuple[int, int, int] | None = None
    name: str = ""

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the character at `offset`; one behind the last is allowed."""
        origin = self.origins[bisect_right(self.origins, offset, key=lambda one: one.offset) - 1]
        return origin.line, origin.column + offset - origin.offset

    def behind(self, offset: int) -> tuple[int, int]:
        """Return the line and the exclusive column of an end at `offset`: on the line of the character before it."""
        line, column = self.at(max(offset - 1, 0))
        return line, column + (1 if offset else 0)

    def line_at(self, offset: int) -> tuple[str, int]:
        """Return the text of the file's line that holds `offset`, and the offset at which that line begins here."""
        line = self.at(offset)[0]
        same = [i for i, origin in enumerate(self.origins) if origin.line == line]
        start = self.origins[same[0]].offset
        end = self.origins[same[-1] + 1].offset if same[-1] + 1 < len(self.origins) else len(self.text)
        return self.text[start:end], start


def plain_paragraph(text: str, line: int, column: int = 1) -> Paragraph:
    """Return a paragraph that stands on one line of its file."""
    return Paragraph(text, (Origin(0, line, column),))


@dataclass(frozen=True)
class Notice:
    """A notice: `file` as the user named it, `form` (docx, pdf, html, md, txt …), its paragraphs in reading order.

    `scanned` says that the text was recognised from pictures, so that every finding is to be read beside them."""

    file: str
    form: str
    paragraphs: tuple[Paragraph, ...]
    scanned: bool = False


def notice_of(text: str, file: str = "-") -> Notice:
    """Return plain text as a notice, one paragraph a line; empty lines are left out.

    >>> [p.at(0) for p in notice_of("第一条\\n\\n第二条").paragraphs]
    [(1, 1), (3, 1)]
    """
    lines = (line.rstrip("\r") for line in text.split("\n"))
    return Notice(file, "txt", tuple(plain_paragraph(line, n) for n, line in enumerate(lines, 1) if line.strip()))
