"""A small rule pack, and what it says about a few notices of a fictional county."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from qingzhuang.domain.gate import Checker, Judgement
from qingzhuang.domain.notices import Notice, Origin, Paragraph, Role, notice_of
from qingzhuang.engines.rules import Pack, read_pack

ON = date(2026, 3, 25)
PHOTO, CHECK_IN, REPLY, VETO, DAILY, PLEDGE = "须拍照上传", "拍照", "上传工作群", "一票否决", "每日", "责任状"


def rule(code: str, severity: str, find: str, certainty: str = "V") -> dict[str, Any]:
    return {
        "id": f"t/{code}",
        "code": code,
        "severity": severity,
        "text": {"patterns": [find]},
        "message": {"zh-Hans": "“{words}”不该要", "en": "“{words}” should not be asked"},
        "suggestion": {"zh-Hans": f"改掉“{{words}}”（{code}）", "en": f"drop “{{words}}” ({code})"},
        "citation": {
            "document": {"zh-Hans": "《试行规定》", "en": "Trial rules"},
            "clause": {"zh-Hans": "第三条", "en": "article 3"},
            "certainty": certainty,
        },
    }


RULES = (
    rule("screenshot-evidence", "reject", PHOTO),
    rule("check-in", "warn", CHECK_IN, "S"),
    rule("instant-reply", "info", REPLY, "M"),
    rule("one-vote-veto", "reject", VETO, "own"),
    rule("frequency", "warn", DAILY),
    rule("pledge-letter", "reject", PLEDGE),
)


def pack(rules: Sequence[dict[str, Any]] = RULES) -> Pack:
    head = {"id": "t", "title": "试行规定", "issuer": "县", "in_force": {"from": date(2020, 1, 1)}}
    return read_pack({**head, "rules": list(rules)}, sha256="0")


def judged(notice: Notice | str, *, emergency: bool = False) -> Judgement:
    notice = notice_of(notice, "通知.txt") if isinstance(notice, str) else notice
    return Checker([pack()], today=date(2026, 4, 1), on=ON, emergency=emergency).check_notice(notice)


def paragraph(text: str, line: int, **more: Any) -> Paragraph:
    return Paragraph(text, (Origin(0, line, 1),), **more)


def cells(first_line: int, *rows: Sequence[str], table: int = 1) -> list[Paragraph]:
    """Return a table's cells; an empty text is a cell that the reader left out."""
    placed = [(row, column, text) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1) if text]
    return [
        paragraph(text, first_line + i, role=Role.CELL, cell=(table, row, column))
        for i, (row, column, text) in enumerate(placed)
    ]


def full(form: str = "docx", **more: Any) -> Notice:
    """Return a notice with all that a layout has to manage: overlaps, a table, a title, a heading, a signature, a footer."""
    paragraphs = [
        paragraph("清河县农业农村局文件", 1),
        paragraph("关于做好入户走访工作的通知", 2, role=Role.TITLE),
        paragraph("各乡镇人民政府：", 3),
        paragraph("　　每次走访须拍照上传工作群，<b>没有</b>照片的一票否决。", 4, page=2),
        paragraph("一、报送要求", 5, role=Role.HEADING),
        *cells(6, ("内容", "频次", "单位"), ("台账", "每日", "")),
        paragraph("其余按原有安排办理。", 11),
        paragraph("清河县农业农村局", 12),
        paragraph("2026年3月20日", 13),
        paragraph("第 1 页", 14, role=Role.MARGIN),
    ]
    return Notice("待发/走访 通知.docx", form, tuple(paragraphs), **more)
