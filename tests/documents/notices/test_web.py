"""Web pages: what their reader sees, with the places of the source."""

from __future__ import annotations

import pytest
from tests.documents.notices.files import place, read, refusal, texts

from qingzhuang.documents.notices import UnreadableNotice
from qingzhuang.domain.notices.notice import Role

SOURCE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>关于防火检查的通知_某县人民政府</title>
<style>p { color: red }</style><script>document.write("脚本里的话")</script></head>
<body><nav>首页 &gt; 通知</nav>
<h1>关于防火<br>检查的通知</h1>
<p>&nbsp;&nbsp;各村要<b>每天</b>上报
   截图&#xff0c;use the
   app。<p hidden>看不见的话<p style="DISPLAY : none">也看不见</p>
<div>第一行<br/>第二行<!-- 注释 --></div>
<h2>一、要求</h2>
<table><tr><th colspan="2">表头<td>末列<tr><td rowspan=2>甲<td>乙<p>另一段</p></td><td>丙</td></tr>
<tr><td>丁</td></tr></table>
<pre>代码 一
代码 二</pre>
<footer>版权所有</footer></body></html>"""


def test_read_web_what_is_seen() -> None:
    notice = read(SOURCE.encode(), "a.html")
    assert texts(notice) == [
        "关于防火检查的通知_某县人民政府", "首页 > 通知", "关于防火检查的通知", "各村要每天上报截图，use the app。", "第一行", "第二行",
        "一、要求", "表头", "末列", "甲", "乙", "另一段", "丙", "丁", "代码 一", "代码 二", "版权所有",
    ]  # fmt: skip


def test_read_web_roles_and_cells() -> None:
    paragraphs = {paragraph.text: paragraph for paragraph in read(SOURCE.encode(), "a.html").paragraphs}
    roles = [
        paragraphs[key].role for key in ("关于防火检查的通知", "一、要求", "首页 > 通知", "版权所有", "第一行", "甲")
    ]
    assert roles == [Role.TITLE, Role.HEADING, Role.MARGIN, Role.MARGIN, Role.TEXT, Role.CELL]
    cells = [paragraphs[key].cell for key in ("表头", "末列", "甲", "乙", "另一段", "丙", "丁")]
    assert cells == [(1, 1, 1), (1, 1, 3), (1, 2, 1), (1, 2, 2), (1, 2, 2), (1, 2, 3), (1, 3, 2)]


@pytest.mark.parametrize(
    "word", ["防火", "检查", "各村", "每天", "截图", "use", "app", "第二行", "末列", "丁", "代码 二"]
)
def test_read_web_places_are_those_of_the_source(word: str) -> None:
    lines = SOURCE.split("\n")
    for paragraph in read(SOURCE.encode(), "a.html").paragraphs:
        if word in paragraph.text:
            line, column = place(paragraph, word)
            assert lines[line - 1][column - 1 :].startswith(word)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5"),
        ("", "gb18030"),
    ],
)
def test_read_web_encodings(head: str, encoding: str) -> None:
    assert texts(read(f"<html>{head}<p>上報工作群截圖</p>".encode(encoding), "a.htm")) == ["上報工作群截圖"]


def test_read_web_content_tells_where_the_name_does_not() -> None:
    notice = read("<!DOCTYPE html><p>通知</p>".encode(), "通知.doc")
    assert (notice.form, texts(notice)) == ("html", ["通知"])


@pytest.mark.parametrize(
    "source",
    [
        "<p>甲</p><p style='display:none'>机密★1年</p>",
        "<!-- 秘密★长期 -->甲",
        "<meta name=keywords content='绝密★启用前'>甲",
        "甲<img alt='【机密】'>",
        "<table><tr><td>密级：</td><td>机密</td></tr></table>",
        "<noscript>机密</noscript>甲",
    ],
)
def test_read_web_secrecy_is_judged_on_what_is_unseen_too(source: str) -> None:
    assert refusal(f"<html>{source}".encode(), "a.html").code == "secret-mark"


def test_read_web_table_about_secrets_is_no_mark() -> None:
    source = (
        "<html><table><tr><td>绝密</td><td>机密</td><td>秘密</td></tr><tr><td>0</td><td>1</td><td>2</td></tr></table>"
    )
    assert len(read(source.encode(), "a.html").paragraphs) == 6


@pytest.mark.parametrize(
    "piece",
    [
        "<", "<!", "<!--", "<a", "<a ", "<a href='", '<a b="', "</", "</p", "<p>", "<table><tr><td>", "&", "&#", "&amp", "<script>",
        "<td rowspan=9 colspan=99>", "<title>", "<?", "<![CDATA[", "<a b=c d", "a  b\n", "<b>", "</b>", "<p hidden>", "=", '"', "<a\n",
    ],
)  # fmt: skip
def test_read_web_takes_time_in_proportion(piece: str) -> None:
    try:
        read(("<html>字" + piece * (240_000 // len(piece))).encode(), "a.html")
    except UnreadableNotice as error:
        assert error.code in {"too-many-lines", "empty"}  # noqa: PT017  # either is a clear answer


def test_read_web_with_too_many_signs() -> None:
    assert refusal(b"<html>" + b"<b>" * 250_000, "a.html").code == "too-many-signs"
