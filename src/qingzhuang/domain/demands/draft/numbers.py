"""Small numbers as notices write them: 3, 三, 两, 十五, 二十."""

from __future__ import annotations

NUMBER = r"(?:[0-9]{1,6}|[一二两三四五六七八九十百]{1,5})"
"""A pattern for a number in folded text."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100}


def number(text: str) -> int:
    """Return the number that `text`, which matches `NUMBER`, writes.

    >>> number("3"), number("两"), number("十五"), number("二十"), number("一百二十")
    (3, 2, 15, 20, 120)
    """
    if text.isascii():
        return int(text)
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
