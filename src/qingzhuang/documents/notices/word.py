"""Word documents (.docx): opened only after what is inside was weighed, read in the order of `word_order`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.decode import check_length
from qingzhuang.documents.notices.errors import UnreadableNotice
from qingzhuang.documents.notices.packed import repack, unpack
from qingzhuang.documents.notices.weave import HEADING, TERMINAL, Weave
from qingzhuang.domain.notices.notice import Paragraph, Role

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STEPS = 12
_FIRST = 10
_TITLE_HALF_POINTS = 36
_WRAPPED = 20

_PARAGRAPH_ENDS = re.compile(r"</(?:w|a):p>|</w:tr>|<w:(?:br|cr)(?=[ />])")
_TAB = re.compile(r"<w:tab ?/>|</w:p>\s*</w:tc>")
_TAG = re.compile(r"<[^<>]*>")
_SHOWN_ATTRIBUTE = re.compile(r' (?:string|descr|title|alt)="([^"<]{1,400})"')  # `string`: a watermark of letters
_MACROS = re.compile(rb"(?i)macroEnabled|vbaProject")


def read_word(data: bytes, file: str) -> Content:
    """Return the paragraphs of the document `data`; raises `UnreadableNotice`."""
    return read_entries(unpack(data, file), file)


def read_entries(entries: Mapping[str, bytes], file: str) -> Content:
    """Return the paragraphs of the document that `entries`, unpacked, are."""
    from qingzhuang.documents.notices.word_order import placed_paragraphs, text_of

    document = _open(entries, file)
    if next(document.element.body.iter(_W + "altChunk"), None) is not None:
        raise UnreadableNotice("foreign-part", file)
    roles = _roles(document)
    paragraphs: list[Paragraph] = []
    for line, placed in enumerate(placed_paragraphs(document), 1):
        if line > limits.LINES:
            raise UnreadableNotice("too-many-lines", file, most=limits.LINES)
        text = text_of(placed.paragraph)
        check_length(len(text), line, file)
        if not text.strip():
            continue
        role = placed.role
        if role is Role.TEXT:
            role = _role(placed.paragraph._p, text, roles, first=len(paragraphs) < _FIRST)  # noqa: SLF001  # it has no public name
        paragraphs += _broken(text, line, role, placed.cell, file)
    return Content(paragraphs, list(texts_of(entries)))


def open_word(data: bytes, file: str) -> Document:
    """Return the document `data` of python-docx, after the same checks as for reading; raises `UnreadableNotice`."""
    return _open(unpack(data, file), file)


def _open(entries: Mapping[str, bytes], file: str) -> Document:
    from docx import Document

    named = any(name.lower().endswith("vbaproject.bin") for name in entries)
    if named or _MACROS.search(entries.get("[Content_Types].xml", b"")):
        raise UnreadableNotice("macros", file)
    return Document(repack(entries))


def _broken(text: str, line: int, role: Role, cell: tuple[int, int, int] | None, file: str) -> Iterator[Paragraph]:
    """Yield the parts of a paragraph between its line breaks: many write one where a paragraph should end.

    They stay together in a title, and where a long part ends within a sentence."""
    weave, start, before = Weave(file), 0, ""
    for part in text.split("\n"):
        together = role is Role.TITLE or (
            len(before) >= _WRAPPED and not TERMINAL.search(before) and not HEADING.match(part)
        )
        if not together and (done := weave.finish(role, cell=cell)):
            yield done
        weave.add_line(part, line, start + 1)
        start += len(part) + 1
        before = part
    if done := weave.finish(role, cell=cell):
        yield done


def _roles(document: Document) -> dict[str, Role]:
    """Return the role of each style that has one, by its id: a title, a heading, or what is based on them."""
    styles = {style.get(_W + "styleId"): style for style in document.styles.element.iter(_W + "style")}
    return {key: role for key in styles if (role := _role_of_style(key, styles)) is not None}


def _role_of_style(key: str, styles: Mapping[str, Any]) -> Role | None:
    for _ in range(_STEPS):
        style = styles.get(key)
        if style is None:
            return None
        name = _value(style, "name").lower()
        if name in {"title", "标题", "文档标题"}:
            return Role.TITLE
        if name.startswith(("heading ", "标题 ")) or name == "subtitle":
            return Role.HEADING
        key = _value(style, "basedOn")
    return None


def _role(element: Any, text: str, roles: Mapping[str, Role], *, first: bool) -> Role:
    styled = roles.get(_value(element, f"pPr/{_W}pStyle"))
    if styled is not None:
        return styled
    if element.find(f"{_W}pPr/{_W}outlineLvl") is not None and _value(element, f"pPr/{_W}outlineLvl") != "9":
        return Role.HEADING
    return Role.TITLE if first and _looks_like_title(element, text) else Role.TEXT


def _looks_like_title(element: Any, text: str) -> bool:
    """Tell whether a paragraph is set as a title by hand: in the middle and large; a red head ends in 文件."""
    sizes = [size.get(_W + "val", "") for size in element.iterfind(f"{_W}r/{_W}rPr/{_W}sz")]
    large = [size for size in sizes if size.isdecimal() and int(size) >= _TITLE_HALF_POINTS]
    return bool(large) and _value(element, f"pPr/{_W}jc") == "center" and not text.strip().endswith("文件")


def _value(element: Any, path: str) -> str:
    found = element.find(_W + path)
    return "" if found is None else str(found.get(_W + "val", ""))


def texts_of(entries: Mapping[str, bytes]) -> Iterator[str]:
    """Yield every text that `entries` hold anywhere: comments, deletions, watermarks, charts, properties."""
    for name, content in entries.items():
        if name.lower().endswith((".xml", ".html", ".htm", ".txt", ".mht", ".rtf")):
            xml = content.decode("utf-8", errors="replace")
            yield from (html.unescape(said) for said in _SHOWN_ATTRIBUTE.findall(xml))
            inner = _PARAGRAPH_ENDS.sub("\n", _TAB.sub("\t", xml)) if name.startswith("word/") else _TAG.sub("\n", xml)
            yield from filter(str.strip, html.unescape(_TAG.sub("", inner)).split("\n"))
            yield ""
