"""OFD: letters with places on pages, from a zip of XML."""

from __future__ import annotations

import pytest
from tests.documents.notices.files import ofd, place, read, refusal, texts

from qingzhuang.domain.notices.notice import Role

PAGE = [
    (28.0, 60.0, "各村："),
    (38.0, 70.0, "各村要结合实际认真落实防火责任每天在工作群里上报"),
    (28.0, 80.0, "巡查截图。"),
    (28.0, 90.0, "左边"),
    (100.0, 90.3, "右边"),
    (98.0, 285.0, "— 1 —"),
]


def test_read_ofd_lines_by_their_places() -> None:
    notice = read(ofd([PAGE, [(28.0, 60.0, "第二页")]]), "通知.ofd")
    assert notice.form == "ofd"
    assert [(one.text, one.page) for one in notice.paragraphs] == [
        ("各村：", 1), ("各村要结合实际认真落实防火责任每天在工作群里上报巡查截图。", 1), ("左边 右边", 1), ("第二页", 2), ("— 1 —", 1),
    ]  # fmt: skip
    assert notice.paragraphs[-1].role is Role.MARGIN
    assert place(notice.paragraphs[1], "巡查") == (3, 1)


@pytest.mark.parametrize(
    "data",
    [
        ofd([[(28.0, 60.0, "机密★1年"), (28.0, 80.0, "各村")]]),
        ofd([PAGE], title="【秘密】通知"),
        ofd([PAGE], more={"Doc_0/Annots/A.xml": "<a><b>绝密★启用前</b></a>"}),
    ],
)
def test_read_ofd_secrecy_is_judged_wherever_the_mark_stands(data: bytes) -> None:
    assert refusal(data, "a.ofd").code == "secret-mark"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ofd([[]]), "scan"),
        (ofd([PAGE], more={"Encryptions.xml": "<a/>"}), "password"),
        (ofd([PAGE], more={"OFD.xml": "<a"}), "damaged"),
        (ofd([PAGE], more={"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "unsafe-xml"),
        (ofd([PAGE], more={"Doc_0/Document.xml": "<a/>"}), "scan"),
        (ofd([[]] * 501), "too-many-pages"),
    ],
)
def test_read_ofd_that_cannot_be_read(data: bytes, code: str) -> None:
    assert refusal(data, "a.ofd").code == code


def test_read_ofd_pages_elsewhere_are_not_fetched() -> None:
    places = ("../../../etc/passwd", "http://127.0.0.1/a", "/Doc_0/Pages/Page_0/Content.xml")
    pages = "<a>" + "".join(f"<Page BaseLoc='{place}'/>" for place in places) + "</a>"
    assert texts(read(ofd([[(28.0, 60.0, "各村")]], more={"Doc_0/Document.xml": pages}), "a.ofd")) == ["各村"]


@pytest.mark.parametrize("delta", ["g 1000000000 5", "g x 5", "nan inf", "g", "1e999", "-5 " * 9])
def test_read_ofd_with_strange_numbers(delta: str) -> None:
    page = f'<Page><TextObject Boundary="1 2"><TextCode X="x" Y="" DeltaX="{delta}">各村要报送</TextCode></TextObject></Page>'
    assert texts(read(ofd([[]], more={"Doc_0/Pages/Page_0/Content.xml": page}), "a.ofd")) == ["各村要报送"]
