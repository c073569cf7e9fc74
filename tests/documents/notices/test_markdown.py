"""Markdown: the signs are gone, the places are those of the source."""

from __future__ import annotations

import pytest
from tests.documents.notices.files import place, read, refusal, texts

from qingzhuang.documents.notices import UnreadableNotice
from qingzhuang.domain.notices.notice import Role

SOURCE = """\
---
author: office
---
# 关于**防火**检查的通知 #

各村要`每天`在[工作群](https://example.cn/a)里
上报*截图*，<b>作为</b>依据。
下一行还是 5*3 和 a_b_c 的 snake_case。

- 第一项 \\*不是强调\\*
- [ ] 第二项 A&amp;B
> 引用的话
> 接着说

小标题
---

| 村名 | 时限 |
| :--- | ---: |
| **甲村** | 周五 |
| 乙村 \\| 丙村 | |

```
代码 * 原样
```
![图](a.png)
"""


def test_read_markdown_text_without_signs() -> None:
    notice = read(SOURCE.encode(), "通知.md")
    assert texts(notice) == [
        "关于防火检查的通知",
        "各村要每天在工作群里上报截图，作为依据。下一行还是 5*3 和 a_b_c 的 snake_case。",
        "第一项 *不是强调*",
        "第二项 A&B",
        "引用的话接着说",
        "小标题",
        "村名",
        "时限",
        "甲村",
        "周五",
        "乙村 | 丙村",
        "代码 * 原样",
        "图",
    ]


def test_read_markdown_roles_and_cells() -> None:
    paragraphs = read(SOURCE.encode(), "通知.md").paragraphs
    assert [paragraph.role for paragraph in paragraphs[:6]] == [
        Role.TITLE,
        Role.TEXT,
        Role.TEXT,
        Role.TEXT,
        Role.TEXT,
        Role.HEADING,
    ]
    assert [paragraph.cell for paragraph in paragraphs[6:11]] == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2), (1, 3, 1)]
    assert {paragraph.role for paragraph in paragraphs[6:11]} == {Role.CELL}


@pytest.mark.parametrize(
    "word",
    [
        "防火",
        "检查",
        "每天",
        "工作群",
        "里",
        "上报",
        "截图",
        "作为",
        "5*3",
        "不是强调",
        "接着说",
        "小标题",
        "甲村",
        "丙村",
        "代码",
    ],
)
def test_read_markdown_places_are_those_of_the_source(word: str) -> None:
    lines = SOURCE.split("\n")
    paragraph = next(one for one in read(SOURCE.encode(), "通知.md").paragraphs if word in one.text)
    line, column = place(paragraph, word)
    assert lines[line - 1][column - 1 :].startswith(word)


def test_read_markdown_comments_and_scripts_are_unseen() -> None:
    assert texts(read("甲<!-- 乙\n丙 -->丁\n\n<script>\n戊\n</script>\n己".encode(), "a.md")) == ["甲丁", "己"]


def test_read_markdown_secrecy_is_judged_on_what_is_unseen_too() -> None:
    assert refusal("甲\n<!--\n机密★1年\n-->".encode(), "a.md").code == "secret-mark"


def test_read_markdown_numbered_paragraphs_do_not_run_together() -> None:
    assert texts(read("一、要求\n各村要做到\n二、期限".encode(), "a.md")) == ["一、要求各村要做到", "二、期限"]


@pytest.mark.parametrize(
    "piece",
    ["[", "](", "*", "**_", "`", "<", "<!--", "| ", "> ", "- ", "\\", "&amp", "#", " ", "![a](", "[a](b)", "~~", "1. "],
)
def test_read_markdown_takes_time_in_proportion(piece: str) -> None:
    many = piece * (240_000 // len(piece))
    for source in ("字" + many, many + "字", (many[:2000] + "\n") * 100):
        try:
            read(source.encode(), "a.md")
        except UnreadableNotice as error:
            assert error.code == "empty"  # noqa: PT017  # nothing is left where the signs are gone


def test_read_markdown_with_too_many_signs() -> None:
    assert refusal(b"*a" * 250_001, "a.md").code == "too-many-signs"
