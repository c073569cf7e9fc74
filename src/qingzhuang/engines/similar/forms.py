"""One form for texts that differ in writing alone: width, case, script, punctuation, numbers, and synonyms handed in.

A form is a string of symbols: a Chinese character stands for itself, a number and a Latin word become one character each
of the private planes of Unicode. So 2026 and 2025 have nothing in common, and every measure counts characters.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar.numerals import NUMBER, numbers

Groups: TypeAlias = tuple[tuple[str, ...], ...]

LONGEST_TERM = 200
ROUNDS = 3  # a term may be found only after a shorter one within it was exchanged

_SMALL_NUMBERS, _OTHERS, _PLANE = 0xF0000, 0x100000, 65_000
_DAY = r"(?P<year>(?:19|20)\d\d)[-./](?P<month>0?[1-9]|1[0-2])(?:[-./](?P<day>0?[1-9]|[12]\d|3[01]))?(?![\d.])"
_WRITTEN = re.compile(rf"{_DAY}|(?P<number>{NUMBER})|(?P<word>[a-zà-ɏͰ-ӿ]+)|[\W_]+")


class Forms:
    """The form of any text under some groups of equivalent terms; `chosen` says what each term, as a form, becomes."""

    def __init__(self, synonyms: Iterable[Iterable[str]] = ()) -> None:
        """Take `synonyms`, groups of terms that mean the same; each becomes the shortest of its group, of these the first.

        A term may be in one group only; where terms overlap in a text, the one that begins first counts, then the longest. Terms
        within terms are seen to: with groups for 医保 and for 医保缴费, 城乡居民医疗保险缴费 becomes the first and then the second.
        Raises EngineInputError: `synonyms-not-groups`, `synonym-empty`, `synonym-too-long`, `synonym-in-two-groups`.
        """
        self.chosen = _chosen(_checked(synonyms))
        self._terms = _any_of(self.chosen) if self.chosen else None

    def form(self, text: str) -> str:
        """Return the form of `text`, empty where it holds no letter and no digit."""
        form = _written(text)
        if self._terms is None:
            return form
        for _ in range(ROUNDS):
            before, form = form, self._terms.sub(lambda found: self.chosen[found.group()], form)
            if form == before:
                break
        return form


def _checked(synonyms: Iterable[Iterable[str]]) -> Groups:
    """Return `synonyms` as tuples; one text alone is no group, though its characters could be taken for terms."""
    groups = []
    try:
        for group in synonyms:
            terms = (None,) if isinstance(group, str) else tuple(group)
            if not all(isinstance(term, str) for term in terms):
                raise EngineInputError("synonyms-not-groups", group=group)
            groups.append(tuple(str(term) for term in terms))
    except TypeError as error:
        raise EngineInputError("synonyms-not-groups", given=type(synonyms).__name__) from error
    for terms in groups:
        if any(len(term) > LONGEST_TERM for term in terms):
            raise EngineInputError("synonym-too-long", group=terms, limit=LONGEST_TERM)
    return tuple(groups)


def _chosen(groups: Groups) -> dict[str, str]:
    """Return the form of each term → the form that stands for its group."""
    chosen: dict[str, str] = {}
    owner: dict[str, int] = {}
    for place, group in enumerate(groups):
        written = [_written(term) for term in group]
        if not all(written):
            raise EngineInputError("synonym-empty", group=group)
        for term, form in zip(group, written, strict=True):
            if owner.setdefault(form, place) != place:
                raise EngineInputError("synonym-in-two-groups", term=term, groups=(groups[owner[form]], group))
            chosen[form] = min(written, key=len)
    return chosen


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of `terms`: a trie, so that its cost hardly grows with their number."""
    trie: dict[str, Any] = {}
    for term in terms:
        node = trie
        for character in term:
            node = node.setdefault(character, {})
        node[""] = {}
    return re.compile(_pattern(trie))


def _pattern(node: dict[str, Any]) -> str:
    ends = "" in node
    branches = [re.escape(character) + _pattern(after) for character, after in sorted(node.items()) if character]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined


def _written(text: str) -> str:
    """Return `text` in half width, lower case, simplified characters and symbols, without punctuation and white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_simplified())
    return _WRITTEN.sub(_symbols, text.casefold())


def _symbols(found: re.Match[str]) -> str:
    """Return the symbols of a day, a number or a word, nothing for what lies between."""
    kind = found.lastgroup
    if kind == "number":
        return "".join(map(_symbol, numbers(found.group())))
    if kind == "word":
        return _symbol(found.group())
    return "".join(_day(found)) if kind else ""


def _day(found: re.Match[str]) -> Iterator[str]:
    """Yield 2026-03-25 as 2026年3月25日 would be."""
    for part, unit in (("year", "年"), ("month", "月"), ("day", "日")):
        if found.group(part):
            yield _symbol(found.group(part).lstrip("0")) + unit


@cache
def _simplified() -> dict[int, str]:
    """Return traditional → simplified, character by character: what a word means makes no difference to whether two agree."""
    from opencc import OpenCC

    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2FA20))]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, simplified, strict=True) if old != new}


def _symbol(token: str) -> str:
    """Return the one character that stands for a number in decimal digits, or for a word.

    Whole numbers below 65,000 have one each; what shares the remaining 65,000 does so once in as many pairs.
    """
    if token.isdigit() and len(token) <= 5 and int(token) < _PLANE:
        return chr(_SMALL_NUMBERS + int(token))
    return chr(_OTHERS + zlib.crc32(token.encode()) % _PLANE)
