"""report.docx: what goes before the standing committee, in the form of an official document, with charts that Word can edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from qingzhuang.documents.lighten.blocks import Block, Chart, Contents, Lines, Points, Section, Table
from qingzhuang.documents.lighten.content import contents
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.values import clean, text_width
from qingzhuang.documents.lighten.word_chart import WIDTH, add_chart
from qingzhuang.documents.word_style import ALARM, FACES, set_up
from qingzhuang.words import Words

NUMERALS = "一二三四五六七八九十"
# widths in Latin letters: of the page, of four Chinese characters, of a word that must fit, of a text taken as long, of a cell's margins
LETTERS, SHORT, LONGEST_WORD, LONG, CELL_MARGIN = 88, 8, 20, 60, 5
LATIN_WORD = re.compile(r"[!-~]+")


def write_report_docx(report: Report, path: Path, words: Words) -> None:
    """Write report.docx to `path`."""
    said = contents(report, words)
    document = docx.Document()
    is_english = words.lang == "en"
    set_up(document, FACES[words.lang], is_english)
    document.core_properties.title, document.core_properties.author = said.title, ""
    document.core_properties.comments, document.core_properties.language = "", words.lang
    writer = Writer(document, words)
    writer.head(said)
    for section in (*(s for s in said.sections if not s.appendix), *(s for s in said.sections if s.appendix)):
        writer.section(section)
    with path.open("wb") as file:
        document.save(file)


class Writer:
    """Sets the parts of a report into a Word document, counting its headings and charts."""

    def __init__(self, document: Document, words: Words) -> None:
        """Write into `document` in the language of `words`."""
        self._document, self._words = document, words
        self._is_english = words.lang == "en"
        self._face = FACES[words.lang].text
        self._headings, self._charts = count(1), count(1)

    def head(self, said: Contents) -> None:
        """Write the title, the day, and under the first heading what the plan comes to."""
        self._document.add_paragraph(said.title, style="Title")
        self._document.add_paragraph(said.as_of, style="Subtitle")
        self._heading(self._words("report.overall_title"))
        self._text(said.headline + self._words("report.full_stop")).runs[0].bold = True
        for text in (*said.leads, self._words("report.full_plan")):
            self._text(text)

    def section(self, section: Section) -> None:
        """Write a section under its numbered heading."""
        self._heading(section.title)
        for index, block in enumerate(section.blocks):
            self._block(block, leads_on=index < len(section.blocks) - 1)

    def _heading(self, title: str) -> None:
        number = next(self._headings)
        label = f"{number}. " if self._is_english else f"{chinese_numeral(number)}、"
        heading = self._document.add_paragraph(label + title, style="Heading 1")
        if not self._is_english:
            heading.paragraph_format.first_line_indent = Pt(32)

    def _block(self, block: Block, *, leads_on: bool) -> None:
        """Write `block`; lines that lead on to something stay on its page."""
        if isinstance(block, Lines):
            for text in block.texts:
                paragraph = self._text(text)
                paragraph.paragraph_format.keep_with_next = leads_on or None
                for run in paragraph.runs:
                    run.font.color.rgb = ALARM if block.urgent else None
        elif isinstance(block, Points):
            for text in block.texts:
                self._document.add_paragraph(clean(text), style="List Bullet")
            self._more(block.more)
        elif isinstance(block, Chart):
            self._chart(block)
        else:
            self._table(block)

    def _text(self, text: str) -> Paragraph:
        paragraph = self._document.add_paragraph(clean(text))
        if not self._is_english:
            paragraph.paragraph_format.first_line_indent = Pt(32)
        return paragraph

    def _more(self, text: str) -> None:
        if text:
            self._document.add_paragraph(text, style="No Spacing").paragraph_format.space_before = Pt(4)

    def _chart(self, chart: Chart) -> None:
        caption = self._words("report.chart_caption", title=chart.title, measure=chart.measure)
        self._document.add_paragraph(caption, style="Caption")
        paragraph = self._document.add_paragraph(style="No Spacing")
        add_chart(self._document, paragraph, chart, next(self._charts), self._face)
        self._more(chart.table.more)

    def _table(self, table: Table) -> None:
        self._document.add_paragraph(table.caption, style="Caption")
        grid = self._document.add_table(rows=0, cols=len(table.headers), style="Table Grid")
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = list(column_widths(table))
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for index, row in enumerate((table.headers, *table.rows)):
            line = grid.add_row()
            properties = line._tr.get_or_add_trPr()  # noqa: SLF001
            properties.append(OxmlElement("w:cantSplit"))
            if index == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for place, (cell, text) in enumerate(zip(line.cells, row, strict=True)):
                cell.width = widths[place]
                _fill(cell, text, is_header=index == 0, is_figure=place in table.figures)
        self._more(table.more)
        self._document.add_paragraph(style="No Spacing")


def _fill(cell: _Cell, text: str, *, is_header: bool, is_figure: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "No Spacing"
    run = paragraph.add_run(clean(text))
    run.bold = True if is_header else None
    if is_figure:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def column_widths(table: Table) -> Iterator[Length]:
    """Share the width of the page among the columns: each has room for its longest word, what is left goes by length of text."""
    columns = [[row[index] for row in (table.headers, *table.rows)] for index in range(len(table.headers))]
    needed = [min(max(map(longest_word, texts)), LONGEST_WORD) + CELL_MARGIN for texts in columns]
    wanted = [min(max(map(text_width, texts)) + CELL_MARGIN, LONG) for texts in columns]
    more = [max(want - need, 0) for need, want in zip(needed, wanted, strict=True)]
    left = max(LETTERS - sum(needed), 0)
    shares = [need + left * extra / max(sum(more), 1) for need, extra in zip(needed, more, strict=True)]
    for share in shares:
        yield Length(int(WIDTH * share / sum(shares)))


def longest_word(text: str) -> int:
    """Return the width of the longest part of `text` that is not to be broken; four Chinese characters stay together."""
    return max((len(word) for word in LATIN_WORD.findall(text)), default=0) or min(text_width(text), SHORT)


def chinese_numeral(number: int) -> str:
    """Return 1 to 19 as 一 to 十九."""
    return NUMERALS[number - 1] if number <= len(NUMERALS) else "十" + NUMERALS[number - 11]
