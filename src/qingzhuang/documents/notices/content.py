"""What a reader hands back: the paragraphs, and beside them every other text that secrecy is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from qingzhuang.domain.notices.notice import Paragraph


@dataclass(frozen=True)
class Content:
    """`paragraphs` in reading order; `beside`: titles in properties, comments, deleted and hidden text, which are no part
    of the notice and may still carry a mark. `scanned` says that the text was recognised from pictures; `form` is set
    where a reader knows better what the file is than its first bytes tell."""

    paragraphs: list[Paragraph]
    beside: list[str] = field(default_factory=list)
    scanned: bool = False
    form: str = ""

    def texts(self) -> Iterator[str]:
        """Yield all text line by line: rows of tables in one piece each, broken paragraphs in their lines and whole."""
        yield from self.beside
        yield ""
        for row, members in groupby(self.paragraphs, key=lambda one: one.cell and one.cell[:2]):
            if row is None:
                for paragraph in members:
                    yield from _lines(paragraph)
            else:
                cells = groupby(members, key=lambda one: one.cell)
                yield from "\t".join("\n".join(one.text for one in cell) for _, cell in cells).split("\n")


def _lines(paragraph: Paragraph) -> Iterator[str]:
    """Yield the lines that `paragraph` was broken into, after the whole of it where there are several."""
    if len({origin.line for origin in paragraph.origins}) > 1:
        yield paragraph.text
        yield ""
    start, line = 0, paragraph.origins[0].line
    for origin in paragraph.origins[1:]:
        if origin.line != line:
            yield paragraph.text[start : origin.offset]
            start, line = origin.offset, origin.line
    yield paragraph.text[start:]
