"""The one order in which the paragraphs of a Word document are counted, and the text that each of them shows.

First the body as it stands there, each table row by row with what is in its cells, each text box behind the paragraph
that holds it; then footnotes and endnotes; last headers and footers. What reads a document and what writes remarks back
into it both count by this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qingzhuang.documents.notices.packed import parse_xml
from qingzhuang.domain.notices.notice import Role

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_OPEN = frozenset(
    _W + name for name in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "hyperlink", "dir", "bdo")
)
_OPEN |= {_W + "sdtContent", _MC + "Choice"}
_HOLDING = frozenset({_W + "sdt", _MC + "AlternateContent"})
_SAID = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_SET = frozenset({"0", "false", "off"})

Cell = tuple[int, int, int]


@dataclass(frozen=True)
class Placed:
    """A paragraph of python-docx, what the layout makes of it, and the table's cell (table, row, column) it stands in."""

    paragraph: Paragraph
    role: Role
    cell: Cell | None


@dataclass
class _Story:
    """What python-docx asks of a paragraph's parent."""

    part: Any


def word_paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of `document`: the n-th, from 1, is the one that a notice read from it calls line n."""
    return (placed.paragraph for placed in placed_paragraphs(document))


def word_runs(paragraph: Paragraph) -> Iterator[tuple[int, Run]]:
    """Yield the runs of `paragraph` that show text, each with its offset: a notice's column n is offset n - 1."""
    from docx.text.run import Run

    offset = 0
    for element in _runs(paragraph._p):  # noqa: SLF001  # the element has no public name
        if text := _text_of_run(element):
            yield offset, Run(element, paragraph)
            offset += len(text)


def text_of(paragraph: Paragraph) -> str:
    """Return what `paragraph` shows: insertions are text, deletions and hidden letters are not, a line's break is `\\n`."""
    return "".join(map(_text_of_run, _runs(paragraph._p)))  # noqa: SLF001  # the element has no public name


def placed_paragraphs(document: Document) -> Iterator[Placed]:
    """Yield the paragraphs of `document` in order, each with its place."""
    walk = _Walk()
    yield from walk.through(document.element.body, _Story(document.part), Role.TEXT)
    for kind in ("footnotes", "endnotes"):
        for part in _related(document, kind):
            root = parse_xml(part.blob)
            notes = [note for note in root if note.get(_W + "type") in {None, "normal"}]
            for note in notes:
                yield from walk.through(note, _Story(part), Role.TEXT)
    seen = set()
    for reference in document.element.body.iter(_W + "headerReference", _W + "footerReference"):
        part = document.part.rels[reference.get(_R + "id")].target_part
        if part.partname not in seen:
            seen.add(part.partname)
            yield from walk.through(part.element, _Story(part), Role.MARGIN)


def _related(document: Document, kind: str) -> list[Any]:
    rels = document.part.rels.values()
    return [rel.target_part for rel in rels if not rel.is_external and rel.reltype.endswith(f"/{kind}")]


class _Walk:
    """Goes through stories and counts their tables."""

    def __init__(self) -> None:
        self.tables = 0

    def through(self, element: Any, story: _Story, role: Role, cell: Cell | None = None) -> Iterator[Placed]:
        """Yield the paragraphs in `element`, a story, a cell or whatever else holds paragraphs."""
        from docx.text.paragraph import Paragraph

        for child in _children(element):
            if child.tag == _W + "p":
                yield Placed(Paragraph(child, story), role, cell)  # all it asks of its parent is `part`
                for box in _boxes(child):
                    yield from self.through(box, story, role, cell)
            elif child.tag == _W + "tbl":
                yield from self._table(child, story, Role.CELL if role is Role.TEXT else role)

    def _table(self, table: Any, story: _Story, role: Role) -> Iterator[Placed]:
        self.tables += 1
        number = self.tables
        rows = [row for row in _children(table) if row.tag == _W + "tr" and row.find(f"{_W}trPr/{_W}del") is None]
        for at, row in enumerate(rows, 1):
            column = 1 + _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            for cell in _children(row):
                if cell.tag != _W + "tc":
                    continue
                if not _continues(cell):
                    yield from self.through(cell, story, role, (number, at, column))
                column += _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)


def _children(element: Any) -> Iterator[Any]:
    """Yield what `element` holds, what is wrapped in controls, insertions or alternatives as if it were not."""
    for child in element:
        if child.tag in _OPEN:
            yield from _children(child)
        elif child.tag in _HOLDING:
            chosen = next((one for one in child if one.tag in _OPEN), None)
            if chosen is not None:
                yield from _children(chosen)
        else:
            yield child


def _runs(element: Any) -> Iterator[Any]:
    """Yield the runs that a paragraph shows."""
    return (child for child in _children(element) if child.tag == _W + "r" and not _is_hidden(child))


def _boxes(element: Any) -> Iterator[Any]:
    """Yield the outermost text boxes in a paragraph's runs."""
    for child in element:
        if child.tag == _W + "txbxContent":
            yield child
        elif child.tag in _HOLDING:
            yield from _boxes([one for one in child if one.tag in _OPEN][:1])
        elif child.tag not in {_W + "del", _W + "moveFrom"}:
            yield from _boxes(child)


def _text_of_run(run: Any) -> str:
    said = []
    for child in run:
        if child.tag == _W + "t":
            said.append(child.text or "")
        elif child.tag == _W + "ruby":
            said += [_text_of_run(base) for base in child.iterfind(f"{_W}rubyBase/{_W}r")]
        elif isinstance(child.tag, str):
            said.append(_SAID.get(child.tag.removeprefix(_W), ""))
    return "".join(said)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_W + "val") not in _NOT_SET


def _continues(cell: Any) -> bool:
    """Tell whether `cell` is a later part of a merged one."""
    for name in ("vMerge", "hMerge"):
        merge = cell.find(f"{_W}tcPr/{_W}{name}")
        if merge is not None and merge.get(_W + "val") != "restart":
            return True
    return False


def _number(element: Any, usual: int) -> int:
    value = "" if element is None else element.get(_W + "val", "")
    return int(value) if value.isdecimal() and len(value) < 4 else usual
