"""Where in a Word document a comment is tied to: the exact runs of some words, or the nearest place that Word allows.

Word takes comments in the body alone. What stands in a page's header or footer, in a text box or in a footnote is
commented at the place in the body nearest to it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from qingzhuang.documents.notices.word_order import text_of, word_runs

_BOX, _PARAGRAPH = qn("w:txbxContent"), qn("w:p")
_NOTES = {qn("w:footnote"): "w:footnoteReference", qn("w:endnote"): "w:endnoteReference"}
# what Word fills anew, or shows in one of several ways: a comment within would be lost
_CLOSED = frozenset(
    {
        qn("w:sdt"),
        qn("w:fldSimple"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    }
)


class Found(StrEnum):
    """Where words stand to which Word allows no comment of their own."""

    HERE = "here"
    BOX = "box"
    FOOTNOTE = "footnote"
    MARGIN = "margin"
    ELSEWHERE = "elsewhere"
    """Not where they were when the file was read."""


@dataclass(frozen=True)
class Anchor:
    """The elements before and behind which a comment is tied; they may be one. `found`: where the words themselves are."""

    first: Any
    last: Any
    found: Found = Found.HERE


def anchor_of(document: Document, paragraph: Paragraph | None, start: int, end: int, words: str) -> Anchor:
    """Return where to tie a comment on `words`, expected from `start` to `end` in what `paragraph` shows.

    Runs are split where the words begin and end; what they look like stays."""
    if paragraph is None:
        return _whole(_first_of_body(document), Found.ELSEWHERE)
    element, found = _home(document, paragraph)
    if found is not Found.HERE:
        return _whole(element, found)
    if _bare(text_of(paragraph)[start:end]) != _bare(words):
        return _whole(element, Found.HERE)
    return _exact(paragraph, start, end) or _whole(element, Found.HERE)


def tie(anchor: Anchor, number: int) -> None:
    """Mark the range of the comment `number` around `anchor`."""
    key = {qn("w:id"): str(number)}
    reference = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(OxmlElement("w:rStyle", attrs={qn("w:val"): "CommentReference"}))
    reference.append(properties)
    reference.append(OxmlElement("w:commentReference", attrs=key))
    anchor.first.addprevious(OxmlElement("w:commentRangeStart", attrs=key))
    anchor.last.addnext(reference)
    anchor.last.addnext(OxmlElement("w:commentRangeEnd", attrs=key))


def _home(document: Document, paragraph: Paragraph) -> tuple[Any, Found]:
    """Return the paragraph of the body to which comments on `paragraph` go, and where it stands itself."""
    element = paragraph._p  # noqa: SLF001  # the element has no public name
    above = list(element.iterancestors())
    if document.element.body in above:
        boxes = [one for one in above if one.tag == _BOX]
        if not boxes:
            return element, Found.HERE
        return next(one for one in boxes[-1].iterancestors(_PARAGRAPH)), Found.BOX
    note = next((one for one in above if one.tag in _NOTES), None)
    if note is None:
        return _first_of_body(document), Found.MARGIN
    for reference in document.element.body.iter(qn(_NOTES[note.tag])):
        if reference.get(qn("w:id")) == note.get(qn("w:id")) and not any(reference.iterancestors(_BOX)):
            return next(reference.iterancestors(_PARAGRAPH)), Found.FOOTNOTE
    return _first_of_body(document), Found.FOOTNOTE


def _first_of_body(document: Document) -> Any:
    """Return the first paragraph of the body that shows text; where there is none, the first; where none at all, a new one."""
    inside = [one for one in document.element.body.iter(_PARAGRAPH) if not any(one.iterancestors(_BOX))]
    if not inside:
        return document.add_paragraph()._p  # noqa: SLF001  # see above
    written = (one for one in inside if text_of(Paragraph(one, document.part)).strip())  # all it asks is `part`
    return next(written, inside[0])


def _whole(paragraph: Any, found: Found) -> Anchor:
    """Return an anchor around all that `paragraph` holds."""
    held = [child for child in paragraph if child.tag != qn("w:pPr")]
    if not held:
        held = [OxmlElement("w:r")]
        paragraph.append(held[0])
    return Anchor(held[0], held[-1], found)


def _exact(paragraph: Paragraph, start: int, end: int) -> Anchor | None:
    for offset in (start, end):
        _split(paragraph, offset)
    held = [run._r for offset, run in word_runs(paragraph) if start <= offset < end]  # noqa: SLF001  # see above
    return Anchor(_lifted(held[0]), _lifted(held[-1])) if held else None


def _split(paragraph: Paragraph, offset: int) -> None:
    """Make a run of `paragraph` begin at `offset`, where it can be cut there."""
    for begin, run in word_runs(paragraph):
        element = run._r  # noqa: SLF001  # see above
        if begin < offset < begin + sum(_length(child) for child in element):
            _split_run(element, offset - begin)
            return


def _split_run(run: Any, offset: int) -> None:
    """Move what `run` shows from `offset` on into a run of its own behind it, which looks the same."""
    second = copy.copy(run)  # lxml copies what an element holds along with it
    for child in list(second):
        second.remove(child)
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        second.append(copy.deepcopy(properties))
    for child in _behind(run, offset):
        second.append(child)
    run.addnext(second)


def _behind(run: Any, offset: int) -> Iterator[Any]:
    """Yield the children of `run` from `offset` on; a text that runs over it is cut, anything else goes on whole."""
    at = 0
    for child in list(run):
        if child.tag == qn("w:rPr"):
            continue
        size = _length(child)
        if at >= offset:
            yield child
        elif at + size > offset and child.tag == qn("w:t"):
            rest = copy.deepcopy(child)
            child.text, rest.text = child.text[: offset - at], child.text[offset - at :]
            for text in (child, rest):
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield rest
        at += size


def _length(child: Any) -> int:
    """Return how many characters a child of a run shows."""
    if child.tag == qn("w:t"):
        return len(child.text or "")
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    run.append(copy.deepcopy(child))
    paragraph.append(run)
    return len(text_of(Paragraph(paragraph, None)))  # type: ignore[arg-type]  # it stands nowhere


def _lifted(run: Any) -> Any:
    """Return `run`, or the outermost control within its paragraph that holds it."""
    lifted = run
    for above in run.iterancestors():
        if above.tag == _PARAGRAPH:
            break
        if above.tag in _CLOSED:
            lifted = above
    return lifted


def _bare(text: str) -> str:
    return "".join(text.split())
