"""Word documents: the order of paragraphs, what is text and what is not, what is never opened."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from tests.documents.notices.files import document, place, read, refusal, repacked, saved, texts, with_body, word

from qingzhuang.documents.notices.word import open_word
from qingzhuang.documents.notices.word_order import text_of, word_paragraphs, word_runs
from qingzhuang.domain.notices.notice import Role

TEXT_BOX = (
    "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    "<w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
RUN = "<w:r><w:t>{}</w:t></w:r>"
FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:type="separator" w:id="0">'
    "<w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote><w:footnote w:id='1'><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def with_footnote(text: str) -> bytes:
    given = word("正文")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    entries = {
        "word/footnotes.xml": FOOTNOTES.format(text).encode(),
        "[Content_Types].xml": entry(given, "[Content_Types].xml").replace(
            b"</Types>", b'<Override PartName="/word/footnotes.xml" ContentType="%s"/></Types>' % kind.encode()
        ),
        "word/_rels/document.xml.rels": entry(given, "word/_rels/document.xml.rels").replace(
            b"</Relationships>",
            b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
            b'Target="footnotes.xml"/></Relationships>',
        ),
    }
    return repacked(given, entries)


def entry(data: bytes, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name)


def full() -> Any:
    """Return a document with a little of everything."""
    made = docx.Document()
    made.add_heading("关于防火检查的通知", 0)
    made.add_heading("一、要求", 1)
    made.add_paragraph("　　各村要每天上报截图。")
    made.add_paragraph("")
    table = made.add_table(2, 3)
    for row in range(2):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    merged = table.cell(0, 0).merge(table.cell(0, 1))
    merged.text = "合并"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "竖并"
    inner = table.cell(1, 0).add_table(1, 1)
    inner.cell(0, 0).text = "里面"
    made.add_paragraph("表后")
    made.sections[0].header.paragraphs[0].text = "眉"
    made.sections[0].footer.paragraphs[0].text = "脚"
    return made


def test_read_word_in_order_with_roles_and_cells() -> None:
    notice = read(saved(full()), "通知.docx")
    seen = [(one.text, one.role, one.cell) for one in notice.paragraphs]
    assert seen == [
        ("关于防火检查的通知", Role.TITLE, None),
        ("一、要求", Role.HEADING, None),
        ("各村要每天上报截图。", Role.TEXT, None),
        ("合并", Role.CELL, (1, 1, 1)),
        ("竖并", Role.CELL, (1, 1, 3)),
        ("10", Role.CELL, (1, 2, 1)),
        ("里面", Role.CELL, (2, 1, 1)),
        ("11", Role.CELL, (1, 2, 2)),
        ("表后", Role.TEXT, None),
        ("眉", Role.MARGIN, None),
        ("脚", Role.MARGIN, None),
    ]
    assert place(notice.paragraphs[2], "截图") == (3, 10)


def test_read_word_lines_are_those_of_word_paragraphs() -> None:
    data = saved(full())
    counted = list(word_paragraphs(open_word(data, "a.docx")))
    for paragraph in read(data, "a.docx").paragraphs:
        line, column = paragraph.at(0)
        assert text_of(counted[line - 1])[column - 1 :].startswith(paragraph.text)
    assert counted[2].text == "　　各村要每天上报截图。"


def test_word_runs_know_their_offsets() -> None:
    made = document("")
    paragraph = made.paragraphs[0]
    for text in ("各村", "要每天", "", "截图"):
        paragraph.add_run(text)
    assert [(offset, run.text) for offset, run in word_runs(paragraph)] == [(0, "各村"), (2, "要每天"), (5, "截图")]


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<w:p><w:r><w:t>要</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:r><w:t>上报</w:t></w:r></w:p>", ["要上报"]),
        ("<w:p><w:r><w:t>要</w:t></w:r><w:ins><w:r><w:t>每天</w:t></w:r></w:ins></w:p>", ["要每天"]),
        ("<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>", ["新"]),
        ("<w:p><w:hyperlink r:id='x'><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:t>后</w:t></w:r></w:p>", ["链接后"]),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>现</w:t></w:r></w:p>", ["现"]),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>页</w:t><w:tab/><w:t>码</w:t></w:r></w:p>", ["页\t码"]),
        ("<w:p><w:r><w:t>一、要求</w:t><w:br/><w:t>二、期限</w:t></w:r></w:p>", ["一、要求", "二、期限"]),
        (f"<w:p><w:r><w:ruby><w:rt>{RUN.format('cun')}</w:rt><w:rubyBase>{RUN.format('村')}</w:rubyBase></w:ruby></w:r></w:p>", ["村"]),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>", ["控件"]),
        (TEXT_BOX.format("框里"), ["正文", "框里"]),
    ],
)  # fmt: skip
def test_read_word_what_is_text(xml: str, said: list[str]) -> None:
    assert texts(read(saved(with_body(xml)), "a.docx")) == said


def test_read_word_a_deleted_row_is_gone() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl>{row.format('<w:trPr><w:del/></w:trPr>', '删')}{row.format('', '留')}</w:tbl>"
    notice = read(saved(with_body(table)), "a.docx")
    assert [(one.text, one.cell) for one in notice.paragraphs] == [("留", (1, 1, 1))]


def test_read_word_line_breaks_within_a_sentence_and_a_title_are_joined() -> None:
    made = document()
    title = made.add_heading("", 0)
    title.add_run("关于进一步做好").add_break()
    title.add_run("防火工作的通知")
    body = made.add_paragraph()
    body.add_run("各村要结合实际认真落实防火责任每天在工作群里").add_break()
    body.add_run("上报巡查截图。")
    notice = read(saved(made), "a.docx")
    assert texts(notice) == [
        "关于进一步做好防火工作的通知",
        "各村要结合实际认真落实防火责任每天在工作群里上报巡查截图。",
    ]
    assert place(notice.paragraphs[1], "巡查") == (2, 26)


def test_read_word_title_that_is_set_by_hand() -> None:
    made = document()
    for text, size in (("某县人民政府文件", 36), ("关于防火检查的通知", 22), ("各村：", 16)):
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).font.size = Pt(size)
    assert [one.role for one in read(saved(made), "a.docx").paragraphs] == [Role.TEXT, Role.TITLE, Role.TEXT]


def test_read_word_footnotes_come_after_the_body() -> None:
    notice = read(with_footnote("脚注"), "a.docx")
    assert [(one.text, one.at(0)) for one in notice.paragraphs] == [("正文", (1, 1)), ("脚注", (2, 1))]


def header(text: str) -> bytes:
    made = document("正文")
    made.sections[0].first_page_header.paragraphs[0].text = text
    return saved(made)


def titled(text: str) -> bytes:
    made = document("正文")
    made.core_properties.title = text
    return saved(made)


def commented(text: str) -> bytes:
    made = document("正文")
    made.paragraphs[0].add_run("话")
    made.add_comment(made.paragraphs[0].runs, text, author="", initials="")
    return saved(made)


def watermark(text: str) -> bytes:
    xml = f'<w:p><w:r><w:pict><v:shape><v:textpath style="x" string="{text}"/></v:shape></w:pict></w:r></w:p>'
    return saved(with_body(xml, "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"))


def deleted(text: str) -> bytes:
    return saved(
        with_body(
            f"<w:p><w:del><w:r><w:delText>{text}</w:delText></w:r></w:del><w:r><w:br/><w:t>正文</w:t></w:r></w:p>"
        )
    )


def in_runs(text: str) -> bytes:
    runs = "".join(f"<w:r><w:t>{one}</w:t></w:r>" for one in text)
    return saved(with_body(f"<w:p>{runs}</w:p>", "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"))


@pytest.mark.parametrize("make", [header, titled, commented, watermark, deleted, in_runs, with_footnote, word])
@pytest.mark.parametrize(
    ("text", "mark"), [("机密★1年", "机密"), ("内部资料　注意保存", "内部资料注意保存"), ("工作秘密", "工作秘密")]
)
def test_read_word_secrecy_is_judged_wherever_the_mark_stands(make: Any, text: str, mark: str) -> None:
    error = refusal(make(text), "a.docx")
    assert (error.code, error.values) == ("secret-mark", {"mark": mark})


def test_read_word_secrecy_in_a_text_box_and_in_a_layout_table() -> None:
    assert refusal(saved(with_body(TEXT_BOX.format("绝密"))), "a.docx").code == "secret-mark"
    made = document("正文")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "密级：", "秘密"
    assert refusal(saved(made), "a.docx").code == "secret-mark"


def test_read_word_table_about_secrets_is_no_mark() -> None:
    made = document("涉密人员统计表")
    table = made.add_table(2, 3)
    for column, (level, number) in enumerate((("绝密", "0"), ("机密", "3"), ("秘密", "5"))):
        table.cell(0, column).text, table.cell(1, column).text = level, number
    assert len(read(saved(made), "a.docx").paragraphs) == 7


def test_read_word_with_macros_is_refused() -> None:
    with_macros = repacked(word("正文"), {"word/vbaProject.bin": b"x"})
    assert refusal(with_macros, "a.docx").code == "macros"
    assert refusal(word("正文"), "a.docm").code == "macros"
    types = entry(word("正文"), "[Content_Types].xml")
    kind = types.replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.document.macroEnabled.main+xml")
    assert refusal(repacked(word("正文"), {"[Content_Types].xml": kind}), "a.docx").code == "macros"


def test_read_word_with_another_document_in_its_text_is_refused() -> None:
    assert refusal(saved(with_body("<w:altChunk r:id='rId1'/>")), "a.docx").code == "foreign-part"


def test_read_word_hidden_direction_is_named_by_paragraph() -> None:
    error = refusal(word("各村：", "要每天\u202e上报"), "a.docx")
    assert (error.code, error.values["line"], error.values["column"]) == ("hidden-direction", 2, 4)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_read_word_that_was_cut_off(share: float) -> None:
    data = word("正文" * 500)
    assert refusal(data[: int(len(data) * share)], "a.docx").code == "damaged"


@pytest.mark.parametrize(
    "name", ["word/document.xml", "_rels/.rels", "word/styles.xml", "[Content_Types].xml", "word/header1.xml"]
)
@pytest.mark.parametrize("content", [None, b"", b"<w:document/>", b"\xff\xfe<\0a\0", b"<a>" * 400])
def test_read_word_with_a_broken_part_ends_in_an_error_or_a_notice(name: str, content: bytes | None) -> None:
    made = full()
    try:
        read(repacked(saved(made), {name: content}), "a.docx")
    except Exception as error:  # only the one kind may come
        assert type(error).__name__ == "UnreadableNotice"  # noqa: PT017
