"""Whom a demand lands on: those it is addressed to, and those whom its body tells to do something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingzhuang.domain.demands.demand import Level, Target
from qingzhuang.domain.demands.draft.numbers import NUMBER, number
from qingzhuang.domain.demands.draft.source import Source
from qingzhuang.domain.notices import fold

_TOWN = r"乡镇(?:（街道）|街道)?|镇街道?|镇乡|镇办|乡（镇）|镇（街道）|街道办?(?:事处)?|(?<!城)镇(?!区|直|级)|乡(?!村|风)|苏木"
_VILLAGE = r"行政村|村居|村（社区）|村（居）|村\(社区\)|村民?委(?:员)?会|村“?两委”?|村支部|村党支部|村民小组|村|社区|居委会|屯|嘎查|网格"
_COUNTY = r"县（市、区）|县（市区）|县（区）|县市区|县区|区县|市县|旗县|县"
_OFFICE = (
    r"[县区市州旗](?:直|级)(?:各)?(?:机关)?(?:有关|相关|各)?(?:单位|部门)|(?:有关|相关|成员|责任|牵头|直属)?(?:单位|部门)"
    r"|委办局|局(?!长)|科室|股室|站所|学校|中小学|医院|卫生院"
)
_LEVELS = ((Level.VILLAGE, _VILLAGE), (Level.TOWN, _TOWN), (Level.COUNTY, _COUNTY))

_ALL = "(?:各|所有|全体|全部)"
_EACH = re.compile(
    "|".join(f"(?P<{level}>{_ALL}(?:{words}))" for level, words in _LEVELS)
    + rf"|(?P<department>{_ALL}(?:{_OFFICE})|[县区市州旗]直(?:各)?(?:有关|相关)?(?:单位|部门))"
)
_COUNTED = re.compile(
    rf"(?:全[县区市镇乡省旗]|辖区|所有|共|以下|下列|等|(?<=[镇乡道]、))(?:共|的)?(?P<n>{NUMBER})个"
    r"(?:(?P<village>行政村|村（社区）|村居|村|社区)|(?P<town>乡镇|镇街|乡|镇|街道)|(?P<department>县直部门|部门|单位)|(?P<county>县（市、区）|县市区|县区|县))"
)
_PEOPLE = re.compile(
    r"(?:全体|各位?|所有|每[名个位]|各村)?(?:网格员|驻村工作队员?|驻村干部|驻村第一书记|村干部|村文书|护林员|村支书|村支部书记|第一书记"
    r"|帮扶责任人|包村干部)"
)
_ONE = {
    Level.VILLAGE: re.compile(rf"(?:{_VILLAGE})"),
    Level.TOWN: re.compile(rf"(?:{_TOWN})"),
    Level.COUNTY: re.compile(rf"各(?:{_COUNTY})|[县区市]人民政府"),
    Level.DEPARTMENT: re.compile(rf"(?:{_OFFICE})|委员会|办公室|中心$|公司$|专班$"),
}
# Told to do something, in the same clause: 各村要, 请各社区, 各镇于5日前.
_TOLD = re.compile(
    r"要|须|务必|必须|应|请|负责|按|将|于|在|每|严格|立即|及时|参照|认真|切实|报|填|做好|抓好|组织|开展|完成|分别|与|实行|建立"
)


class Subjects:
    """Who is told to do what: for each place the levels that the sentence names before it, else the addressees."""

    def __init__(self, source: Source, targets: tuple[Target, ...]) -> None:
        """Find where the levels of `targets` are named."""
        self._source = source
        self._known = {target.level for target in targets}
        self._addressed = tuple(dict.fromkeys(level for level, _ in _addressed(source)))
        told = ((start, level) for level, start, _ in _told(source, strict=False))
        self._named = sorted(one for one in told if one[1] in self._known)

    def at(self, first: int, end: int) -> tuple[Level, ...]:
        """Return the levels for words that end at `end` of the sentence that begins at `first`; none for all targets."""
        named = [one for one in self._named if first <= one[0] < end]
        if named:
            clause = self._source.clause_at(named[-1][0])
            levels = tuple(dict.fromkeys(level for start, level in named if start >= clause.start))
        else:
            levels = self._addressed
        return () if set(levels) == self._known else levels


def targets_of(source: Source) -> tuple[Target, ...]:
    """Return the targets, one a level, in the order in which they are named."""
    words: dict[Level, list[str]] = {}
    addressed = dict.fromkeys(_addressed(source))
    for level, named in addressed:
        words.setdefault(level, []).append(named)
    body = [(level, source.words(start, end)) for level, start, end in _told(source, strict=bool(addressed))]
    for level, named in body:
        if level not in {one for one, _ in addressed}:
            words.setdefault(level, [named])
    counts = _counts(source)
    return tuple(Target(level, "、".join(named), counts.get(level)) for level, named in words.items())


def _addressed(source: Source) -> Iterator[tuple[Level, str]]:
    """Yield the level and the words of each of those whom the notice is addressed to."""
    head = source.reading.head
    if head.addressees_at is None:
        return
    for part in re.split(
        r"(?<=[^（(市县])[、，,；;](?![^（(]*[）)])", source.reading.notice.paragraphs[head.addressees_at].text.strip()
    ):
        named = part.strip().removesuffix("：").removesuffix(":")
        level = _level(fold(named).text)
        if level and named:
            yield level, named


def _level(named: str) -> Level | None:
    if re.search(r"[县区市州旗]直|单位|部门|科室|局$|委办", named):
        return Level.DEPARTMENT
    return next((level for level, pattern in _ONE.items() if pattern.search(named)), None)


def _told(source: Source, *, strict: bool) -> Iterator[tuple[Level, int, int]]:
    """Yield those named in the body; `strict`: only where the clause tells them to do something."""
    for found in source.find(_EACH):
        clause = source.clause_at(found.start())
        if not strict or _TOLD.search(source.text, clause.start, clause.end):
            yield Level(found.lastgroup or ""), *found.span()
    for found in source.find(_PEOPLE):
        yield Level.VILLAGE, *found.span()


def _counts(source: Source) -> dict[Level, int]:
    """Return how many of a level the notice speaks of, where all of one number: 全县18个乡镇."""
    counts: dict[Level, set[int]] = {}
    for found in source.find(_COUNTED):
        counts.setdefault(Level(found.lastgroup or ""), set()).add(number(found["n"]))
    return {level: numbers.pop() for level, numbers in counts.items() if len(numbers) == 1}
