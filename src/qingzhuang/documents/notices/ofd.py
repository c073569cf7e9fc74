"""OFD 版式文档 (GB/T 33190): the text of its pages, from the zip of XML that it is.

LibreOffice does not read this form. Each piece of text has its place on the page in millimetres; what stands beside one
another is a line. Seals, pictures and signatures are left out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.errors import UnreadableNotice
from qingzhuang.documents.notices.layout import Line, paragraphs_of, rows_of
from qingzhuang.documents.notices.packed import parse_xml

_A4 = (210.0, 297.0)


def read_ofd(entries: Mapping[str, bytes], file: str) -> Content:
    """Return the paragraphs of the OFD that `entries`, unpacked, are; raises `UnreadableNotice`."""
    files = {name.lstrip("/").lower(): content for name, content in entries.items()}
    if "encryptions.xml" in files:
        raise UnreadableNotice("password", file)
    pages = list(_pages(files))
    if len(pages) > limits.PDF_PAGES:
        raise UnreadableNotice("too-many-pages", file, pages=len(pages), most=limits.PDF_PAGES)
    pieces: list[Line] = []
    sizes: dict[int, tuple[float, float]] = {}
    for number, (name, usual) in enumerate(pages, 1):
        root = parse_xml(files[name])
        sizes[number] = _size(root, usual)
        pieces += _pieces(root, number)
    if not pieces:
        raise UnreadableNotice("scan", file)
    return Content(
        paragraphs_of(rows_of(pieces), sizes, file), list(_beside(files, [name for name, _ in pages])), form="ofd"
    )


def _pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield the name of each page's file in order, with the usual size of the document's pages."""
    for body in _named(parse_xml(files["ofd.xml"]), "DocRoot"):
        document = _resolved("", body.text)
        root = parse_xml(files[document])
        usual = _size(root, _A4)
        for page in _named(root, "Page"):
            name = _resolved(posixpath.dirname(document), page.get("BaseLoc"))
            if name in files:
                yield name, usual


def _resolved(folder: str, location: str | None) -> str:
    location = (location or "").strip().lower()
    return posixpath.normpath(location.lstrip("/") if location.startswith("/") else posixpath.join(folder, location))


def _named(root: Any, name: str) -> Iterator[Any]:
    """Yield the elements of this name, in whichever namespace: there are several editions."""
    return (one for one in root.iter("{*}" + name) if isinstance(one.tag, str))


def _size(root: Any, usual: tuple[float, float]) -> tuple[float, float]:
    for box in _named(root, "PhysicalBox"):
        numbers = _numbers(box.text)
        if len(numbers) == 4:  # x, y, width, height
            return numbers[2], numbers[3]
    return usual


def _pieces(root: Any, page: int) -> Iterator[Line]:
    for element in _named(root, "TextObject"):
        box = [*_numbers(element.get("Boundary")), 0.0, 0.0, 0.0, 0.0]
        size = next(iter(_numbers(element.get("Size"))), 0.0) or 4.0
        for code in _named(element, "TextCode"):
            text = (code.text or "").strip("\r\n")
            if not text.strip():
                continue
            x, y = (next(iter(_numbers(code.get(key))), 0.0) for key in ("X", "Y"))
            left, base = box[0] + x, box[1] + (y or size)
            width = sum(_advances(code.get("DeltaX"), len(text) - 1, size)) + size
            yield Line(text, page, left, base - size * 0.88, left + width, base + size * 0.12, size)


def _advances(value: str | None, count: int, size: float) -> list[float]:
    """Return how far each letter but the last goes; `g 10 5.6` stands for ten times 5.6."""
    words = (value or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < count:
        if words[at] == "g" and at + 2 < len(words) and words[at + 1].isdecimal():
            found += [_number(words[at + 2])] * min(int(words[at + 1][:7]), count - len(found))
            at += 3
        else:
            found.append(_number(words[at]))
            at += 1
    return [*found, *[size] * (count - len(found))][:count]


def _numbers(value: str | None) -> list[float]:
    return [_number(one) for one in (value or "").split()[:8]]


def _number(word: str) -> float:
    """Return the number that `word` is, or 0 for what is none or lies on no page."""
    try:
        number = float(word)
    except ValueError:
        return 0.0
    return number if abs(number) < 100_000 else 0.0  # a hundred metres


def _beside(files: Mapping[str, bytes], pages: list[str]) -> Iterator[str]:
    """Yield the text of all that is no page: the document's title, templates behind pages, notes, tags."""
    for name, content in files.items():
        if name.endswith(".xml") and name not in pages:
            yield from (text for text in parse_xml(content).itertext() if text.strip())
