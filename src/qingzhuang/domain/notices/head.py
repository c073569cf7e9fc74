"""Who issues a notice, to whom, under which title, number and date; and where its body begins and ends.

The parts follow GB/T 9704-2012 (党政机关公文格式): head with the document number, title, addressees, body, the signature
with its date, annexes. Chat messages and clippings have few of them or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qingzhuang.domain.notices.fold import fold
from qingzhuang.domain.notices.notice import Notice, Role


class Issuer(StrEnum):
    """What kind of body issues a notice, as far as rules tell them apart."""

    COMMITTEE = "committee"
    """A party committee 党委."""
    GOVERNMENT = "government"
    """A people's government 人民政府."""
    OFFICE = "office"
    """The general office of one of the two, which speaks for it."""
    DEPARTMENT = "department"
    """Any other body, a coordinating group's office among them."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Head:
    """What a notice says of itself; None or empty where it doesn't. `body` are indices of paragraphs, the end exclusive.

    `characters` counts the body's characters without spaces, tables and annexes left out."""

    title: str | None
    title_at: int | None
    number: str | None
    issuer: str | None
    issuer_kind: Issuer
    addressees: str | None
    addressees_at: int | None
    dated: date | None
    body: tuple[int, int]
    characters: int

    @property
    def whole(self) -> bool:
        """Whether it is a document, with a title and an issuer or a number, and not a clipping."""
        return self.title is not None and (self.issuer is not None or self.number is not None)


