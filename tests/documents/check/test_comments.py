"""The findings as comments in the margin of the Word document itself."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from tests.documents.check.pack import full, judged
from tests.documents.notices.files import document, element, saved, with_body
from tests.documents.notices.test_word import RUN, TEXT_BOX, with_footnote

from qingzhuang.documents.check.comments import write_commented
from qingzhuang.documents.notices import read_notice
from qingzhuang.documents.notices.word_order import text_of, word_paragraphs
from qingzhuang.domain.gate import Judgement
from qingzhuang.words import LANGUAGES, Words

MADE = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def commented(data: bytes | Any, folder: Path, lang: str = "zh-Hans") -> tuple[Judgement, Any]:
    """Judge the Word document `data`, write it with comments, and return the judgement and what was written."""
    source, target = folder / "notice.docx", folder / "commented.docx"
    source.write_bytes(data if isinstance(data, bytes) else saved(data))
    judgement = judged(read_notice(source))
    write_commented(judgement, source, target, Words(lang))
    return judgement, docx.Document(str(target))


def commented_words(made: Any) -> list[str]:
    """Return, in the order of the comments, the words that each is tied to."""
    held: dict[str, str] = {}
    open_now: set[str] = set()
    for one in made.element.body.iter():
        key = one.get(qn("w:id"), "")
        if one.tag == qn("w:commentRangeStart"):
            open_now.add(key)
            held[key] = ""
        elif one.tag == qn("w:commentRangeEnd"):
            open_now.remove(key)
        elif one.tag == qn("w:t"):
            held |= {key: held[key] + (one.text or "") for key in open_now}
    references = [one.get(qn("w:id")) for one in made.element.body.iter(qn("w:commentReference"))]
    assert not open_now
    assert sorted(references) == sorted(held)
    return [held[str(comment.comment_id)] for comment in made.comments]


def texts(made: Any) -> list[str]:
    return [text_of(paragraph) for paragraph in word_paragraphs(made)]


def rich() -> Any:
    """Return a notice set by hand: a title, runs of several looks cut across the words, a table."""
    made = docx.Document()
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("关于走访的通知").font.size = Pt(22)
    body = made.add_paragraph()
    body.add_run("每次走访须")
    bold = body.add_run("拍照上")
    bold.bold, bold.font.size, bold.font.color.rgb = True, Pt(18), RGBColor(0xC0, 0, 0)
    body.add_run("传工作群，没有照片的一票否决，").italic = True
    body.add_run("其余\t照旧。")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "频次", "每日一报"
    return made


def test_comments_are_tied_to_the_exact_words(tmp_path: Path) -> None:
    judgement, made = commented(rich(), tmp_path)
    assert [finding.words for finding in judgement.findings] == [
        "须拍照上传",
        "拍照",
        "上传工作群",
        "一票否决",
        "每日",
    ]
    assert commented_words(made) == [finding.words for finding in judgement.findings]


def test_overlapping_words_in_one_run_are_all_tied_exactly(tmp_path: Path) -> None:
    judgement, made = commented(document("每次走访须拍照上传工作群。"), tmp_path)
    assert commented_words(made) == ["须拍照上传", "拍照", "上传工作群"] == [one.words for one in judgement.findings]


def test_findings_on_the_same_words_are_all_tied_to_them(tmp_path: Path) -> None:
    source = tmp_path / "notice.docx"
    source.write_bytes(saved(document("未报的一票否决。")))
    judgement = judged(read_notice(source))
    write_commented(replace(judgement, findings=judgement.findings * 3), source, tmp_path / "out.docx", Words())
    assert commented_words(docx.Document(str(tmp_path / "out.docx"))) == ["一票否决"] * 3


def test_split_runs_look_as_before_and_the_text_is_the_same(tmp_path: Path) -> None:
    _, made = commented(rich(), tmp_path)
    assert texts(made) == texts(rich())

    def looks(given: Any) -> list[tuple[str, Any, Any, Any]]:
        runs = given.paragraphs[1].runs
        return [(c, run.bold, run.italic, run.font.size) for run in runs for c in run.text]

    assert looks(made) == looks(rich())


def test_nothing_else_in_the_file_is_changed(tmp_path: Path) -> None:
    commented(rich(), tmp_path)
    with zipfile.ZipFile(tmp_path / "notice.docx") as before, zipfile.ZipFile(tmp_path / "commented.docx") as after:
        assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml"}
        assert [n for n in before.namelist() if n not in MADE and before.read(n) != after.read(n)] == []


def test_comment_says_severity_kind_message_suggestion_and_basis(tmp_path: Path) -> None:
    _, made = commented(document("未报的一票否决。"), tmp_path)
    (comment,) = made.comments
    assert (comment.author, comment.initials, comment.timestamp) == ("轻装", "轻", None)
    assert comment.text.split("\n") == [
        "退回：一票否决",
        "“一票否决”不该要",
        "改法：改掉“一票否决”（one-vote-veto）",
        "依据：《试行规定》 · 第三条 · 轻装或本县自定",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_comments_are_written_in_every_language(tmp_path: Path, lang: str) -> None:
    _, made = commented(document("未报的一票否决。"), tmp_path, lang)
    heads = {"zh-Hans": "退回：一票否决", "zh-Hant": "退回：一票否決", "en": "Refused: one-vote veto"}
    assert [comment.paragraphs[0].text for comment in made.comments] == [heads[lang]]


def test_file_without_findings_gets_no_comment(tmp_path: Path) -> None:
    _, made = commented(document("照常上班。"), tmp_path)
    assert len(list(made.comments)) == 0
    assert texts(made) == ["照常上班。"]


def test_comments_of_others_stay(tmp_path: Path) -> None:
    given = document("未报的一票否决。")
    given.add_comment(given.paragraphs[0].runs, "请周文看", author="吴核对", initials="吴")
    _, made = commented(given, tmp_path)
    assert [(comment.author, comment.comment_id) for comment in made.comments] == [("吴核对", 0), ("轻装", 1)]
    assert commented_words(made) == ["未报的一票否决。", "一票否决"]


LINKED = "<w:p>" + RUN.format("见") + '<w:hyperlink w:anchor="a">' + RUN.format("一票否决办法") + "</w:hyperlink></w:p>"
TRACKED = (
    "<w:p>" + RUN.format("实行一") + '<w:ins w:id="7" w:author="周文">' + RUN.format("票否") + "</w:ins>"
    '<w:del w:id="8" w:author="周文"><w:r><w:delText>不得</w:delText></w:r></w:del>' + RUN.format("决。") + "</w:p>"
)
CONTROLLED = (
    "<w:p>" + RUN.format("实行") + "<w:sdt><w:sdtContent>" + RUN.format("一票否决制") + "</w:sdtContent></w:sdt></w:p>"
)
FIELD = (
    "<w:p>" + RUN.format("实行") + '<w:fldSimple w:instr="REF a">' + RUN.format("一票否决制") + "</w:fldSimple></w:p>"
)
HIDDEN = (
    "<w:p>" + RUN.format("一票") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>" + RUN.format("否决") + "</w:p>"
)
BROKEN = "<w:p><w:r><w:t>各村：</w:t><w:br/><w:t xml:space='preserve'> 实行一票否决。</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        (LINKED, "一票否决"),
        (TRACKED, "一票否决"),
        (CONTROLLED, "一票否决制"),
        (FIELD, "一票否决制"),
        (HIDDEN, "一票隐否决"),
        (BROKEN, "一票否决"),
    ],
    ids=["link", "tracked", "control", "field", "hidden", "break"],
)
def test_words_within_links_changes_and_controls_are_found(tmp_path: Path, paragraph: str, words: str) -> None:
    given = with_body(paragraph)
    _, made = commented(given, tmp_path)
    assert commented_words(made) == [words]
    assert texts(made) == texts(given)


def test_nothing_is_marked_inside_what_word_fills_anew(tmp_path: Path) -> None:
    for paragraph in (CONTROLLED, FIELD):
        _, made = commented(with_body(paragraph), tmp_path)
        (begin,) = made.element.body.iter(qn("w:commentRangeStart"))
        assert begin.getparent().tag == qn("w:p")


def test_text_box_is_commented_at_the_paragraph_that_holds_it(tmp_path: Path) -> None:
    _, made = commented(with_body(RUN.join(["<w:p>", "</w:p>"]).format("开头"), TEXT_BOX.format("一票否决")), tmp_path)
    (comment,) = made.comments
    assert comment.text.split("\n")[1] == "文本框里的“一票否决”："
    (begin,) = made.element.body.iter(qn("w:commentRangeStart"))
    assert begin.getparent() is made.element.body.findall(qn("w:p"))[1]


def test_footer_cannot_be_commented_and_is_named_at_the_first_paragraph(tmp_path: Path) -> None:
    given, source = document("", "照常上班。"), tmp_path / "notice.docx"
    given.sections[0].footer.paragraphs[0].text = "一票否决"
    source.write_bytes(saved(given))
    notice = read_notice(source)
    (line,) = [one.origins[0].line for one in notice.paragraphs if one.text == "一票否决"]
    (finding,) = judged("一票否决").findings  # of a gate that reads footers too
    finding = replace(finding, place=replace(finding.place, line=line, end_line=line))
    write_commented(replace(judged(notice), findings=(finding,)), source, tmp_path / "out.docx", Words())
    made = docx.Document(str(tmp_path / "out.docx"))
    assert commented_words(made) == ["照常上班。"]
    assert [c.text.split("\n")[1] for c in made.comments] == ["页眉或者页脚里的“一票否决”："]


def test_footnote_is_commented_where_it_is_referred_to(tmp_path: Path) -> None:
    given = docx.Document(io.BytesIO(with_footnote("一票否决")))
    referring = element('<w:p><w:r><w:t>见注</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>')
    given.element.body.insert(1, referring)
    _, made = commented(given, tmp_path)
    assert commented_words(made) == ["见注"]
    assert [comment.text.split("\n")[1] for comment in made.comments] == ["脚注里的“一票否决”："]


def test_footnote_that_nothing_refers_to_is_commented_at_the_first_paragraph(tmp_path: Path) -> None:
    _, made = commented(with_footnote("一票否决"), tmp_path)
    assert commented_words(made) == ["正文"]


def test_file_changed_since_it_was_read_is_commented_as_far_as_its_words_are_there(tmp_path: Path) -> None:
    source, target = tmp_path / "a.docx", tmp_path / "b.docx"
    source.write_bytes(saved(document("甲", "未报的一票否决。", "每日一报")))
    judgement = judged(read_notice(source))
    source.write_bytes(saved(document("甲", "现在写的是别的。")))
    write_commented(judgement, source, target, Words())
    made = docx.Document(str(target))
    assert commented_words(made) == ["现在写的是别的。", "甲"]
    assert [comment.text.split("\n")[1] for comment in made.comments] == ["“一票否决”不该要", "文中的“每日”："]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notice_of_another_form_becomes_a_fresh_document(tmp_path: Path, lang: str) -> None:
    judgement, target = judged(full("pdf")), tmp_path / "out.docx"
    write_commented(judgement, tmp_path / "not-there.pdf", target, Words(lang))
    made = docx.Document(str(target))
    assert commented_words(made) == [finding.words for finding in judgement.findings]
    styles = {p.text: (p.style.name, p.alignment) for p in made.paragraphs}
    assert styles["关于做好入户走访工作的通知"] == ("Title", None)
    assert styles["一、报送要求"] == ("Heading 1", None)
    assert styles["2026年3月20日"] == ("Normal", WD_ALIGN_PARAGRAPH.RIGHT)
    body = next(p for p in made.paragraphs if p.text.startswith("每次"))
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["内容", "频次", "单位"],
        ["台账", "每日", ""],
    ]


def test_text_file_is_not_taken_for_a_word_document(tmp_path: Path) -> None:
    source = tmp_path / "通知.txt"
    source.write_text("未报的一票否决。", encoding="utf-8")
    write_commented(judged(read_notice(source)), source, tmp_path / "out.docx", Words())
    assert commented_words(docx.Document(str(tmp_path / "out.docx"))) == ["一票否决"]


def test_characters_that_word_refuses_do_not_stop_the_writing(tmp_path: Path) -> None:
    judgement = judged("一票\x0b\u200b否决，一票否决\x07\ufffe")
    write_commented(judgement, tmp_path / "none", tmp_path / "out.docx", Words())
    made = docx.Document(str(tmp_path / "out.docx"))
    assert [p.text for p in made.paragraphs] == ["一票否决，一票否决"]
    assert commented_words(made)[-1] == "一票否决"


@pytest.mark.needs("soffice")
def test_office_program_reads_the_comments_back(tmp_path: Path) -> None:
    judgement, _ = commented(rich(), tmp_path)
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", home, "--headless", "--convert-to", "docx", "--outdir", tmp_path / "again"]
    subprocess.run([*convert, tmp_path / "commented.docx"], check=True, capture_output=True, timeout=180)
    made = docx.Document(str(tmp_path / "again/commented.docx"))
    comments = [comment.text.split("\n")[0] for comment in made.comments]
    assert sorted(zip(commented_words(made), comments, strict=True)) == sorted(
        zip(
            [finding.words for finding in judgement.findings],
            [
                "退回：以截图照片代替实绩",
                "提醒：打卡签到接龙",
                "提示：要求即时回复",
                "退回：一票否决",
                "提醒：报送太勤",
            ],
            strict=True,
        )
    )
