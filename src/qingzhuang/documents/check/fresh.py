"""A Word document made of a notice that was none: the form of an official document (GB/T 9704-2012), ready for comments."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from qingzhuang.documents.check.anchors import Anchor
from qingzhuang.documents.check.sheet import Grid, Line, Look, begin, blocks, pieces
from qingzhuang.documents.check.values import printable
from qingzhuang.documents.word_style import FACES, set_up
from qingzhuang.domain.gate import Judgement
from qingzhuang.words import Words

_STYLES = {Look.TITLE: "Title", Look.HEADING: "Heading 1", Look.CELL: "No Spacing", Look.MARGIN: "No Spacing"}
_PLACED = {Look.ABOVE: WD_ALIGN_PARAGRAPH.CENTER, Look.CLOSING: WD_ALIGN_PARAGRAPH.RIGHT}
_CHARACTER = Pt(16)
_CELL = Pt(12)
_CHINESE = "zh-Hans"


def fresh_document(judgement: Judgement, words: Words) -> tuple[Document, list[Anchor]]:
    """Return the text of the notice as a document, and for each finding where its words are in it."""
    document = docx.Document()
    faces = FACES[words.lang if words.lang in {"zh-Hans", "zh-Hant"} else _CHINESE]
    set_up(document, faces, is_english=False)
    properties = document.core_properties
    properties.title = properties.author = properties.comments = ""
    properties.created = properties.modified = datetime.combine(judgement.on, datetime.min.time())
    writer = _Writer(document, judgement)
    writer.write()
    return document, writer.anchors()


class _Writer:
    def __init__(self, document: Document, judgement: Judgement) -> None:
        self._document, self._judgement = document, judgement
        self._runs: dict[int, list[Any]] = {number: [] for number in range(len(judgement.findings))}
        self._first: Paragraph | None = None

    def write(self) -> None:
        for block in blocks(self._judgement.notice):
            if isinstance(block, Grid):
                self._table(block)
            else:
                self._fill(self._document.add_paragraph(), block)

    def anchors(self) -> list[Anchor]:
        return [Anchor(runs[0], runs[-1]) for runs in self._runs.values()]

    def _fill(self, paragraph: Paragraph, line: Line) -> None:
        """Write `line` into `paragraph`, in runs that begin and end with the words of findings."""
        paragraph.style = _STYLES.get(line.look, "Normal")
        if line.look in _PLACED:
            paragraph.alignment = _PLACED[line.look]
        if line.look is Look.TEXT:
            paragraph.paragraph_format.first_line_indent = 2 * _CHARACTER
        if line.look is Look.CLOSING:
            paragraph.paragraph_format.right_indent = 2 * _CHARACTER
        text, shown = line.paragraph.text, begin(line)
        findings = [(n, one) for n, one in enumerate(self._judgement.findings) if one.paragraph == line.index]
        for piece in pieces(len(text), findings):
            run = paragraph.add_run(printable(text[max(piece.start, shown) : max(piece.end, shown)]))
            if line.look is Look.CELL:
                run.font.size = _CELL
            for number in piece.numbers:
                self._runs[number].append(run._r)  # noqa: SLF001  # the element has no public name

    def _table(self, grid: Grid) -> None:
        table: Table = self._document.add_table(rows=0, cols=max(map(len, grid.rows)), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for row in grid.rows:
            made = table.add_row()  # type: ignore[no-untyped-call]
            for cell, lines in zip(made.cells, row, strict=True):
                cell.paragraphs[0].style = "No Spacing"
                blank = chain(cell.paragraphs, iter(cell.add_paragraph, None))
                for line, paragraph in zip(lines, blank, strict=False):
                    self._fill(paragraph, line)
        self._document.add_paragraph(style="No Spacing")
