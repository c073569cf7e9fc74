"""Numbers as one writes them in Chinese, to one form: 三百, 300, ３００ and 0300 are `300`; 二〇二六 is `2026`; 1.5万 is `15000`.

Text comes folded: half width, simplified. What a number is made of is found by `NUMBER`; a numeral that is part of a
word (三农, 统一) counts as a number as well, which does no harm as long as it is the same on both sides.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_SHORT_TENS = str.maketrans({"廿": "二十", "卅": "三十"})

_LONGEST = 40  # longer ones are nobody's number; they are kept as they are

_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CHINESE = "零〇一二两三四五六七八九十百千万亿廿卅"
_OFFICIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"

# 百 and 千 alone are words (百日, 千村), 伍, 陆 and 拾 too (队伍, 登陆, 收拾): a number needs a digit or 十, official ones two characters.
NUMBER = (
    rf"百分之(?:{_ARABIC}|[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?)"
    rf"|{_ARABIC}[十百千万亿]*%?"
    rf"|[零〇一二两三四五六七八九十廿卅][{_CHINESE}]*(?:点[零〇一二三四五六七八九]+)?"
    rf"|[{_OFFICIAL}](?:[{_OFFICIAL}万亿零])+"
)


@lru_cache(maxsize=1 << 16)
def numbers(written: str) -> tuple[str, ...]:
    """Return the numbers that a run matched by `NUMBER` says, in decimal digits; 十四五 says two, 14 and 5.

    >>> numbers("三百"), numbers("二〇二六"), numbers("1.5万"), numbers("百分之十五"), numbers("十四五")
    (('300',), ('2026',), ('15000',), ('15%',), ('14', '5'))
    """
    if written.startswith("百分之"):
        return tuple(f"{number}%" for number in numbers(written.removeprefix("百分之")))
    if written[0].isascii():
        return (_arabic(written),)
    whole, _, decimals = written.translate(_FORMAL).translate(_SHORT_TENS).partition("点")
    said = _chinese(whole)
    if decimals:
        said[-1] = _plain(f"{said[-1]}.{''.join(str(_DIGITS[digit]) for digit in decimals)}")
    return tuple(said)


def _plain(decimal: str) -> str:
    """Return a decimal without the zeros that say nothing."""
    whole, _, fraction = decimal.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _arabic(written: str) -> str:
    """Return `1,500`, `1.50万`, `03`, `15%` without commas, multipliers and zeros that say nothing."""
    digits = re.match(r"[\d.,]+", written)
    assert digits
    percent = "%" if written.endswith("%") else ""
    number = digits.group().replace(",", "")
    zeros = sum(len(str(_TENS.get(unit) or _MYRIADS[unit])) - 1 for unit in written[digits.end() :].removesuffix("%"))
    whole, _, fraction = number.partition(".")
    fraction = fraction.ljust(zeros, "0")
    return _plain(f"{whole}{fraction[:zeros]}.{fraction[zeros:]}") + percent


def _chinese(run: str) -> list[str]:
    """Return the numbers of a run of numerals: digits one by one where it holds no unit, else as they are counted."""
    if len(run) > _LONGEST:
        return [run]
    if not any(character in _TENS or character in _MYRIADS for character in run):
        return [_plain("".join(str(_DIGITS[digit]) for digit in run))]
    said: list[str] = []
    while run:
        value, used = _counted(run)
        said.append(str(value))
        run = run[used:]
    return said


def _counted(run: str) -> tuple[int, int]:
    """Return the number that `run` begins with, and how many characters say it; 一万五 is 15000 as in speech."""
    total = section = 0
    digit: int | None = None
    unit = 1
    for place, character in enumerate(run):
        if character in _DIGITS:
            if digit is not None and digit > 0:  # a second digit without a unit between: another number
                return total + section + digit, place
            digit = _DIGITS[character]
            unit = 1 if digit == 0 else unit
        elif character in _TENS:
            unit = _TENS[character]
            section += (1 if digit is None else digit) * unit
            digit = None
        else:
            unit = _MYRIADS[character]
            below = section + (digit or 0)
            total = total + below * unit if total % unit == 0 and total > unit else (total + below) * unit
            section, digit = 0, None
    spoken = unit // 10 if unit >= 100 else 1
    return total + section + (digit or 0) * spoken, len(run)
