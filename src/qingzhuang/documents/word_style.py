"""The look of an official document (GB/T 9704-2012): A4, its margins, 仿宋 for the text and 黑体 for headings, page numbers below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LATIN = "Times New Roman"
NOTHING = Pt(0)
ALARM, BLACK = RGBColor(0xB3, 0x26, 0x1E), RGBColor(0, 0, 0)


@dataclass(frozen=True)
class Faces:
    """The typefaces of a language, with the ones to take where a machine lacks them, and its code for spelling."""

    title: str
    heading: str
    text: str
    instead: dict[str, str]
    code: str


SIMPLIFIED = Faces(
    "方正小标宋简体",
    "黑体",
    "仿宋",
    {
        "方正小标宋简体": "FZXiaoBiaoSong-B05S;小标宋;SimSun;Songti SC;Noto Serif CJK SC",
        "黑体": "SimHei;Heiti SC;Noto Sans CJK SC",
        "仿宋": "FangSong;仿宋_GB2312;STFangsong;Noto Serif CJK SC",
    },
    "zh-CN",
)
TRADITIONAL = Faces(
    "標楷體",
    "微軟正黑體",
    "標楷體",
    {"標楷體": "DFKai-SB;BiauKai;Noto Serif CJK TC", "微軟正黑體": "Microsoft JhengHei;Heiti TC;Noto Sans CJK TC"},
    "zh-TW",
)
FACES = {"zh-Hans": SIMPLIFIED, "zh-Hant": TRADITIONAL, "en": SIMPLIFIED}


def set_up(document: Document, faces: Faces, is_english: bool) -> None:
    """Give `document` its page, its styles and its typefaces."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Cm(3.7),
        Cm(3.5),
        Cm(2.8),
        Cm(2.6),
    )
    _page_number(section.footer.paragraphs[0], faces)
    size, line = (Pt(12), Pt(20)) if is_english else (Pt(16), Pt(28))
    _style(document, "Normal", faces.text, size, line=line)
    _style(document, "Title", faces.title, Pt(22), line=Pt(34), centred=True)
    _style(document, "Subtitle", faces.text, size, line=line, centred=True, after=Pt(14))
    _style(document, "Heading 1", faces.heading, size, line=line, before=Pt(14), bold=is_english)
    _style(document, "Caption", faces.heading, Pt(12), line=Pt(20), before=Pt(8), after=Pt(4), bold=is_english)
    _style(
        document, "List Bullet", faces.text, Pt(14) if not is_english else size, line=Pt(24) if not is_english else line
    )
    _style(document, "No Spacing", faces.text, Pt(10), line=None)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    _language(document, faces.code)
    _font_table(document, faces)


def _style(
    document: Document,
    name: str,
    face: str,
    size: Pt,
    *,
    line: Pt | None,
    before: Pt = NOTHING,
    after: Pt = NOTHING,
    centred: bool = False,
    bold: bool = False,
) -> None:
    style: ParagraphStyle = document.styles[name]
    style.font.name, style.font.size, style.font.bold, style.font.italic = LATIN, size, bold, False
    style.font.color.rgb = BLACK
    set_face(style.element.get_or_add_rPr(), face)
    form = style.paragraph_format
    form.space_before, form.space_after, form.left_indent = before, after, None
    if line is None:
        form.line_spacing = 1.15
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    if centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def set_face(properties: Any, face: str) -> None:
    """Set Latin letters in the document's Latin face and Chinese characters in `face`."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", face)):
        fonts.set(qn(f"w:{script}"), name)


def _language(document: Document, code: str) -> None:
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), code)


def _page_number(paragraph: Paragraph, faces: Faces) -> None:
    """Write — 1 — in the middle of the footer."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("— ", "begin", "PAGE", "end", " —"):
        run = paragraph.add_run()
        run.font.size, run.font.name = Pt(14), LATIN
        set_face(run._r.get_or_add_rPr(), faces.text)  # noqa: SLF001
        if part in {"begin", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), part)
        elif part == "PAGE":
            mark = OxmlElement("w:instrText")
            mark.text = part
        else:
            run.text = part
            continue
        run._r.append(mark)  # noqa: SLF001


def _font_table(document: Document, faces: Faces) -> None:
    """Replace the template's font table by one that names, for each face, those to take where it is missing."""
    part = document.part
    for key in [key for key, relation in part.rels.items() if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE]:
        old = part.rels[key].target_part
        part.drop_rel(key)
        part.relate_to(
            Part(old.partname, old.content_type, font_table_xml(faces).encode(), part.package),
            RELATIONSHIP_TYPE.FONT_TABLE,
        )


def font_table_xml(faces: Faces) -> str:
    """Return the font table (ECMA-376 part 1, 17.8)."""
    charset = "88" if faces.code == "zh-TW" else "86"
    fonts = "".join(
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="{charset}"/></w:font>'
        for name, others in faces.instead.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{W}">{latin}{fonts}</w:fonts>'