KINDS = (
    "通知|意见|决定|办法|方案|函|通报|批复|公告|纪要|通告|命令|请示|报告|细则|规定|规则|条例|提示|备忘录?|备忘|简报|公开信|一封信|倡议书|"
    "要点|计划|决议|议案|指引|指南|规程|制度|标准|章程|公示|启事|总结|讲话|安排|清单|规划|须知|守则|说明|便函|提醒|工作单|任务书|明白纸|通讯|情况|信息|要求|令|告知书|责任状|邀请函|感谢信|慰问信"
)
_TITLE = re.compile(
    rf"^(?P<issuer>[^，。：《》]{{2,40}}?)??(?:关于.{{2,80}}(?:{KINDS})|[^，。：；]{{2,50}}(?:{KINDS}))(?:[（〔][^）〕]{{1,14}}[）〕])*$"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,12}[〔（(][12]\d{3}[〕）)]第?\d{1,5}号|第\d{1,5}号令|[\u4e00-\u9fff]{1,6}令第\d{1,5}号"
)
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "o": "0"}
_DATE = re.compile(
    r"(?P<y>[12]\d{3}|[一二][〇零○o一二三四五六七八九]{3})年(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_BODY_END = "局|委|办|室|府|会|院|部|站|所|队|中心|组|社|团|校|公司|署|厅|处|司|行|庭|馆|联|党组|支部|总支|政协|人大|工会|武装部|大队|支队|指挥部|专班|专委会|股|科|台|厂|园|县委|市委|区委|省委|镇党委|乡党委|党工委"
_SIGNED = re.compile(
    rf"^(?P<issuer>[\u4e00-\u9fffa-z0-9（）“”·、 ]{{2,60}}(?:{_BODY_END}))(?:印发|发布|宣|制|启|（?代?章）?|（公章）|（盖章）)?$"
)
_ADDRESSEES = re.compile(r"^(?:主送[:：])?(?P<to>[^。；！？]{1,160})：$|^主送：(?P<main>[^。；]{1,160})$")
_ANNEX = re.compile(r"^附件?(?:[0-9一二三四五六七八九十]{0,2})[：:、.\s]?|^附[：:]")
_RED_HEAD = re.compile(rf"^(?P<issuer>[\u4e00-\u9fff]{{2,40}}(?:{_BODY_END}))(?:文件|（通知）|便笺|公文)?$")
_OFFICE = re.compile(
    r"(?:省委|市委|县委|区委|州委|旗委|盟委|党委|党工委|政府|管委会|国务院|中央)(?:办公厅|办公室|办|厅)$|两办$|办公厅$"
)
_COMMITTEE = re.compile(
    r"^中共[^办]*委员会$|^中共[\u4e00-\u9fff]{0,12}(?:省委|市委|县委|区委|州委|旗委|盟委|镇委|乡委|党委|工委)$|(?:^|[\u4e00-\u9fff]{2,})(?:省|市|县|区|州|旗|镇|乡|街道)(?:委|党委|党工委)$|党中央$|中央委员会$"
)
_GOVERNMENT = re.compile(
    r"人民政府$|国务院$|(?:省|市|县|区|州|镇|乡)政府$|管理委员会$|管委会$|街道办事处$|人大常委会$|人民代表大会(?:常务委员会)?$"
)


def read_head(notice: Notice) -> Head:
    """Return what `notice` says of itself."""
    lines = [
        (i, fold(p.text).text.strip())
        for i, p in enumerate(notice.paragraphs)
        if p.role is not Role.MARGIN and p.text.strip()
    ]
    roles = [notice.paragraphs[i].role for i, _ in lines]
    title, title_issuer, title_line = _title(lines, roles)
    number = next((found[0] for _, text in lines[:12] if (found := _NUMBER.search(text)) and len(text) <= 40), None)
    first = title_line + 1 if title_line is not None else 0
    addressees, to_line = _addressees(lines, first)
    begin = to_line + 1 if to_line is not None else first
    signed, dated, end = _signature(lines, begin)
    issuer = signed or title_issuer or _red_head(lines[: title_line or 0])
    end = next((i for i in range(begin, end) if _is_annex(lines, i)), end)
    body = lines[begin:end]
    counted = sum(len(re.sub(r"\s", "", text)) for i, text in body if notice.paragraphs[i].role is not Role.CELL)
    last = body[-1][0] + 1 if body else len(notice.paragraphs)
    return Head(
        title=title,
        title_at=lines[title_line][0] if title_line is not None else None,
        number=number,
        issuer=issuer,
        issuer_kind=kind_of(issuer),
        addressees=addressees,
        addressees_at=lines[to_line][0] if to_line is not None else None,
        dated=dated,
        body=(body[0][0] if body else 0, last),
        characters=counted,
    )


def kind_of(issuer: str | None) -> Issuer:
    """Return what kind of body `issuer` is; of several, joined by 、 or a space, the highest counts.

    >>> kind_of("中共清河县委办公室"), kind_of("清河县人民政府"), kind_of("清河县水利局")
    (<Issuer.OFFICE: 'office'>, <Issuer.GOVERNMENT: 'government'>, <Issuer.DEPARTMENT: 'department'>)
    """
    if not issuer:
        return Issuer.UNKNOWN
    kinds = {_kind_of_one(part) for part in re.split(r"[、\s]+", issuer) if part}
    return next(
        kind for kind in (Issuer.COMMITTEE, Issuer.GOVERNMENT, Issuer.OFFICE, Issuer.DEPARTMENT) if kind in kinds
    )


def _kind_of_one(issuer: str) -> Issuer:
    if "领导小组" in issuer or "指挥部" in issuer or "专班" in issuer:
        return Issuer.DEPARTMENT
    if _OFFICE.search(issuer):
        return Issuer.OFFICE
    if _COMMITTEE.search(issuer):
        return Issuer.COMMITTEE
    return Issuer.GOVERNMENT if _GOVERNMENT.search(issuer) else Issuer.DEPARTMENT


def day_of(text: str) -> date | None:
    """Return the first full date in `text`, in either numerals; None where there is none or the calendar has no such day.

    >>> day_of("二〇二六年三月二十五日")
    datetime.date(2026, 3, 25)
    """
    found = _DATE.search(text)
    if not found:
        return None
    year = "".join(_DIGITS.get(c, c) for c in found["y"])
    try:
        return date(int(year), _small(found["m"]), _small(found["d"]))
    except ValueError:
        return None


def _small(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    unit = int(_DIGITS.get(ones, "0")) if ones else 0
    return (int(_DIGITS[tens]) if tens else 1) * 10 + unit if ten else unit


def _title(lines: Sequence[tuple[int, str]], roles: Sequence[Role]) -> tuple[str | None, str | None, int | None]:
    """Return the title, the issuer named in it, and its line. A title broken over lines is put together."""
    for i, (_, text) in enumerate(lines[:12]):
        if len(text) > 90 or _NUMBER.fullmatch(text) or text.endswith(("：", "。", "；", "！", "？")):
            continue
        for joined, last in _joined(lines, i):
            found = _TITLE.match(joined)
            if found and (roles[i] is not Role.CELL):
                before = joined.partition("关于")[0] if "关于" in joined else ""
                return joined, _issuer_before(before), last
        if roles[i] is Role.TITLE:
            return text, None, i
    return None, None, None


def _joined(lines: Sequence[tuple[int, str]], i: int) -> list[tuple[str, int]]:
    one = lines[i][1]
    options = [(one, i)]
    for more in (1, 2):
        if i + more < len(lines) and len(lines[i + more][1]) <= 60 and not options[-1][0].endswith(("：", "。")):
            options.append((options[-1][0] + lines[i + more][1], i + more))
    # A first line that is a title by itself is the title; only else is it part of one.
    return options


def _issuer_before(before: str) -> str | None:
    before = before.strip("〔〕 ")
    return before if re.search(rf"(?:{_BODY_END})$", before) else None


def _addressees(lines: Sequence[tuple[int, str]], first: int) -> tuple[str | None, int | None]:
    for i in range(first, min(first + 4, len(lines))):
        found = _ADDRESSEES.match(lines[i][1])
        if found and not re.match(r"^[一二三四五六七八九十0-9（]", lines[i][1]):
            return found["to"] or found["main"], i
    return None, None


def _signature(lines: Sequence[tuple[int, str]], begin: int) -> tuple[str | None, date | None, int]:
    """Return issuer, date and the line where the signature begins; it is the first date alone on its line in the text."""
    for i in range(begin, len(lines)):
        text = lines[i][1]
        found = _DATE.search(text)
        if (
            not found
            or len(text) > 60
            or text[found.end() :].strip("）)。印发 ")
            or not _before_date(text[: found.start()])
        ):
            continue
        inline = text[: found.start()].strip("（(， ")
        if inline:
            return (inline if _SIGNED.match(inline) else None), day_of(text), i
        above = i - 1
        names: list[str] = []
        while above >= begin and (signed := _SIGNED.match(lines[above][1])):
            names.insert(0, signed["issuer"].strip())
            above -= 1
        return ("、".join(names) or None), day_of(text), above + 1
    last = len(lines) - 1
    if last >= max(begin, 1) and len(lines[last][1]) <= 40 and (signed := _SIGNED.match(lines[last][1])):
        return signed["issuer"].strip(), None, last
    return None, None, len(lines)


def _before_date(before: str) -> bool:
    bare = before.strip("（(， ")
    return not bare or bool(_SIGNED.match(bare))


def _red_head(lines: Sequence[tuple[int, str]]) -> str | None:
    return next((found["issuer"] for _, text in lines if (found := _RED_HEAD.match(text))), None)


def _is_annex(lines: Sequence[tuple[int, str]], i: int) -> bool:
    """Tell whether an annex begins at line `i`: the word stands alone there, or heads the list of annexes at the end."""
    text = lines[i][1]
    found = _ANNEX.match(text)
    return bool(found) and (len(text) <= 6 or "：" in text[:6])
