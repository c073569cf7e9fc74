"""How one value is said: dates, numbers, ratios, lists of ids; and texts that may lack one of their values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from string import Formatter

from qingzhuang.words import Words

LISTED = 3
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# what XML 1.0 cannot carry
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NOT_SAID = "—"


class Ratio(float):
    """A float from a finding's evidence: said with two decimals where its text does not ask for others."""

    def __format__(self, spec: str) -> str:
        """Return two decimals without trailing zeros, or what `spec` asks for."""
        return float.__format__(self, spec) if spec else f"{float(self):.2f}".rstrip("0").rstrip(".")


class Unsaid(str):
    """Stands where a text wants a value that is not there; takes any format."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return itself, whatever `spec` asks for."""
        return str(self)


def text_width(text: str) -> int:
    """Return about how wide `text` is in Latin letters, of which a Chinese character takes two: UTF-8 gives it three bytes."""
    return (len(text.encode()) + len(text)) // 2


def clean(text: str) -> str:
    """Return `text` without the control characters that Word and HTML refuse."""
    return text if text.isprintable() else UNWRITABLE.sub("", text)


def iso_date(text: str) -> date | None:
    """Return the day that `text` is in ISO form, nothing where it is none."""
    if not ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def said_date(day: date, words: Words) -> str:
    """Return `day` as 2026年3月25日 or 25 March 2026."""
    if words.lang == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def said_number(value: float | None) -> str:
    """Return `value` with thousands separated and at most one decimal; a dash for what is not known."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return NOT_SAID
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}"


def said_share(share: float) -> str:
    """Return `share` as percent, rounded up, so that "at most" stays true: 0.0312 as 3.2 %."""
    percent = share * 100
    digits = 2 if percent < 1 else 1
    return f"{math.ceil(percent * 10**digits) / 10**digits:.{digits}f}%"


def joined(parts: list[str], words: Words, *, counts: bool = True) -> str:
    """Return the first few of `parts` in one phrase; when that is not all of them, how many there are if it `counts`."""
    shown = words("report.list_comma").join(parts[:LISTED])
    if len(parts) <= LISTED:
        return shown
    return (
        words("report.list_more", shown=shown, count=len(parts)) if counts else words("report.list_some", shown=shown)
    )


def filled(template: Callable[..., str], fields: frozenset[str], values: Mapping[str, object]) -> str:
    """Return `template` called with `values`, a dash for every one of its `fields` that is missing."""
    lacking = {name: Unsaid(NOT_SAID) for name in fields if values.get(name) is None}
    return template(**{**values, **lacking})


@cache
def fields_of(template: str) -> frozenset[str]:
    """Return the names that `template` wants filled in."""
    parsed = (name for _, name, _, _ in Formatter().parse(template) if name)
    return frozenset(re.split(r"[.\[]", name)[0] for name in parsed)
