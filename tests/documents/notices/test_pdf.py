"""PDF: lines joined to paragraphs, margins, pages without text."""

from __future__ import annotations

import pytest
from tests.documents.notices.files import place, read, refusal, texts
from tests.documents.notices.pdfs import pdf, scanned_pdf

from qingzhuang.documents.notices import limits
from qingzhuang.domain.notices.notice import Role

FIRST = [
    (297.5 - 6 * 22, 760, 22, "关于进一步做好防火检查工"),
    (297.5 - 3 * 22, 730, 22, "作的通知"[:4]),
    (80, 690, 16, "各村（社区）："),
    (112, 662, 16, "各村要结合实际认真落实防火责任每天在工作群里上"),
    (80, 634, 16, "报巡查截图，并作为年终考核的重要依据，请认真落实。"),
    (80, 606, 16, "一、要加强领导，明确责任，层层落实，确保不出问题，"),
    (80, 578, 16, "不留死角。"),
    (112, 550, 16, "二、要严格值班值守，实行零报告制度，每天下午五点"),
    (280, 40, 14, "— 1 —"),
]
SECOND = [(80, 760, 16, "前报到镇应急办。"), (112, 732, 16, "三、联系电话见附件。"), (280, 40, 14, "— 2 —")]


def test_read_pdf_joins_lines_to_paragraphs() -> None:
    notice = read(pdf([FIRST, SECOND]), "通知.pdf")
    assert [(one.text, one.role, one.page) for one in notice.paragraphs] == [
        ("关于进一步做好防火检查工作的通知", Role.TITLE, 1),
        ("各村（社区）：", Role.TEXT, 1),
        (
            "各村要结合实际认真落实防火责任每天在工作群里上报巡查截图，并作为年终考核的重要依据，请认真落实。",
            Role.TEXT,
            1,
        ),
        ("一、要加强领导，明确责任，层层落实，确保不出问题，不留死角。", Role.TEXT, 1),
        ("二、要严格值班值守，实行零报告制度，每天下午五点前报到镇应急办。", Role.TEXT, 1),
        ("三、联系电话见附件。", Role.TEXT, 2),
        ("— 1 —", Role.MARGIN, 1),
        ("— 2 —", Role.MARGIN, 2),
    ]
    assert place(notice.paragraphs[2], "巡查") == (5, 2)
    assert place(notice.paragraphs[4], "前报") == (10, 1)


def test_read_pdf_running_heads_are_margin() -> None:
    pages = [
        [(80, 800, 12, f"某县防火检查方案 {n}"), (80, 700, 16, f"{'一二三'[n]}、第{'甲乙丙'[n]}项要求")]
        for n in range(3)
    ]
    roles = [(one.role, one.page) for one in read(pdf(pages), "a.pdf").paragraphs]
    assert roles == [(Role.TEXT, 1), (Role.TEXT, 2), (Role.TEXT, 3)] + [(Role.MARGIN, n) for n in (1, 2, 3)]


def test_read_pdf_radicals_are_the_letters_they_look_like() -> None:
    assert texts(read(pdf([[(80, 700, 16, "⼯作群⽇报")]]), "a.pdf")) == ["工作群日报"]


ANNOTATION = b"/Annots [<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents <FEFF%s> >>]"
BODY = (80, 700, 16, "各村")


@pytest.mark.parametrize(
    "data",
    [
        pdf([[(80, 760, 16, "机密★1年"), BODY]]),
        pdf([[BODY]], title="秘密★10年"),
        pdf([[BODY]], on_page=ANNOTATION % "绝密★长期".encode("utf-16-be").hex().encode()),
    ],
)
def test_read_pdf_secrecy_is_judged_wherever_the_mark_stands(data: bytes) -> None:
    assert refusal(data, "a.pdf").code == "secret-mark"


def test_read_pdf_without_text() -> None:
    error = refusal(scanned_pdf(2), "a.pdf")
    assert (error.code, error.values) == ("scan", {"pages": (1, 2)})


def test_read_pdf_with_some_pages_without_text() -> None:
    error = refusal(scanned_pdf(3, {2: "各村要报送名单"}), "a.pdf")
    assert (error.code, error.values) == ("scanned-pages", {"pages": (1, 3)})


def test_read_pdf_whose_letters_are_gibberish() -> None:
    assert refusal(pdf([[(80, 700, 16, "\ue001\ue002\ue003")]], readable=False), "a.pdf").code == "garbled"


def test_read_pdf_takes_no_more_time_than_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.001)
    assert refusal(pdf([FIRST]), "a.pdf").code == "too-slow"


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_read_pdf_that_was_cut_off_ends_in_an_error_or_a_notice(share: float) -> None:
    data = pdf([FIRST, SECOND])
    assert refusal(data[: int(len(data) * share)], "a.pdf").code in {"damaged", "scan"}
