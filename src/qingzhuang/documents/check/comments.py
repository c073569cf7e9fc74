"""The notice as a Word document with the findings as comments in its margin, tied to the words they speak of.

A notice that is a Word document stays as it is but for the comments; of any other a fresh document is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from qingzhuang.documents.check.anchors import Anchor, Found, anchor_of, tie
from qingzhuang.documents.check.values import printable, said
from qingzhuang.documents.notices import UnreadableNotice
from qingzhuang.documents.notices.word_order import word_paragraphs
from qingzhuang.domain.gate import Finding, Judgement
from qingzhuang.words import Words

if TYPE_CHECKING:
    from docx.comments import Comment

AUTHOR, INITIALS = "轻装", "轻"
_SIZE = Pt(10)
_NAMED = 30


def write_commented(judgement: Judgement, source: Path, target: Path, words: Words) -> None:
    """Write the notice of `judgement`, read from `source`, to `target` with its findings as comments."""
    document = _opened(judgement, source)
    anchors: Iterable[Anchor]
    if document is None:
        from qingzhuang.documents.check.fresh import fresh_document

        document, anchors = fresh_document(judgement, words)
    else:
        anchors = _anchors(document, judgement)
    for finding, anchor in zip(
        judgement.findings, anchors, strict=True
    ):  # each tied before the next one splits its runs
        tie(anchor, _comment(document, finding, anchor.found, words).comment_id)
    with target.open("wb") as file:
        document.save(file)


def _opened(judgement: Judgement, source: Path) -> Document | None:
    """Return the document at `source`; None where that is not, or no longer, a Word document that can be read."""
    from qingzhuang.documents.notices.word import open_word

    try:
        return open_word(source.read_bytes(), judgement.notice.file)
    except (OSError, UnreadableNotice, ValueError, KeyError):
        return None


def _anchors(document: Document, judgement: Judgement) -> Iterator[Anchor]:
    """Yield where each finding goes; the reader counts paragraphs as lines, and their characters as columns."""
    paragraphs = list(word_paragraphs(document))
    for finding in judgement.findings:
        place = finding.place
        paragraph = paragraphs[place.line - 1] if place.line <= len(paragraphs) else None
        end = place.end_column - 1 if place.end_line == place.line else place.column
        yield anchor_of(document, paragraph, place.column - 1, end, finding.words)


def _comment(document: Document, finding: Finding, found: Found, words: Words) -> Comment:
    """Add the comment on `finding` to `document`, not yet tied to any place."""
    one = said(finding, words)
    severity = words(f"check.page_severity_{finding.rule.severity}")
    lines = [one.message]
    if found is not Found.HERE:
        lines.insert(0, words(f"check.comment_{found}", words=_named(finding.words)))
    if one.suggestion:
        lines.append(words("check.comment_line", name=words("check.suggestion"), text=one.suggestion))
    lines.append(words("check.comment_line", name=words("check.basis"), text=one.basis))
    comment = document.comments.add_comment(author=AUTHOR, initials=INITIALS)
    comment._comment_elm.attrib.pop(qn("w:date"), None)  # noqa: SLF001  # the same findings make the same file on any day
    head = comment.paragraphs[0]
    head.add_run(words("check.comment_head", severity=severity, kind=one.kind)).bold = True
    for line in lines:
        comment.add_paragraph(printable(line))
    for paragraph in comment.paragraphs:
        _plain(paragraph)
    return comment


def _named(text: str) -> str:
    return text if len(text) <= _NAMED else text[: _NAMED - 1] + "…"


def _plain(paragraph: Paragraph) -> None:
    """Set `paragraph` small and flush: what the document gives its own text, large type and an indent, is not for comments."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = form.first_line_indent = Pt(0)
    form.line_spacing = 1.0
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001  # the element has no public name
    for name in ("w:firstLineChars", "w:leftChars"):
        indent.set(qn(name), "0")
    for run in paragraph.runs:
        run.font.size = _SIZE
