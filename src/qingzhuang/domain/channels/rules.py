"""The numbers and lists by which channels are judged, as a county's rule packs set them on the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from qingzhuang.domain.channels.inventory import Secrecy
from qingzhuang.domain.channels.result import Code
from qingzhuang.domain.channels.text import fold_category
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import Rule, RuleBook


class BadRules(Exception):
    """A value in force that channels cannot be judged by.

    Carries `code`, and `data` with the parameter's name and value.
    """

    def __init__(self, code: str, **data: object) -> None:
        """Keep `code` and `data`."""
        self.code = code
        self.data = data
        super().__init__(f"{code}: {data}")


@dataclass(frozen=True)
class ChannelRules:
    """The rules for channels in force on one day; shares are exact fractions, costs are in messages a week.

    `jaccard` and `containment` are None where they are off. `merge_needs` and `alike_needs_purpose` go by `group`
    and `app`."""

    rules: Mapping[Code, Rule]
    zombie_days: int | None
    zombie_days_by_category: Mapping[str, int | None]
    allowed_categories: tuple[str, ...] | None
    temporary_allowed: bool
    must_go_codes: frozenset[Code]
    jaccard: Fraction | None
    containment: Fraction | None
    overlapping_share: Fraction
    alike_needs_purpose: frozenset[str]
    merge_needs: Mapping[str, frozenset[str]]
    max_outsiders: int
    max_outsider_share: Fraction
    carry: Fraction
    expose: Fraction
    public_platforms: frozenset[str]
    blank_secrecy: Secrecy
    must_keep: frozenset[str]
    must_go: frozenset[str]

    @property
    def saving_jaccard(self) -> Fraction:
        """The Jaccard index that two channels must pass for a merge of one into the other to save anything.

        With s shared, d_i and d_j not shared, a merge saves when (m_i + e)·d_j + (m_j + e)·d_i < a·s; with no
        message at all that is s / (s + d_i + d_j) > e / (a + e), and messages only make it harder."""
        return self.expose / (self.carry + self.expose)


def channel_rules(book: RuleBook) -> ChannelRules:
    """Read the values in force from `book`; raises BadRules for the first that makes no sense, and for a channel on both lists."""
    read = _Reader(book)
    must_keep, must_go = (frozenset(book.lists.get(name, ())) for name in LISTS)
    if both := must_keep & must_go:
        raise BadRules("on-both-lists", channel_ids=sorted(both))
    days = read("zombie_days", _is_zombie_days)
    allowed = read("allowed_categories", lambda value: value is None or _is_texts(value))
    needs = read("merge_needs", lambda value: isinstance(value, dict) and all(map(_is_texts, value.values())))
    return ChannelRules(
        rules={code: rule for code in Code if (rule := book.rule(code))},
        zombie_days=days["default"],
        zombie_days_by_category={fold_category(name): limit for name, limit in days.get("categories", {}).items()},
        allowed_categories=None if allowed is None else tuple(allowed),
        temporary_allowed=read("temporary_allowed", lambda value: isinstance(value, bool)),
        must_go_codes=frozenset(
            map(Code, read("must_go_codes", lambda value: _is_texts(value) and set(value) <= set(Code)))
        ),
        jaccard=read.threshold("jaccard"),
        containment=read.threshold("containment"),
        overlapping_share=read.fraction("overlapping_share", lambda share: 0 < share <= 1),
        alike_needs_purpose=frozenset(
            read("alike_needs_purpose", lambda value: _is_texts(value) and set(value) <= {"group", "app"})
        ),
        merge_needs={kind: _needs(needs.get(kind, ())) for kind in ("group", "app")},
        max_outsiders=read("max_outsiders", _is_count),
        max_outsider_share=read.fraction("max_outsider_share", lambda share: 0 <= share < 1),
        carry=read.fraction("carry", lambda cost: cost >= 0),
        expose=read.fraction("expose", lambda cost: cost > 0),
        public_platforms=frozenset(read("public_platforms", _is_texts)),
        blank_secrecy=Secrecy(read("blank_secrecy", lambda value: value in set(Secrecy))),
        must_keep=must_keep,
        must_go=must_go,
    )


@dataclass(frozen=True)
class _Reader:
    book: RuleBook

    def __call__(self, name: str, is_right: Callable[[Any], bool]) -> Any:
        value = self.book.value(name)
        if not is_right(value):
            raise BadRules("bad-value", parameter=name, value=value)
        return value

    def fraction(self, name: str, is_right: Callable[[Fraction], bool]) -> Fraction:
        """Read a number exactly as it is written: 0.8 is 4/5."""
        value = self(name, lambda value: isinstance(value, str | int | float) and not isinstance(value, bool))
        try:
            number = Fraction(str(value))
        except ValueError as error:
            raise BadRules("bad-value", parameter=name, value=value) from error
        if not is_right(number):
            raise BadRules("bad-value", parameter=name, value=value)
        return number

    def threshold(self, name: str) -> Fraction | None:
        return (
            None if self.book.value(name) in (None, False, "off") else self.fraction(name, lambda share: 0 < share <= 1)
        )


def _needs(value: object) -> frozenset[str]:
    ways = frozenset(value) if isinstance(value, list | tuple) else frozenset()
    if unknown := ways - {"category", "unit-line", "purpose"}:
        raise BadRules("bad-value", parameter="merge_needs", value=sorted(unknown))
    return ways


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_zombie_days(value: object) -> bool:
    if not isinstance(value, dict) or "default" not in value or not value.keys() <= {"default", "categories"}:
        return False
    by_category = value.get("categories") or {}
    limits = (value["default"], *by_category.values()) if isinstance(by_category, dict) else (-1,)
    return all(limit is None or (_is_count(limit) and limit > 0) for limit in limits)
