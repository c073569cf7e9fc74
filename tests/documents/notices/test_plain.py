"""Plain text: encodings, places, lines that were broken at one width."""

from __future__ import annotations

import pytest
from tests.documents.notices.files import place, read, refusal, texts

from qingzhuang.domain.notices.notice import notice_of

TEXT = "关于开展秋季防火检查的通知\n\n各村：\n　　要每天上报截图。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_read_plain_in_every_encoding(encoding: str) -> None:
    notice = read(TEXT.encode(encoding), "通知.txt")
    assert texts(notice) == ["关于开展秋季防火检查的通知", "各村：", "　　要每天上报截图。"]
    assert place(notice.paragraphs[2], "截图") == (4, 8)
    assert (notice.form, notice.file, notice.scanned) == ("txt", "通知.txt", False)


def test_read_plain_is_what_notice_of_says() -> None:
    assert read(TEXT.encode(), "-").paragraphs == notice_of(TEXT).paragraphs


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_read_plain_with_every_end_of_line(end: str) -> None:
    notice = read(TEXT.replace("\n", end).encode(), "a.txt")
    assert [paragraph.at(0) for paragraph in notice.paragraphs] == [(1, 1), (3, 1), (4, 1)]


def test_read_plain_traditional_characters_stay() -> None:
    assert texts(read("關於清理工作群的通知".encode("gb18030"), "a.txt")) == ["關於清理工作群的通知"]


def test_read_plain_zero_width_characters_stay() -> None:
    assert texts(read("截\u200b图\u00ad上\u2060传".encode(), "a.txt")) == ["截\u200b图\u00ad上\u2060传"]


BROKEN = """关于开展秋季防火检查的通知

各村（社区）：
    为切实做好今年秋季森林防火工作，经研究决定在全镇范围
内开展一次大检查。各村要结合实际，每天在工作群里上报巡查
截图，并作为年终考核的重要依据，逾期不报的予以通报批评。
    一、加强组织领导。各村要成立领导小组，层层签订责任书
并将名单于本周五前报镇应急办，同时抄送镇纪委备案，不得漏
报瞒报。
    二、严格值班值守。using the county app every single
day，实行零报告制度。
"""


def test_read_plain_joins_lines_that_were_broken_at_one_width() -> None:
    notice = read(BROKEN.encode(), "a.txt")
    assert [text[:6] for text in texts(notice)] == [
        "关于开展秋季",
        "各村（社区）",
        "为切实做好今",
        "一、加强组织",
        "二、严格值班",
    ]
    body = notice.paragraphs[2]
    assert "全镇范围内开展" in body.text
    assert "巡查截图，并作为" in body.text
    assert [place(body, word) for word in ("为切实", "范围", "内开展", "截图", "批评")] == [
        (4, 5),
        (4, 29),
        (5, 1),
        (6, 1),
        (6, 26),
    ]
    assert body.line_at(body.text.index("截图"))[0] == "截图，并作为年终考核的重要依据，逾期不报的予以通报批评。"
    assert "every single day，" in texts(notice)[4]


def test_read_plain_leaves_a_list_of_like_lines_alone() -> None:
    listed = "\n".join(f"{n}、某某村委会某某工作人员负责某某片区某某事项的落实工作；" for n in "一二三四五六七八")
    assert len(read(listed.encode(), "a.txt").paragraphs) == 8


def test_read_plain_leaves_long_paragraphs_alone() -> None:
    text = "\n".join("各村要结合实际认真落实" * n for n in (3, 9, 4, 12, 5, 7, 20, 6)) + "。"
    assert len(read(text.encode(), "a.txt").paragraphs) == 8


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\x81\xff\x81 text", "encoding"),
        (b"text\0text", "binary"),
        ("通知".encode("utf-16-le") + "\n".encode("utf-16-le"), "binary"),
        ("字".encode() * 1_000_001, "long-line"),
        (b"a\n" * 100_001, "too-many-lines"),
    ],
)
def test_read_plain_of_what_is_no_text(data: bytes, code: str) -> None:
    assert refusal(data, "a.txt").code == code


@pytest.mark.parametrize(
    ("character", "code"),
    [("\x07", "control-character"), ("\x1b", "control-character"), ("\x9b", "control-character")]
    + [(one, "hidden-direction") for one in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"],
)
def test_read_plain_names_the_place_of_a_character_that_has_none(character: str, code: str) -> None:
    error = refusal(f"各村：\n要每天{character}上报。".encode(), "a.txt")
    assert (error.code, error.values) == (code, {"line": 2, "column": 4, "name": f"U+{ord(character):04X}"})


def test_read_plain_form_feeds_and_tabs_are_white_space() -> None:
    assert texts(read("一、要求\f\n二、期限\t周五".encode(), "a.txt")) == ["一、要求", "二、期限\t周五"]
