"""Patterns over text: what to find, in which company, and what to leave alone. Matching time is linear in the text.

A pattern is a regular expression of RE2 (no look-around, no back reference, so none can backtrack for ever) with two
additions: `<name>` stands for any word of a vocabulary, and a gap is `~` (any characters up to the next comma, twelve
at most), `~~` (up to the end of the sentence, twenty at most); a number behind it, `~30`, sets the most.

>>> words = {"send": ("上传", "报送"), "photo": ("照片", "截图")}
>>> find = Pattern("<send>~<photo>", words)
>>> [(m.start, m.end) for m in find.matches(Searched("每周上传走访照片，报送总结。"))]
[(2, 8)]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules.anchors import Anchor, Words, anchors_of

SENTENCE_ENDS = "。；！？\n"
CLAUSE_ENDS = "，：" + SENTENCE_ENDS
_SPECIAL = re.compile(r"<([a-z][a-z0-9_]*)>|(~~?)(\d*)")
_GROUP = re.compile(r"\(\?P<([a-z]+)>")


@dataclass(frozen=True)
class Match:
    """Where a pattern was found: offsets in characters, the end exclusive."""

    start: int
    end: int


class Searched:
    """A text made ready to be searched many times, piece by piece: no match goes beyond a piece.

    `ends` are where its pieces end (without them it is one piece); `words` are the anchors' words of all patterns that
    will be sought, found here in one pass, so that a pattern is tried on those pieces alone that hold its anchors."""

    def __init__(self, text: str, ends: Sequence[int] = (), words: Words | None = None) -> None:
        """Keep the text and find the words."""
        self.text = text
        stops = [*ends] if ends and ends[-1] >= len(text) else [*ends, len(text)]
        self._starts = [0, *stops[:-1]]
        self._stops = stops
        self._every = (1 << len(stops)) - 1
        self._held = words.held(text, self._starts) if words else None
        self._pieces: dict[int, bytes] = {}

    def holding(self, anchors: Iterable[Anchor]) -> int:
        """Return the pieces that hold a word of every anchor, as bits."""
        left = self._every
        if self._held is not None:
            for anchor in anchors:
                left &= self._held.get(anchor, 0)
                if not left:
                    break
        return left

    def pieces(self, among: int) -> Iterator[tuple[int, bytes]]:
        """Yield the start and the bytes of each piece `among` those whose bits are set."""
        while among:
            lowest = among & -among
            among ^= lowest
            i = lowest.bit_length() - 1
            if i not in self._pieces:
                self._pieces[i] = self.text[self._starts[i] : self._stops[i]].encode()
            yield self._starts[i], self._pieces[i]


class Pattern:
    """One expression with its vocabulary; compiled when first used."""

    def __init__(self, expression: str, vocabulary: Mapping[str, tuple[str, ...]]) -> None:
        """Keep the expression; nothing is checked before it is used or `check`ed."""
        self.expression = expression
        self._vocabulary = vocabulary

    def check(self) -> None:
        """Raise EngineInputError (`bad-pattern`, with `why`) where the expression is none."""
        _ = self._regex

    def matches(self, searched: Searched) -> Iterable[Match]:
        """Return each match, leftmost first, none over another; a group named `at` says which words are meant."""
        among = searched.holding(self.anchors)
        return self._matches(searched, among) if among else ()

    def _matches(self, searched: Searched, among: int) -> Iterator[Match]:
        regex, at = self._regex, self._at
        for begin, data in searched.pieces(among):
            for found in regex.finditer(data):
                start, end = found.span(at)
                if start < 0:
                    start, end = found.span()
                if end > start:
                    first = begin + len(data[:start].decode())
                    yield Match(first, first + len(data[start:end].decode()))

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """What no match can do without."""
        return anchors_of(self.expression, self._vocabulary)

    @cached_property
    def _at(self) -> int:
        return int(self._regex.groupindex.get("at", 0))

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern is anywhere in `text`."""
        return self._regex.search(text.encode()) is not None

    @cached_property
    def _regex(self) -> Any:
        return _compile(expand(self.expression, self._vocabulary))


def expand(expression: str, vocabulary: Mapping[str, tuple[str, ...]]) -> str:
    """Return `expression` as RE2 reads it; raises EngineInputError (`unknown-vocabulary`) for a name not in `vocabulary`."""

    def put(found: re.Match[str]) -> str:
        name, gap, most = found.groups()
        if gap:
            stops = CLAUSE_ENDS if gap == "~" else SENTENCE_ENDS
            return f"[^{stops}]{{0,{most or (12 if gap == '~' else 20)}}}".replace("\n", r"\n")
        if name not in vocabulary:
            raise EngineInputError("unknown-vocabulary", name=name, expression=expression)
        return _alternatives(vocabulary[name])

    # (?P<at>…) is RE2's own and not a vocabulary; it is set aside while the names are put in.
    apart = _GROUP.sub(lambda found: f"\x00{found[1]}\x01", expression)
    return re.sub("\x00([a-z]+)\x01", r"(?P<\1>", _SPECIAL.sub(put, apart))


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    # RE2 takes the first alternative that leads to a match: longer words go first, so that the longest is shown.
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(ordered) + ")"


def _compile(expression: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 16 << 20
    try:
        return re2.compile(expression, options)
    except re2.error as error:
        why = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise EngineInputError("bad-pattern", expression=expression, why=why) from error
