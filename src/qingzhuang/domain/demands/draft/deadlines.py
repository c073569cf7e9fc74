"""By when: a day, or hours where less than a day or a day unknown is left. The shortest that a notice sets counts.

Hours count from ten in the morning of the day of receipt: by the close of today are eight, by tomorrow morning
twenty-three."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from qingzhuang.domain.demands.demand import Deadline
from qingzhuang.domain.demands.draft.numbers import NUMBER, number
from qingzhuang.domain.demands.draft.source import Source

_RECEIVED = 10
_CLOSE = 18
_HALF_DAY = 4
# A date without a year that is past by the notice's date means the next year, where that is no more days off.
_DAYS_ON = 200
_BY = (
    r"(?:[（(][^）)]{1,6}[）)])?(?:[上下]午|中午|早上|晚上|晚)?"
    r"(?:[0-9一二三四五六七八九十]{1,3}(?:时|点|：[0-9]{2})(?:[0-9]{1,2}分?|半|整)?)?(?:下班)?(?:以前|之前|前|截止|止|为限)"
)
_EACH = re.compile(r"每[^，。；：！？\n]{0,6}$")
_SINCE = re.compile(r"(?<!通知)(?<!本文)(?<!文件)(?:发布|印发|收到|受理|作出)?之日起[^，。；：！？\n]{0,4}$")
_DELIVERED = re.compile(r"[报交发填送]|反馈|完成|上传|整改|办结|回复|落实|提供|到位")
_AFTER = re.compile(r"(?:发现|发生|遇有?|出现|险情|线索|报警)[^，。；：！？\n]{0,12}$")

_DATE = re.compile(
    rf"(?:(?P<y>[12][0-9]{{3}})年|(?P<next>明年|次年|翌年))?(?P<m>[0-9]{{1,2}})月(?P<d>[0-9]{{1,2}})[日号]{_BY}"
)
_MONTH_END = re.compile(
    r"(?:(?P<y>[12][0-9]{3})年|(?P<next>明年|次年|翌年))?(?P<m>[0-9]{1,2})月(?:底|末)(?:以?前|之前|内)?|(?P<this>本月|当月|这个月)(?:底|末|内)(?:以?前|之前)?|(?<![0-9一二三四五六七八九十个每])月底(?:以前|之前|前)"
)
_DAY_ONLY = re.compile(
    r"(?<![0-9月])(?:(?P<which>本月|下月|次月))?(?P<d>[0-9]{1,2})[日号](?:[（(][^）)]{1,6}[）)])?(?:[上下]午|晚)?(?:[0-9]{1,2}(?:时|点|：[0-9]{2}))?(?:下班)?(?:以前|之前|前)"
)
_YEAR_END = re.compile(r"(?:本年|今年|年)底(?:以前|之前|前)|年内(?=完成|报|建)")
_WEEKDAY = re.compile(
    rf"(?P<which>本周|这周|下周|下个?星期|(?<![每0-9一二三])周|(?<!每)星期)(?P<day>[一二三四五六日天]){_BY}|(?P<week>本周|这周)(?:内|末)"
)
_DAYS = re.compile(rf"(?P<n>{NUMBER})个?(?P<unit>工作日|自然日|天|日|周|星期)(?:之内|以内|内)")
_HOURS = re.compile(
    rf"(?P<n>{NUMBER}|半)个?半?(?P<unit>小时|钟头|分钟|(?<=半)天)(?:之内|以内|内)|限(?P<within>{NUMBER})个?小时"
)
_TODAY = re.compile(
    r"(?:(?:今日|今天|本日|当日|当天)(?:下午|晚上|晚)?|(?<![一二三四五六日天号）明午晚]))(?:下班|收工)(?:以前|之前|前)|(?:今日|今天|本日)(?:之内|以内|内|务必|必须)"
    r"|(?:今日|今天|今晚|今早|今晨|今|本日)(?P<half>上午|中午|下午|晚上|晚|夜)?(?P<h>[0-9一二三四五六七八九十]{1,3})(?:时|点|：[0-9]{2})(?:[0-9]{1,2}分?|半|整)?(?:以前|之前|前)?"
    r"|(?:今晚|今夜|连夜)(?=[^，。；：！？\n]{0,10}(?:前|报|交|发|完成))|今天?[上下]午(?=[^，。；：！？\n]{0,6}(?:前|报|交|发))|即日(?![起])|即刻(?=[^，。；：！？\n]{0,8}[报交发])|不过夜|(?<![天日明])(?:午饭|中饭|中午)(?:以前|之前|前)(?=[^，。；：！？\n]{0,20}[报交发送填])"
)
_TOMORROW = re.compile(
    r"(?:明日|明天|明早|明晨|次日|翌日)(?P<half>一早|早上|早晨|早|晨|上午|中午|下午|晚上|晚)?(?:(?P<h>[0-9一二三四五六七八九十]{1,3})(?:时|点|：[0-9]{2})(?:[0-9]{1,2}分?|半|整)?|(?P<close>下班))?(?:以前|之前|前|内)?"
    r"(?=[^，。；：！？\n]{0,24}(?:报|交|发|填|完成|反馈|提供|回复|上传|前))"
)
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}


def deadline_of(source: Source, dated: date | None) -> Deadline | None:
    """Return the shortest deadline that the notice, `dated`, sets; None where it sets none."""
    found = [(_left(deadline, dated), i, deadline) for i, deadline in enumerate(_deadlines(source, dated))]
    return min(found, key=lambda one: one[:2])[2] if found else None


def _left(deadline: Deadline, dated: date | None) -> float:
    """Return the hours left, for comparison: a day that cannot be reckoned comes last."""
    if deadline.hours is not None:
        return deadline.hours
    return (deadline.day - dated).days * 24.0 if deadline.day and dated else float("inf")


def _deadlines(source: Source, dated: date | None) -> Iterator[Deadline]:
    """Yield every deadline with its original words, in no order but that of the patterns."""
    for pattern in (_TODAY, _TOMORROW, _HOURS, _DAYS, _DATE, _MONTH_END, _DAY_ONLY, _WEEKDAY, _YEAR_END):
        for found in source.find(pattern):
            clause = source.clause_at(found.start())
            before = source.text[clause.start : found.start()]
            if _EACH.search(before) or (pattern in {_HOURS, _TODAY, _TOMORROW} and _AFTER.search(before)):
                continue
            if pattern is _DAYS and (
                _SINCE.search(before) or not _DELIVERED.search(source.text, found.end(), clause.last)
            ):
                continue
            deadline = _hours(pattern, found) if pattern in {_TODAY, _TOMORROW, _HOURS} else _day(pattern, found, dated)
            if deadline:
                yield replace(deadline, words=source.words(*found.span()))


def _hours(pattern: re.Pattern[str], found: re.Match[str]) -> Deadline:
    if pattern is _HOURS:
        return Deadline("", hours=_amount(found))
    clock = _clock(found)
    if pattern is _TODAY:
        return Deadline("", hours=max(clock - _RECEIVED, 1))
    return Deadline("", hours=24 + clock - _RECEIVED)


def _amount(found: re.Match[str]) -> int:
    """Return the hours that a number of hours or minutes or half a day comes to, at least one."""
    if found["within"]:
        return number(found["within"])
    half = found["n"] == "半"
    if found["unit"] == "天":
        return _HALF_DAY
    amount = 1 if half else number(found["n"])
    return max(-(-amount // 60), 1) if found["unit"] == "分钟" else amount


def _clock(found: re.Match[str]) -> int:
    """Return the hour of the day that a deadline of today or tomorrow names, by its number or its part of the day."""
    words, half = found[0], found["half"] or ""
    if found["h"]:
        hour = number(found["h"])
        late = half in {"下午", "晚上", "晚", "夜"} or words.startswith("今晚")
        return min(hour + 12 if late and hour <= 12 else hour, 24)
    if "晚" in words or "夜" in words:
        return 24
    if any(part in words for part in ("中午", "上午", "午饭", "中饭")):
        return 12
    return 9 if any(part in words for part in ("早", "晨")) else _CLOSE


def _day(pattern: re.Pattern[str], found: re.Match[str], dated: date | None) -> Deadline | None:
    """Return the deadline on a day; None for a day that is past or that the calendar does not have."""
    if pattern is _DAYS:
        return _after_days(number(found["n"]), found["unit"], dated)
    if dated is None and not (pattern in {_DATE, _MONTH_END} and found["y"]):
        return Deadline("")
    try:
        day = _reckoned(pattern, found, dated or date(int(found["y"]), 1, 1))
    except (ValueError, OverflowError):
        return None
    return Deadline("", day) if dated is None or day >= dated else None


def _after_days(days: int, unit: str, dated: date | None) -> Deadline | None:
    days *= 7 if unit in {"周", "星期"} else 1
    if not 0 < days <= 3660:
        return None
    if dated is None:
        return Deadline("", hours=days * 24)
    try:
        return Deadline("", _working_days_on(dated, days) if unit == "工作日" else dated + timedelta(days))
    except OverflowError:
        return None


def _working_days_on(day: date, days: int) -> date:
    """Return the day that many working days on, with Saturdays and Sundays off; holidays are not known here."""
    while days:
        day += timedelta(1)
        days -= day.weekday() < 5
    return day


def _reckoned(pattern: re.Pattern[str], found: re.Match[str], dated: date) -> date:
    if pattern is _YEAR_END:
        return date(dated.year, 12, 31)
    if pattern is _WEEKDAY:
        return _weekday(found, dated)
    if pattern is _DAY_ONLY:
        return _day_of_month(found, dated)
    if pattern is _MONTH_END and not found["m"]:
        return date(dated.year, dated.month, monthrange(dated.year, dated.month)[1])
    month, year = int(found["m"]), int(found["y"] or dated.year) + bool(found["next"])
    if not 1 <= month <= 12:
        raise ValueError(month)
    if not found["y"] and not found["next"] and (dated.year, month) < (dated.year, dated.month):
        following = date(year + 1, month, 1)
        year += (following - dated).days <= _DAYS_ON
    return date(year, month, int(found["d"]) if pattern is _DATE else monthrange(year, month)[1])


def _day_of_month(found: re.Match[str], dated: date) -> date:
    """Return the day of this month, or of the next where it says so or the day is past."""
    later = found["which"] in {"下月", "次月"} or (not found["which"] and int(found["d"]) < dated.day)
    month, year = (dated.month % 12 + 1, dated.year + dated.month // 12) if later else (dated.month, dated.year)
    return date(year, month, int(found["d"]))


def _weekday(found: re.Match[str], dated: date) -> date:
    if found["week"]:
        return dated + timedelta(6 - dated.weekday())
    wanted = _WEEKDAYS[found["day"]]
    if found["which"].startswith("下"):
        return dated + timedelta(7 - dated.weekday() + wanted)
    return dated + timedelta((wanted - dated.weekday()) % 7)
