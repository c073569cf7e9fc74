"""Scans, with a recogniser made for the test."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.documents.notices.files import read, refusal, texts
from tests.documents.notices.pdfs import scanned_pdf

from qingzhuang.documents.notices import limits, scan
from qingzhuang.documents.notices.scan import Found, Picture

PNG = (Path(__file__).parent / "scan.png").read_bytes()
LINES: list[Found] = [
    ("各村要每天在工作群里上报巡查截图，作为", 170, 150, 900, 190),
    ("关于开展秋季防火检查的通知", 250, 40, 760, 80),
    ("年终考核的依据。", 100, 220, 390, 260),
    ("联系人", 100, 300, 220, 340),
    ("见附件", 500, 302, 620, 341),
]


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """Put a recogniser in place that finds the same lines in every picture; return the pictures that it was given."""
    given: list[Picture] = []

    def recognise(picture: Picture) -> list[Found]:
        given.append(picture)
        return LINES

    monkeypatch.setattr(scan, "load_recogniser", lambda: recognise)
    return given


@pytest.mark.usefixtures("recogniser")
def test_read_picture_lines_by_their_places() -> None:
    notice = read(PNG, "通知.png", ocr=True)
    assert notice.scanned
    assert texts(notice) == [
        "关于开展秋季防火检查的通知",
        "各村要每天在工作群里上报巡查截图，作为年终考核的依据。",
        "联系人 见附件",
    ]
    assert notice.paragraphs[1].at(19) == (3, 1)


def test_read_pdf_pages_without_text_are_recognised(recogniser: list[Picture]) -> None:
    notice = read(scanned_pdf(2, {2: "第二页的话"}), "通知.pdf", ocr=True)
    assert notice.scanned
    assert [(one.text, one.page) for one in notice.paragraphs][-1] == ("第二页的话", 2)
    assert notice.paragraphs[0].page == 1
    assert [(one.width, one.height, len(one.pixels)) for one in recogniser] == [(1653, 2339, 1653 * 2339)]


@pytest.mark.usefixtures("recogniser")
def test_read_picture_secrecy_is_judged_on_what_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "load_recogniser", lambda: lambda _: [("机密★1年", 0, 0, 90, 20), *LINES])
    assert refusal(PNG, "a.png", ocr=True).code == "secret-mark"


def test_read_picture_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(scan, "load_recogniser", missing)
    assert refusal(PNG, "a.png", ocr=True).code == "needs-ocr"
    assert refusal(scanned_pdf(), "a.pdf", ocr=True).code == "needs-ocr"


def test_read_picture_unless_asked_for() -> None:
    assert refusal(PNG, "a.png").code == "scan"


@pytest.mark.usefixtures("recogniser")
def test_read_picture_that_is_too_large_or_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(PNG[:300], "a.png", ocr=True).code == "damaged"
    monkeypatch.setattr(limits, "PIXELS", 1000)
    assert refusal(PNG, "a.png", ocr=True).code == "huge-picture"
    monkeypatch.setattr(limits, "SCANNED_PAGES", 0)
    assert refusal(PNG, "a.png", ocr=True).code == "too-many-scans"
    assert refusal(scanned_pdf(), "a.pdf", ocr=True).code == "too-many-scans"


@pytest.mark.usefixtures("recogniser")
def test_read_picture_of_several_pages() -> None:
    from PIL import Image

    with Image.open(io.BytesIO(PNG)) as image:
        stream = io.BytesIO()
        image.save(stream, "TIFF", save_all=True, append_images=[image.copy()])
    assert {one.page for one in read(stream.getvalue(), "a.tif", ocr=True).paragraphs} == {1, 2}
