"""PDF: its lines of text, joined to paragraphs; pages that are pictures go to `scan`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.errors import UnreadableNotice
from qingzhuang.documents.notices.layout import Line, paragraphs_of

_PROGRAM = Path(__file__).with_name("pdf_program.py")
_DOTS = 200
_GARBLED = 0.3


def read_pdf(data: bytes, file: str, *, ocr: bool = False) -> Content:
    """Return the paragraphs of the PDF `data`; raises `UnreadableNotice`."""
    answer = _asked(data, file)
    if code := answer.pop("code", None):
        raise UnreadableNotice(code, file, **answer)
    lines = [Line(text, page, *box) for page, text, *box in answer["lines"]]
    sizes = {number: (width, height) for number, (width, height) in enumerate(answer["sizes"], 1)}
    pictures = answer["blank"]
    if answer["strange"] > _GARBLED * max(answer["characters"], 1):
        if not ocr:
            raise UnreadableNotice("garbled", file)
        lines, pictures = [], list(sizes)
    if pictures or not lines:
        return _with_pictures(data, file, lines, sizes, pictures or list(sizes), answer["beside"], ocr=ocr)
    return Content(paragraphs_of(lines, sizes, file), answer["beside"])


def _with_pictures(
    data: bytes,
    file: str,
    lines: list[Line],
    sizes: dict[int, tuple[float, float]],
    pages: list[int],
    beside: list[str],
    *,
    ocr: bool,
) -> Content:
    """Return the paragraphs of a PDF some of whose pages are pictures: they are recognised, or the whole is refused."""
    if not ocr:
        raise UnreadableNotice("scanned-pages" if lines else "scan", file, pages=tuple(pages))
    if len(pages) > limits.SCANNED_PAGES:
        raise UnreadableNotice("too-many-scans", file, pages=len(pages), most=limits.SCANNED_PAGES)
    from qingzhuang.documents.notices.scan import Picture, recognised

    for page in pages:
        head, _, pixels = _run(data, file, str(page), str(_DOTS)).partition(b"\n")
        width, height = (int(one) for one in head.split())
        sizes[page] = float(width), float(height)
        lines += recognised(Picture(width, height, pixels), page, file)
    lines.sort(key=lambda line: line.page)
    return Content(paragraphs_of(lines, sizes, file) if lines else [], beside, scanned=True)


def _asked(data: bytes, file: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_run(data, file))
    return answer


def _run(data: bytes, file: str, *more: str) -> bytes:
    """Return what the program of its own answers for `data`."""
    bounds = (str(limits.PROGRAM_BYTES), str(limits.PDF_PAGES), str(limits.LINES))
    command = [sys.executable, "-P", str(_PROGRAM), *bounds, *more]  # -P: the modules beside it are none of its own
    try:
        ran = subprocess.run(command, input=data, capture_output=True, timeout=limits.SECONDS, check=True)  # noqa: S603  # a fixed command
    except subprocess.TimeoutExpired:
        raise UnreadableNotice("too-slow", file, seconds=round(limits.SECONDS)) from None
    except (subprocess.SubprocessError, OSError):
        raise UnreadableNotice("damaged", file) from None
    return ran.stdout
