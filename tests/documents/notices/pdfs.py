"""PDFs made by hand: letters with their places, and whatever else a file may hold."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

Piece = tuple[float, float, float, str]
"""Left and baseline from the lower left corner, size, text."""

WIDTH, HEIGHT = 595, 842

_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Own def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
%s endcmap end end"""
_RANGE = b"1 beginbfrange <%02X00> <%02XFF> <%02X00> endbfrange\n"


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of `objects`, numbered from 1, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def pdf(
    pages: Sequence[Sequence[Piece]],
    *,
    title: str = "",
    trailer: bytes = b"",
    on_page: bytes = b"",
    objects: Sequence[bytes] = (),
    readable: bool = True,
) -> bytes:
    """Return a PDF with `pages`. `objects` are numbered from 8 on; `on_page` stands in each page's dictionary.

    Where it is not `readable`, its font keeps for itself which letters its shapes are."""
    first = 8 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    high = range(256) if readable else range(0xE0, 0xE1)
    ranges = b"".join(_RANGE % (one, one, one) for one in high)
    made = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /DW 1000 /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120"
        b" /ItalicAngle 0 /CapHeight 880 /StemV 80 >>",
        stream(_UNICODE % ranges),
        b"<< /Title <FEFF%s> >>" % title.encode("utf-16-be").hex().encode(),
        *objects,
    ]
    for number, pieces in enumerate(pages):
        content = b"BT " + b" ".join(map(_shown, pieces)) + b" ET"
        made += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F 3 0 R >> /XObject << %s >> >>"
            b" /Contents %d 0 R %s >>" % (WIDTH, HEIGHT, _images(objects), first + 2 * number + 1, on_page),
            stream(content),
        ]
    return assembled(made, b"/Info 7 0 R " + trailer)


def _shown(piece: Piece) -> bytes:
    left, base, size, text = piece
    place = f"/F {size:g} Tf 1 0 0 1 {left:g} {base:g} Tm"
    return b"%s <%s> Tj" % (place.encode(), text.encode("utf-16-be").hex().encode())


def _images(objects: Sequence[bytes]) -> bytes:
    named = (number for number, content in enumerate(objects, 8) if b"/XObject" in content)
    return b" ".join(b"/X%d %d 0 R" % (number, number) for number in named)


PICTURE = stream(
    zlib.compress(b"\xff" * 100),
    b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
)
DRAWN = b"q 500 0 0 700 40 40 cm /X8 Do Q"


def scanned_pdf(pages: int = 1, text_on: dict[int, str] | None = None) -> bytes:
    """Return a PDF whose pages are one picture each, but for those with text."""
    texts = text_on or {}
    objects: list[bytes] = [PICTURE]
    kids = b" ".join(b"%d 0 R" % (9 + 2 * number) for number in range(pages))
    plain = pdf([[]])
    head = plain.split(b"endobj\n")[2:7]
    fonts = [part.split(b"obj\n", 1)[1].rstrip(b"\n") for part in head]
    made = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        *fonts,
        *objects,
    ]
    for number in range(pages):
        text = texts.get(number + 1)
        content = b"BT %s ET" % _shown((80, 700, 16, text)) if text else DRAWN
        made += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F 3 0 R >> /XObject << /X8 8 0 R >> >>"
            b" /Contents %d 0 R >>" % (WIDTH, HEIGHT, 10 + 2 * number),
            stream(content),
        ]
    return assembled(made)
