"""Scans: text recognised from pictures by RapidOCR, on this machine, with the models that its wheel carries.

The extra `ocr` brings it. What it reads may be wrong, so a notice from here says that it is `scanned`."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.errors import UnreadableNotice
from qingzhuang.documents.notices.layout import Line, paragraphs_of, rows_of

_LEAST_SURE = 0.5


@dataclass(frozen=True)
class Picture:
    """A picture of a page, eight bits of grey a dot, row by row."""

    width: int
    height: int
    pixels: bytes


Found = tuple[str, float, float, float, float]
"""A piece of recognised text with the left, top, right and bottom of its box, in dots."""

Recogniser = Callable[[Picture], list[Found]]


def read_picture(data: bytes, file: str, *, ocr: bool) -> Content:
    """Return the paragraphs in the picture `data`, of one page or several; raises `UnreadableNotice`."""
    if not ocr:
        raise UnreadableNotice("scan", file)
    lines: list[Line] = []
    sizes: dict[int, tuple[float, float]] = {}
    for page, picture in enumerate(_pictures(data, file), 1):
        sizes[page] = float(picture.width), float(picture.height)
        lines += recognised(picture, page, file)
    return Content(paragraphs_of(lines, sizes, file) if lines else [], scanned=True)


def recognised(picture: Picture, page: int, file: str) -> list[Line]:
    """Return the lines of text in `picture`; raises `UnreadableNotice` where the extra is not installed."""
    try:
        recogniser = load_recogniser()
    except ImportError:
        raise UnreadableNotice("needs-ocr", file) from None
    found = recogniser(picture)
    return rows_of(Line(text, page, left, top, right, bottom, bottom - top) for text, left, top, right, bottom in found)


@cache
def load_recogniser() -> Recogniser:
    """Return what recognises text; raises ImportError. Loading its models takes a second, once a process."""
    import logging

    import numpy as np
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)  # what a notice says belongs in no log
    engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def recognise(picture: Picture) -> list[Found]:
        grey = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width)
        read = engine(np.repeat(grey[:, :, None], 3, axis=2))
        if read.boxes is None or read.txts is None:
            return []
        sure = [one for one in zip(read.boxes, read.txts, read.scores, strict=True) if one[2] >= _LEAST_SURE]
        return [(text, *map(float, (*box.min(axis=0), *box.max(axis=0)))) for box, text, _ in sure]

    return recognise


def _pictures(data: bytes, file: str) -> list[Picture]:
    """Return the pages of the picture `data` in grey."""
    try:
        from PIL import Image, ImageSequence
    except ImportError:
        raise UnreadableNotice("needs-ocr", file) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # it is weighed here
        with Image.open(io.BytesIO(data)) as image:
            pages = []
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                if number > limits.SCANNED_PAGES:
                    raise UnreadableNotice("too-many-scans", file, pages=number, most=limits.SCANNED_PAGES)
                if frame.width * frame.height > limits.PIXELS:
                    raise UnreadableNotice("huge-picture", file, most=limits.PIXELS // 1_000_000)
                grey = frame.convert("L")
                pages.append(Picture(grey.width, grey.height, grey.tobytes()))
            return pages
