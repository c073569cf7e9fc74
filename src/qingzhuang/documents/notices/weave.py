"""Pieces of a file's text joined to paragraphs that remember where each piece came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qingzhuang.documents.notices.decode import check_length
from qingzhuang.domain.notices.notice import Origin, Paragraph, Role

TERMINAL = re.compile(r"[。！？；：.!?;:…][”’」』）)》\"']*$")
"""How a sentence, and with it perhaps a paragraph, ends."""

HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]+[章节節条條]|[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[)）]"
    r"|\d+[、．.](?!\d)|附件\d*[:：]?|附[:：]|抄送[:：])"
)
"""How a numbered paragraph, an annex or a list begins."""


@dataclass
class Weave:
    """A paragraph in the making; `file` is named where it grows beyond all measure."""

    file: str
    parts: list[str] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, line: int, column: int) -> None:
        """Add `text`, which the file has at `line` and `column`."""
        if not text:
            return
        last = self.origins[-1] if self.origins else None
        if last is None or last.line != line or last.column + self.length - last.offset != column:
            self.origins.append(Origin(self.length, line, column))
        self.parts.append(text)
        self.length += len(text)
        check_length(self.length, self.origins[0].line, self.file)

    def add_line(self, text: str, line: int, column: int) -> None:
        """Add `text`, the next line of the paragraph, with a gap before it where words of letters meet."""
        if self.parts and needs_gap(self.parts[-1][-1:], text[:1]):
            last = self.origins[-1]
            self.add(" ", last.line, last.column + self.length - last.offset)
        self.add(text, line, column)

    def finish(
        self, role: Role = Role.TEXT, *, page: int | None = None, cell: tuple[int, int, int] | None = None
    ) -> Paragraph | None:
        """Return the paragraph without the white space around it, or None where nothing is left; begin anew."""
        text, origins = "".join(self.parts), self.origins
        self.parts, self.origins, self.length = [], [], 0
        kept = text.strip()
        if not kept:
            return None
        before = len(text) - len(text.lstrip())
        return Paragraph(kept, trimmed(origins, before, before + len(kept)), role, page, cell)


def trimmed(origins: Sequence[Origin], start: int, end: int) -> tuple[Origin, ...]:
    """Return `origins` for the part of a text from `start` to `end`."""
    first = max((one for one in origins if one.offset <= start), key=lambda one: one.offset)
    rest = (Origin(one.offset - start, one.line, one.column) for one in origins if start < one.offset < end)
    return (Origin(0, first.line, first.column + start - first.offset), *rest)


def needs_gap(before: str, after: str) -> bool:
    """Tell whether a line's break between these two characters stands for a space: not beside Chinese letters or marks."""
    return before.isascii() and after.isascii() and not (before + after).isspace() and bool(before and after)
