"""What a clause asks, as numbers that can be held against one another: how often, what share, how many, until when.

>>> [(one.kind, one.value) for one in measures("每月走访两次，覆盖率达到百分之九十")]
[('times a year', 24.0), ('share', 90.0)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+)"
_TIMES = r"(?:次|场|期|轮|遍|回|趟|报|查|调度|通报|汇总|走访|巡|篇|例会|会)"
_PERIOD = r"(?:半年|半个?月|年度?|季度?|个?月度?|旬|周|星期|礼拜|个?工作日|天|日|学期)"
_A_YEAR = {
    "半年": 2.0, "年": 1.0, "季": 4.0, "半月": 24.0, "月": 12.0, "旬": 36.0, "周": 52.0, "星期": 52.0, "礼拜": 52.0, "工作日": 250.0,
    "天": 365.0, "日": 365.0, "学期": 2.0,
}  # fmt: skip
_EVERY = re.compile(rf"(?:每|逐|按|一|1)(?P<n>{NUMBER})?(?:个)?(?P<p>{_PERIOD})(?P<rest>[^，。；：！？\n]{{0,12}})")
_ONE_IN = re.compile(rf"(?P<n>{NUMBER}|半)个?(?P<p>{_PERIOD})一[\u4e00-\u9fff]{{1,2}}")
_EACH_ONE = re.compile(r"一[户村人企镇点事](?P<papers>(?:一(?!一)[\u4e00-\u9fff](?:(?!一)[\u4e00-\u9fff])?)+)")
_WEEKDAYS = re.compile(r"每(?:周|星期)(?P<days>[一二三四五六日天](?:(?:、|和|及)(?:周|星期)?[一二三四五六日天])*)")
_KEPT = re.compile(
    r"(?P<p>年度|季度|月度|半年|全年|一年|每年|年)(?:内)?(?:不少于|不低于|至少)?(?P<k>[0-9]+|[一二两三四五六七八九十]+)(?:次|场|轮|遍|期)"
)
_COUNT_OF_TIMES = re.compile(
    rf"(?:不少于|不低于|至少|不得少于|各)?[^0-9一二两三四五六七八九十]{{0,8}}?(?P<k>{NUMBER})(?P<unit>{_TIMES})"
)
_SHORT_REPORT = re.compile(r"(?P<p>日|周|旬|月|季|年)(?:报(?!名|告[^制送表])|调度|通报|例会)")
_SHARE = re.compile(
    rf"(?P<percent>[0-9]+(?:\.[0-9]+)?)%|百分之(?P<cent>{NUMBER})|千分之(?P<mille>{NUMBER})|(?P<tenths>[一二两三四五六七八九])成"
)
_WHOLE = re.compile(
    r"全覆盖|百分之?百|百分百|全部(?!完成|到位|取消|停)|全员|逐一全|无死角|所有|一户不漏|全数|普遍检查|应[检查入访]尽[检查入访]"
)
_COUNT = re.compile(
    rf"(?<![第0-9.])(?P<n>{NUMBER})(?P<big>万|千|百)?[余多]?(?P<unit>公里|人次|亩|户|人|名|个|家|份|张|场|次|条|项|套|页|字|分(?!之|钟|为|成|别|类|组|管|解)|题|处|块|对|篇|件|台|期|批|轮|遍|种|栏|本|株|吨|样|类)"
)
_HOURS = re.compile(
    rf"(?P<n>{NUMBER})个?(?P<half>半)?(?P<unit>小时|工作日|日|天|周|星期|月|年)(?=攻坚|到位|达标|建成|之?以?内|完成|整改|办结|限|为限|反馈|报|$|[，。；！？\n])"
)
_LIMIT = re.compile(r"给了|只有|工期|攻坚|完成|到位|时限|限期|期限|限[^制度]{0,2}|之?内|以内|办结|销号|整改")
_IN_HOURS = {"小时": 1.0, "工作日": 24.0, "日": 24.0, "天": 24.0, "周": 168.0, "星期": 168.0, "月": 720.0, "年": 8760.0}
_DAY = re.compile(
    r"(?:(?P<year>[0-9]{4}|今|明|后|次|本|当)年)?(?:(?P<m>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月份?(?P<part>底|末|初|上旬|中旬|下旬|(?P<d>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]|以?前)?前?"
    r"|(?P<end>(?:年|(?<=[0-9今明]年))(?:底|末|内|终)|岁末)前?|(?P<half>上半年|半年内)|(?P<quarter>[一二三四1-4])季度(?:末|底|内|前)?|(?P<feast>元旦|春节|清明|五一|七一|八一|国庆节?|中秋))"
)
_OF_THE_MONTH = re.compile(
    r"(?<![0-9月])(?:(?P<end>月底|月末|当月底)|(?:每月|当月|本月)?(?P<d>[0-9]{1,2})[日号](?=前|之前|以前|全部|就|交|报|完成|截止|必须|务必|整))"
)
_DUE = re.compile(r"前|底|末|内|完|成|截止|竣工|销号|收官|验收|交|报|整改|节点|到位|提前|时限|期限|见底|清零|动工")
_FEASTS = {
    "元旦": (1, 1), "春节": (2, 1), "清明": (4, 5), "五一": (5, 1), "七一": (7, 1),
    "八一": (8, 1), "国庆": (10, 1), "国庆节": (10, 1), "中秋": (9, 15),
}  # fmt: skip
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_LATEST_OF = {"底": 31, "末": 31, "初": 5, "上旬": 10, "中旬": 20, "下旬": 31}


@dataclass(frozen=True)
class Measure:
    """What is asked, as a number of one `kind`: the greater, the stricter. Offsets in the text it was read from."""

    kind: str
    value: float
    start: int
    end: int


def measures(text: str) -> Iterator[Measure]:
    """Yield what `text` asks, measured."""
    often = list(_often(text))
    yield from often
    yield from _shares(text)
    yield from _dues(text)
    for found in re.finditer(r"(?:≥|>=|>)([0-9]+(?:\.[0-9]+)?)", text):
        yield Measure("at least", float(found[1]), *found.span())
    for found in _EACH_ONE.finditer(text):
        yield Measure("papers each", float(found["papers"].count("一")), *found.span())
    for found in _COUNT.finditer(text):
        if not any(one.start < found.end() and found.start() < one.end for one in often):
            value = number(found["n"]) * _UNITS.get(found["big"] or "", 1)
            yield Measure(f"count of {found['unit']}", value, found.start(), found.end())


def number(text: str) -> float:
    """Return the number that `text` writes, in digits or in Chinese numerals.

    >>> number("12"), number("十二"), number("一百零五"), number("两千"), number("2.5")
    (12.0, 12.0, 105.0, 2000.0, 2.5)
    """
    if text[0].isascii():
        return float(text)
    total, current = 0, 0
    for character in text:
        if character in _UNITS:
            total += (current or 1) * _UNITS[character]
            current = 0
        else:
            current = current * 10 + _DIGITS[character] if current else _DIGITS[character]
    return float(total + current)


def higher_measures(text: str) -> Iterator[Measure]:
    """Yield the measures of a higher demand; of 每年放映12场 the 12 too, for an own 提高到24场 says no period."""
    for one in measures(text):
        yield one
        if one.kind == "times a year":
            yield from (
                Measure(f"count of {c['unit']}", number(c["n"]), *c.span())
                for c in _COUNT.finditer(text[one.start : one.end])
            )


def _often(text: str) -> Iterator[Measure]:
    """Yield how many times a year."""
    seen: list[tuple[int, int]] = []
    for found in _WEEKDAYS.finditer(text):
        seen.append(found.span())
        yield Measure("times a year", 52.0 * len(re.findall("[一二三四五六日天]", found["days"])), *found.span())
    for found in _ONE_IN.finditer(text):
        seen.append(found.span())
        every = 0.5 if found["n"] == "半" else number(found["n"])
        if every:
            yield Measure("times a year", _a_year(found["p"]) / every, *found.span())
    for found in _KEPT.finditer(text):
        if any(a < found.end() and found.start() < b for a, b in seen):
            continue
        seen.append(found.span())
        yield Measure("times a year", _a_year(found["p"].lstrip("全一每")) * number(found["k"]), *found.span())
    for found in _EVERY.finditer(text):
        if any(a < found.start("rest") and found.start() < b for a, b in seen):
            continue
        counted = _COUNT_OF_TIMES.match(found["rest"])
        if found[0][0] in "一1" and not counted:
            continue
        times = number(counted["k"]) if counted else 1.0
        end = found.start("rest") + (counted.end() if counted else 0)
        seen.append((found.start(), end))
        every = number(found["n"]) if found["n"] else 1.0
        if every:
            yield Measure("times a year", _a_year(found["p"]) * times / every, found.start(), end)
    for found in _SHORT_REPORT.finditer(text):
        if not any(a < found.end() and found.start() < b for a, b in seen):
            yield Measure("times a year", _a_year(found["p"]), *found.span())


def _a_year(period: str) -> float:
    bare = period.removeprefix("个").replace("半个月", "半月")
    return _A_YEAR.get(bare) or _A_YEAR[bare.rstrip("度")]


def _shares(text: str) -> Iterator[Measure]:
    """Yield shares in per cent; 全覆盖 and the like are all of it."""
    for found in _SHARE.finditer(text):
        if found["percent"]:
            value = float(found["percent"])
        elif found["tenths"]:
            value = number(found["tenths"]) * 10
        else:
            value = number(found["cent"]) if found["cent"] else number(found["mille"]) / 10
        yield Measure("share", value, *found.span())
    for found in _WHOLE.finditer(text):
        yield Measure("share", 100.0, *found.span())


def _dues(text: str) -> Iterator[Measure]:
    """Yield until when, the earlier the greater: days of the year, days of the month, and hours to do it in."""
    if _DUE.search(text):
        for found in _DAY.finditer(text):
            day = _day(found)
            if day is not None:
                yield Measure("due", -day, *found.span())
        for found in _OF_THE_MONTH.finditer(text):
            yield Measure("due in the month", -float(31 if found["end"] else found["d"]), *found.span())
    limited = bool(_LIMIT.search(text))
    for found in _HOURS.finditer(text):
        if limited or text[max(0, found.start() - 1)] == "：":
            yield Measure(
                "hours", -(number(found["n"]) + (0.5 if found["half"] else 0)) * _IN_HOURS[found["unit"]], *found.span()
            )


def _day(found: re.Match[str]) -> float | None:
    """Return a count of days that grows with the date; a year that is written in four digits counts from itself."""
    word = found["year"]
    years = 0.0
    if word:
        years = float(word) % 100 if word.isdigit() else {"明": 1.0, "次": 1.0, "后": 2.0}.get(word, 0.0)
    if found["end"]:
        month, day = 12, 31
    elif found["half"]:
        month, day = 6, 30
    elif found["quarter"]:
        month, day = int(number(found["quarter"])) * 3, 31
    elif found["feast"]:
        month, day = _FEASTS[found["feast"]]
    else:
        month = int(number(found["m"]))
        # 3月 alone lasts to its end; 3月前 ends before it begins.
        day = int(number(found["d"])) if found["d"] else _LATEST_OF.get(found["part"] or "底", 0)
    return years * 372 + month * 31 + day if month <= 12 else None
