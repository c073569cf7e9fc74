"""Input made to hurt: each ends in a clear answer within 10 seconds and 1 GiB.

Each file is read by a process of its own, so that its time and memory, and those of what it starts, can be told."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from tests.documents.notices.files import SPACES, ofd, packed, repacked, word
from tests.documents.notices.pdfs import assembled, pdf, stream

from qingzhuang.documents.notices.form import OLE

SECONDS = 10
MEMORY = 1 << 30

READ = """
import json, resource, sys, time
from pathlib import Path
begun = time.monotonic()
from qingzhuang.documents.notices import UnreadableNotice, describe, read_notice
from qingzhuang.words import Words
try:
    read_notice(Path(sys.argv[1]))
    code, said = "", ""
except UnreadableNotice as error:
    code, said = error.code, describe(error, Words())
status = Path("/proc/self/status")  # where there is one: RUSAGE_SELF begins with what the parent had
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
own = int(status.read_text().split("VmHWM:")[1].split()[0]) if status.exists() else own
peak = own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
print(json.dumps({"code": code, "said": said, "seconds": time.monotonic() - begun, "peak": peak}))
"""

MIB = 1 << 20


def zip_bomb() -> bytes:
    return repacked(word("正文"), {"word/document.xml": b"<a>" + b" " * (110 * MIB)})


def lying_zip_bomb() -> bytes:
    """Return a document whose directory declares few bytes where there are many."""
    data = bytearray(repacked(word("正文"), {"word/document.xml": b"<a>" + b" " * (110 * MIB)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as given:
        entry = given.getinfo("word/document.xml")
        crc = zlib.crc32(b"<a>" + b" " * 97)
    for sign, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = data.index(sign)
        while not bytes(data[at : at + 100]).count(b"word/document.xml"):
            at = data.index(sign, at + 1)
        data[at + place : at + place + 12] = struct.pack("<III", crc, entry.compress_size, 100)
    return bytes(data)


def many_entries() -> bytes:
    return packed({f"word/{n}.xml": b"" for n in range(20_000)} | {"[Content_Types].xml": b"wordprocessingml"})


def with_text(inner: bytes) -> bytes:
    body = b"<w:document %s><w:body>%s</w:body></w:document>" % (SPACES.encode(), inner)
    return repacked(word("正文"), {"word/document.xml": body})


def entities() -> bytes:
    names = "abcdefghij"
    inner = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    xml = f'<!DOCTYPE w [<!ENTITY a "字字字字字字字字字字">{inner}]><w>&j;</w>'
    return repacked(word("正文"), {"word/document.xml": xml.encode()})


def external_entity() -> bytes:
    xml = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>'
    return repacked(word("正文"), {"word/styles.xml": xml.encode()})


def nested(depth: int) -> bytes:
    table = b"<w:tbl><w:tr><w:tc>%s</w:tc></w:tr></w:tbl>"
    inner = b"<w:p/>"
    for _ in range(depth):
        inner = table % inner
    return with_text(inner)


def encrypted_pdf() -> bytes:
    keys = b"/O <%s> /U <%s> >> /ID [<%s> <%s>]" % (b"11" * 32, b"22" * 32, b"33" * 16, b"33" * 16)
    return pdf([[(80, 700, 16, "各村")]], trailer=b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 " + keys)


def pdf_with_content(content: bytes, filters: bytes = b"", *forms: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            page,
            stream(content, filters),
            *forms,
        ]
    )


def pdf_bomb(times: int) -> bytes:
    content, filters = b"q " * (120 * MIB), b"/Filter ["
    for _ in range(times):
        content, filters = zlib.compress(content, 6), filters + b" /FlateDecode"
    return pdf_with_content(content, filters + b"]")


def forms_in_forms() -> bytes:
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /A %d 0 R >> >>"
    return pdf_with_content(b"/A Do", b"", *(stream(b"/A Do " * 10, kind % (6 + n)) for n in range(25)))


def own_page() -> bytes:
    """Return a PDF whose pages hold one another."""
    return assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 400 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"]
    )


def ofd_bomb() -> bytes:
    return ofd([[]], more={"Doc_0/Pages/Page_0/Content.xml": b"<a>" + b" " * (110 * MIB)})


LINE = "字".encode()
CASES: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "zip bomb": ("a.docx", zip_bomb, {"too-much-inside"}),
    "zip bomb that lies": ("a.docx", lying_zip_bomb, {"too-much-inside", "damaged"}),
    "zip of many entries": ("a.docx", many_entries, {"too-much-inside"}),
    "too much XML": ("a.docx", lambda: with_text(b"<w:p/>" * 1_600_000), {"too-much-inside"}),
    "many empty paragraphs": ("a.docx", lambda: with_text(b"<w:p/>" * 1_400_000), {"too-many-lines"}),
    "many attributes": ("a.docx", lambda: with_text(b'<w:p a="" b="" c="" d="" e="" f=""/>' * 200_000), {"too-many-lines"}),
    "one long run": ("a.docx", lambda: with_text(b"<w:p><w:r><w:t>" + b"a" * (9 * MIB) + b"</w:t></w:r></w:p>"), {"long-line"}),
    "many runs": ("a.docx", lambda: with_text(b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 360_000 + b"</w:p>"), {""}),
    "tables in tables": ("a.docx", lambda: nested(5_000), {"damaged"}),
    "tables in tables, as deep as allowed": ("a.docx", lambda: nested(80), {"empty", "damaged"}),
    "entities": ("a.docx", entities, {"unsafe-xml"}),
    "external entity": ("a.docx", external_entity, {"unsafe-xml"}),
    "macros": ("a.docx", lambda: repacked(word("正文"), {"word/vbaProject.bin": b"x"}), {"macros"}),
    "noise in a zip": ("a.docx", lambda: b"PK\x03\x04" + bytes(range(256)) * 4_000, {"damaged"}),
    "OFD bomb": ("a.ofd", ofd_bomb, {"too-much-inside"}),
    "encrypted PDF": ("a.pdf", encrypted_pdf, {"password"}),
    "PDF of 5,000 pages": ("a.pdf", lambda: pdf([[(80, 700, 16, "各村")]] * 5_000), {"too-many-pages"}),
    "PDF bomb": ("a.pdf", lambda: pdf_bomb(1), {"damaged", "too-slow"}),
    "PDF bomb in a bomb": ("a.pdf", lambda: pdf_bomb(2), {"damaged", "too-slow"}),
    "PDF forms in forms": ("a.pdf", forms_in_forms, {"damaged", "too-slow"}),
    "PDF pages in themselves": ("a.pdf", own_page, {"damaged", "scan"}),
    "PDF of noise": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40_000, {"damaged"}),
    "PDF of 500 full pages": (
        "a.pdf",
        lambda: pdf([[(80, 780 - 28 * n, 16, "各村要结合实际认真落实防火责任每天上报截图") for n in range(22)]] * 500),
        {""},
    ),
    "page with scripts": ("a.html", lambda: b"<html>" + b"<script>while(1);</script>" * 100_000 + b"<p>text", {""}),
    "page of tags": ("a.html", lambda: b"<html>" + b"<div>" * 249_000 + LINE, {""}),
    "page of open comments": ("a.html", lambda: b"<html>" + b"<!--" * 240_000, {"empty"}),
    "page of entities": ("a.html", lambda: b"<html>" + b"&amp" * 240_000, {"too-many-signs"}),
    "page of gaps": ("a.html", lambda: b"<html>" + b"<p>" * 9 + b"a  " * 1_600_000, {"long-line"}),
    "large page": ("a.html", lambda: b"<html>" + LINE * (2 * MIB), {"too-big"}),
    "line of 50 MB": ("a.txt", lambda: LINE * (50 * MIB // 3), {"too-big"}),
    "line of 20 MB": ("a.txt", lambda: LINE * (20 * MIB // 3), {"long-line"}),
    "line of 1 MB of marks almost": ("a.txt", lambda: "密级：".encode() * 110_000, {""}),
    "many lines": ("a.txt", lambda: b"a\n" * (10 * MIB), {"too-many-lines"}),
    "as much as allowed": ("a.txt", lambda: ("各村要每天上报截图" * 8 + "。\n").encode() * 90_000, {""}),
    "control characters": ("a.txt", lambda: LINE + b"\x1b[2J\x07", {"control-character"}),
    "directions": ("a.txt", lambda: "不\u202e得要".encode(), {"hidden-direction"}),
    "Markdown of signs": ("a.md", lambda: b"[" * 249_000, {""}),
    "Markdown of gaps": ("a.md", lambda: b"a " + b" " * 900_000 + b"#", {""}),
}  # fmt: skip


OFFICE_CASES: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "RTF of open groups": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * 2_000_000, {"too-slow", "damaged", "empty"}),
    "RTF of tables": ("a.rtf", lambda: b"{\\rtf1 " + rb"\trowd\cellx1\cell\row " * 300_000, {"too-slow", "damaged", "empty"}),
    "RTF of letters": ("a.rtf", lambda: b"{\\rtf1 " + rb"\u23383?" * 2_300_000, {"too-slow", "damaged", "long-line"}),
    "large RTF": ("a.rtf", lambda: b"{\\rtf1 " + b"a" * (20 * MIB), {"too-big"}),
    "old Word of marks almost": ("a.doc", lambda: old_word("密级：" * 3_000_000), {"damaged"}),
    "old Word of noise": ("a.doc", lambda: old_word("".join(map(chr, range(0x4E00, 0x9FA5)))), {"damaged"}),
}  # fmt: skip


def old_word(text: str) -> bytes:
    return OLE + b"\0" * 504 + "WordDocument".encode("utf-16-le") + text.encode("utf-16-le")


@pytest.mark.parametrize("case", CASES)
def test_read_notice_of_hostile_input(case: str, tmp_path: Path) -> None:
    check(*CASES[case], tmp_path)


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("case", OFFICE_CASES)
def test_read_notice_of_hostile_input_through_office(case: str, tmp_path: Path) -> None:
    check(*OFFICE_CASES[case], tmp_path)


def check(name: str, make: Callable[[], bytes], codes: set[str], folder: Path) -> None:
    """Read the file that `make` makes in another process, and check its answer, time and memory."""
    (folder / name).write_bytes(make())
    ran = subprocess.run([sys.executable, "-c", READ, str(folder / name)], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr[-2000:]
    answer = json.loads(ran.stdout)
    assert answer["code"] in codes
    assert bool(answer["said"]) == bool(answer["code"])
    assert answer["seconds"] < SECONDS
    assert answer["peak"] < MEMORY
