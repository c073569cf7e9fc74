"""The reader of PDF: a program of its own, for a file made to hurt must not take the caller's time, memory or life.

Run as `python pdf_program.py MEMORY PAGES LINES [PAGE DOTS]`; the PDF comes by standard input. Without PAGE the answer is
one JSON object on standard output: the lines of text with their boxes, or the code of what is wrong. With PAGE it is the
picture of that page, eight bits of grey a dot, behind a line with its width and height. Nothing is written to disk, no
form, script or link of the file is started, and nothing is imported but PDFium."""

from __future__ import annotations

import ctypes
import json
import sys
import unicodedata
from typing import Any

_PASSWORD = 4
_SKIPPED = {0, 0xFFFE, 0xFFFF, 0xFFFD}
_HYPHEN = 2
_RADICALS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))
_MOST_CHARACTERS = 3_000_000

Box = tuple[float, float, float, float]


def main(arguments: list[str]) -> None:
    """Answer for the PDF on standard input."""
    memory, pages, lines = (int(one) for one in arguments[:3])
    _bound(memory)
    data = sys.stdin.buffer.read()
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        code = "password" if raw.FPDF_GetLastError() == _PASSWORD else "damaged"
        _answer({"code": code})
        return
    if arguments[3:]:
        _draw(document, int(arguments[3]), int(arguments[4]))
    elif len(document) > pages:
        _answer({"code": "too-many-pages", "pages": len(document), "most": pages})
    else:
        _answer(_Reading(document, raw, lines).answer())


def _bound(memory: int) -> None:
    """Bound this program's memory, and forbid the system to write it to disk if it dies."""
    try:
        import resource
    except ImportError:  # not on Windows; time is bounded by the caller there too
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode("ascii"))


def _draw(document: Any, number: int, dots: int) -> None:
    """Write the picture of a page; a huge page is drawn with fewer dots an inch."""
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(dots / 72, (20_000_000 / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    pixels = bytes(bitmap.buffer)
    rows = (pixels[at : at + bitmap.width] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    sys.stdout.buffer.write(f"{bitmap.width} {bitmap.height}\n".encode("ascii"))
    sys.stdout.buffer.writelines(rows)


class _Reading:
    """Reads the pages of a document one by one."""

    def __init__(self, document: Any, raw: Any, most_lines: int) -> None:
        self.document, self.raw, self.most_lines = document, raw, most_lines
        self.lines: list[tuple[int, str, float, float, float, float, float]] = []
        self.sizes: list[tuple[float, float]] = []
        self.beside: list[str] = []
        self.blank: list[int] = []
        self.characters = 0
        self.strange = 0

    def answer(self) -> dict[str, Any]:
        """Return what was read, or the code of what is wrong."""
        self.beside += [str(value) for value in self.document.get_metadata_dict().values() if value]
        for number in range(1, len(self.document) + 1):
            page = self.document[number - 1]
            self.sizes.append(page.get_size())
            before = self.characters
            self._page(page, number)
            self._annotations(page)
            if self.characters == before and self._has_picture(page):
                self.blank.append(number)
            page.close()
            if self.characters > _MOST_CHARACTERS or len(self.lines) > self.most_lines:
                return {"code": "too-many-lines", "most": self.most_lines}
        return {
            "lines": self.lines, "sizes": self.sizes, "beside": self.beside, "blank": self.blank,
            "characters": self.characters, "strange": self.strange,
        }  # fmt: skip

    def _page(self, page: Any, number: int) -> None:
        text = page.get_textpage()
        count = self.raw.FPDFText_CountChars(text)
        height = self.sizes[-1][1]
        letters: list[str] = []
        seen: list[int] = []
        for index in range(min(count, _MOST_CHARACTERS + 1)):
            code = self.raw.FPDFText_GetUnicode(text, index)
            if code in {0x0A, 0x0D}:
                self._line(text, number, height, letters, seen)
                letters, seen = [], []
                continue
            letter = self._letter(code)
            if letter:
                letters.append(letter)
                if not letter.isspace():
                    seen.append(index)
        self._line(text, number, height, letters, seen)
        text.close()

    def _letter(self, code: int) -> str:
        if code == _HYPHEN:
            return "-"
        kind = unicodedata.category(chr(code)) if code <= sys.maxunicode else "Cs"
        if code in _SKIPPED or kind in {"Cc", "Cs"}:  # what a font without a table of its letters gives
            self.strange += code != 0
            return ""
        self.strange += kind == "Co"  # private use: the font keeps for itself what its letters are
        if any(first <= code <= last for first, last in _RADICALS):  # fonts name whole letters by their radicals
            return unicodedata.normalize("NFKC", chr(code))
        return chr(code)

    def _line(self, text: Any, number: int, height: float, letters: list[str], seen: list[int]) -> None:
        if not seen:
            return
        said = "".join(letters).strip()
        self.characters += len(seen)
        first, last = self._box(text, seen[0]), self._box(text, seen[-1])
        left, right = min(first[0], last[0]), max(first[2], last[2])
        bottom, top = min(first[1], last[1]), max(first[3], last[3])
        size = max(first[3] - first[1], last[3] - last[1])
        self.lines.append((number, said, left, height - top, right, height - bottom, size))

    def _box(self, text: Any, index: int) -> Box:
        """Return left, bottom, right, top of a letter, as high as its font."""
        rect = self.raw.FS_RECTF()
        if not self.raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            return 0.0, 0.0, 0.0, 0.0
        return rect.left, rect.bottom, rect.right, rect.top

    def _annotations(self, page: Any) -> None:
        """Keep what notes, stamps and fields on the page say: a mark may be stamped."""
        raw = self.raw
        for index in range(min(raw.FPDFPage_GetAnnotCount(page), 1000)):
            note = raw.FPDFPage_GetAnnot(page, index)
            if not note:
                continue
            for key in (b"Contents", b"V", b"Subj"):
                size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
                if 2 < size < 100_000:  # an empty text is its end alone, two bytes
                    buffer = (ctypes.c_ushort * (size // 2))()
                    raw.FPDFAnnot_GetStringValue(note, key, buffer, size)
                    self.beside.append(bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0"))
            raw.FPDFPage_CloseAnnot(note)

    def _has_picture(self, page: Any) -> bool:
        return next(iter(page.get_objects(filter=[self.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


if __name__ == "__main__":
    main(sys.argv[1:])
