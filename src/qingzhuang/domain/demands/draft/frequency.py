"""How often: every way in which notices say a rhythm, as times a year.

A day of the calendar is 365 a year where the notice says 每日 or 天天, and 250 where it says working days; a week is 52,
ten days 36, half a month 24, a month 12, a quarter 4, half a year 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from qingzhuang.domain.demands.draft.numbers import NUMBER, number

_MOST = 10_000
_ON = "次|遍|回|轮(?!流)"
_DONE = "次|报|调度|通报|汇总|总结|小结|更新|反馈|统计|走访|巡|查|研判|会商|碰头|签到|打卡|结"

_PERIODS = tuple(
    (name, re.compile(pattern), times)
    for name, pattern, times in (
        ("workday", r"每个?(?:工作日|上班日)|工作日(?:每天|每日)|每[天日]（?工作日", Fraction(250)),
        ("every-days", rf"每隔?(?P<n>{NUMBER})个?[天日](?!前|内)", Fraction(365)),
        ("second-day", r"隔[天日]|每隔一?[天日]", Fraction(365, 2)),
        ("day", r"每一?(?:日|天|晚|早|夜)|天天|逐日|日日|按日", Fraction(365)),
        ("every-weeks", rf"每隔?(?P<n>{NUMBER})个?(?:周|星期)", Fraction(52)),
        ("second-week", r"双周|隔周", Fraction(26)),
        ("week", r"每一?个?(?:周|星期|礼拜)|逢(?=周[一二三四五六日天])周|逐周|按周|周周", Fraction(52)),
        ("ten-days", r"每一?旬|逐旬|按旬", Fraction(36)),
        ("half-month", r"每半个?月|按半月", Fraction(24)),
        ("every-months", rf"每隔?(?P<n>{NUMBER})个月", Fraction(12)),
        ("month", r"每一?个?月|逐月|按月|月月", Fraction(12)),
        ("quarter", r"每一?个?季度?|逐季|按季|季季", Fraction(4)),
        ("half-year", r"每半年|每学期", Fraction(2)),
        (
            "year",
            r"每一?(?:年度?|学年)|逐年|按年|(?:全年|年内|一年内|本年度)(?=[^，。；：！？\n]{0,12}次)",
            Fraction(1),
        ),
        ("hours", rf"每隔?(?P<n>{NUMBER})?个?小时", Fraction(365 * 24)),
    )
)
_UNIT = {
    "日": 365,
    "天": 365,
    "周": 52,
    "星期": 52,
    "旬": 36,
    "半月": 24,
    "月": 12,
    "季": 4,
    "季度": 4,
    "半年": 2,
    "年": 1,
}
# 周报, 月调度制度: the rhythm stands in the name.
_NAMED = re.compile(
    r"(?<![0-9每当次本今昨明同一二三四五六七八九十两上下元])(?P<unit>日|周|旬|半月|月|季度|季|半年)(?:报(?![送名到])|调度|小结|研判|会商|通报|例会|汇总|清零)"
)
# 一周两报, 三天一报, 半月报一次: so many times in one or several of a unit.
_ONE_ONE = re.compile(
    rf"(?<![0-9一二三四五六七八九十第每隔])(?:(?P<k>一|1|半|两)个?(?P<unit>日|天|周|星期|旬|月|季度|季|年)|(?P<many>[三四五六七八九十3-9])(?P<days>天)|(?P<more>[三四五六3-6])个(?P<months>月))报?(?P<n>{NUMBER})(?:{_DONE})"
)
_PER = re.compile(rf"(?P<n>{NUMBER})次?(?:/|每)(?P<unit>日|天|周|旬|月|季度|季|年)")
_WEEKDAYS = re.compile(
    rf"(?:周|星期|礼拜)?(?P<days>[一二三四五六日天1-6](?:[、和及](?:周|星期)?[一二三四五六日天1-6]){{0,6}})(?!{_ON}|[0-9一二三四五六七八九十]|篇|份|[个项张条])"
)
_FROM_TO = re.compile(r"(?P<from>[一二三四五1-5])(?:至|到|-)(?:周|星期)?(?P<to>[二三四五六日天2-6])(?!次)")
_TIMES = re.compile(rf"[^，。；：！？\n每]{{0,14}}?(?P<n>{NUMBER})(?:[-至到]{NUMBER})?(?:{_ON})")
_DONE_TIMES = re.compile(r"(?P<n>[两二三四五六])(?:报|查|巡|调度|签|打卡|通报)")
_TWICE = re.compile(r"[^，。；：！？\n每]{0,8}?早晚各?")
_THRICE = re.compile(r"[^，。；：！？\n每]{0,8}?早、?中、?晚各?")
_CLOCKS = re.compile(
    rf"[^，。；：！？\n每]{{0,8}}?{NUMBER}(?:[时点]|：00)(?:[0-9]{{2}}分?|整)?(?:[、和及]{NUMBER}(?:[时点]|：00)(?:[0-9]{{2}}分?|整)?){{1,5}}"
)
_DATES = re.compile(rf"{NUMBER}[日号](?:前|之前)?(?:[、和及]{NUMBER}[日号]){{1,5}}")
_WEEKDAY_VALUES = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7} | {str(i): i for i in range(1, 7)}


@dataclass(frozen=True)
class Rhythm:
    """Words that say how often, from `start` to `end` of the text, and the times a year."""

    start: int
    end: int
    per_year: Fraction


def rhythms(text: str, start: int, end: int) -> list[Rhythm]:
    """Return what `text` says between `start` and `end` on how often, in order.

    >>> [str(r.per_year) for r in rhythms("每周一、三、五报送,每月不少于2次,每隔三天一次", 0, 26)]
    ['156', '24', '365/3']
    """
    found = sorted(_all(text, start, end), key=lambda one: (one.start, -one.end))
    kept: list[Rhythm] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _all(text: str, start: int, end: int) -> Iterator[Rhythm]:
    for name, pattern, base in _PERIODS:
        for found in pattern.finditer(text, start, end):
            spaced = found.groupdict().get("n")
            per_year = base / max(number(spaced), 1) if spaced else base
            times, until = _times(name, text, found.end(), end)
            yield Rhythm(found.start(), until, per_year * times)
    for found in _NAMED.finditer(text, start, end):
        yield Rhythm(*found.span(), Fraction(_UNIT[found["unit"]]))
    for found in _ONE_ONE.finditer(text, start, end):
        units = found["k"] or found["many"] or found["more"]
        length = Fraction(1, 2) if units == "半" else Fraction(number(units))
        unit = found["unit"] or found["days"] or found["months"]
        yield Rhythm(*found.span(), _UNIT[unit] * min(number(found["n"]), _MOST) / length)
    for found in _PER.finditer(text, start, end):
        yield Rhythm(*found.span(), Fraction(_UNIT[found["unit"]] * min(number(found["n"]), _MOST)))


def _times(name: str, text: str, at: int, end: int) -> tuple[int, int]:
    """Return how many times within the period that ends at `at`, and where the words for it end."""
    if found := _TIMES.match(text, at, end):
        twice = _TWICE.match(text, at, end)
        each = 2 if twice and twice.end() <= found.start("n") else 1
        return max(min(number(found["n"]), _MOST), 1) * each, found.end()
    if name == "week":
        if found := _FROM_TO.match(text, at, end):
            return max(_WEEKDAY_VALUES[found["to"]] - _WEEKDAY_VALUES[found["from"]] + 1, 1), found.end()
        if found := _WEEKDAYS.match(text, at, end):
            return sum(c in _WEEKDAY_VALUES for c in found["days"]), found.end()
    if name == "month" and (found := _DATES.match(text, at, end)):
        return len(re.findall("[日号]", found[0])), found.end()
    if name in {"day", "workday"}:
        return _within_a_day(text, at, end)
    return 1, at


def _within_a_day(text: str, at: int, end: int) -> tuple[int, int]:
    if found := _THRICE.match(text, at, end):
        return 3, found.end()
    if found := _TWICE.match(text, at, end):
        return 2, found.end()
    if found := _CLOCKS.match(text, at, end):
        return len(re.findall("[时点]|：00", found[0])), found.end()
    if found := _DONE_TIMES.match(text, at, end):
        return number(found["n"]), found.end()
    return 1, at
