"""Files of many forms, made for one test each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.oxml.parser import parse_xml

from qingzhuang.documents.notices import UnreadableNotice, read_notice_bytes
from qingzhuang.domain.notices.notice import Notice, Paragraph

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def read(data: bytes, name: str, **more: Any) -> Notice:
    return read_notice_bytes(data, name=name, **more)


def texts(notice: Notice) -> list[str]:
    return [paragraph.text for paragraph in notice.paragraphs]


def refusal(data: bytes, name: str, **more: Any) -> UnreadableNotice:
    """Return the error that reading `data` raises."""
    try:
        read_notice_bytes(data, name=name, **more)
    except UnreadableNotice as error:
        return error
    raise AssertionError(name)


def place(paragraph: Paragraph, wanted: str) -> tuple[int, int]:
    """Return the line and column of `wanted` in its file."""
    return paragraph.at(paragraph.text.index(wanted))


def word(*paragraphs: str) -> bytes:
    """Return a Word document with these paragraphs."""
    return saved(document(*paragraphs))


def document(*paragraphs: str) -> Any:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    return made


def saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def element(xml: str) -> Any:
    """Return an element of Word's XML; `xml` is what stands in a body, with the usual prefixes."""
    return parse_xml(
        xml.replace(">", f" {SPACES}>", 1)
        if "/>" not in xml.split(">")[0] + ">"
        else xml.replace("/>", f" {SPACES}/>", 1)
    )


def with_body(*elements: str) -> Any:
    """Return a document whose body begins with `elements`."""
    made = docx.Document()
    for number, xml in enumerate(elements):
        made.element.body.insert(number, element(xml))
    return made


def packed(entries: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in entries.items():
            out.writestr(name, content)
    return stream.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return the zip `data` with some entries changed, added or, for None, left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        entries: dict[str, bytes | None] = {name: given.read(name) for name in given.namelist()}
    kept = {name: content for name, content in (entries | dict(changes)).items() if content is not None}
    return packed(kept)


Code = tuple[float, float, str]
"""X and Y in millimetres from the upper left corner, and the text."""


def ofd(pages: Sequence[Sequence[Code]], *, title: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an OFD with `pages`, letters of 5 mm."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entries: dict[str, bytes | str] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, codes in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject Boundary="{x} {y} 170 5" Size="5"><ofd:TextCode X="0" Y="4.4" DeltaX="g {len(text) - 1} 5">'
            f"{text}</ofd:TextCode></ofd:TextObject>"
            for x, y, text in codes
        )
        content = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        entries[f"Doc_0/Pages/Page_{number}/Content.xml"] = content
    return packed(entries | dict(more or {}))
