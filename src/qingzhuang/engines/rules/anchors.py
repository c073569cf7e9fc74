"""What a match cannot do without: plain words of a pattern, so that most patterns need not be tried on most sentences.

Every match of a pattern holds at least one word of each of its anchors. All words of all patterns are found in a text in
one pass (Aho and Corasick, "Efficient string matching", 1975); a pattern is then tried on those sentences alone that hold
its anchors."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

Anchor = frozenset[str]
Vocabulary = Mapping[str, tuple[str, ...]]
_ATOM = re.compile(
    r"<([a-z][a-z0-9_]*)>|~~?\d*|\[(?:\\.|[^\]\\])*\]|\\.\{[^}]*\}|\\[pP]\{[^}]*\}|\\.|\(\?P<[a-z]+>|\(\?:|[()|^$.]|[^()|^$.\[\]\\~<>?*+{}]"
)
_OPTIONAL = re.compile(r"[?*]|\{0(?:,\d*)?\}")
_REPEAT = re.compile(r"[?*+]\??|\{\d+(?:,\d*)?\}\??")


def anchors_of(expression: str, vocabulary: Vocabulary) -> tuple[Anchor, ...]:
    """Return the anchors of `expression`; none where it may match without any plain word.

    >>> sorted(map(sorted, anchors_of("<send>~(?:照片|截图)?考核", {"send": ("上传", "报送")})))
    [['上传', '报送'], ['考核']]
    """
    options = _alternatives(expression, vocabulary)
    if options is None:
        return ()
    if len(options) == 1:
        return tuple(options[0])
    # Of several alternatives one matches: a word of whichever anchor is the most telling of each is there.
    best = [max(anchors, key=_telling, default=None) for anchors in options]
    return () if None in best else (frozenset(word for anchor in best if anchor for word in anchor),)


def _telling(anchor: Anchor) -> tuple[int, int]:
    return min(map(len, anchor)), -len(anchor)


def _alternatives(expression: str, vocabulary: Vocabulary) -> list[list[Anchor]] | None:
    """Return the anchors of each alternative at the top of `expression`; None for what is not understood."""
    options: list[list[Anchor]] = [[]]
    run = ""
    at = 0

    def close() -> None:
        nonlocal run
        if run:
            options[-1].append(frozenset({run}))
            run = ""

    while at < len(expression):
        found = _ATOM.match(expression, at)
        if not found:
            return None
        atom, at = found[0], found.end()
        if atom.startswith("("):
            end = _closing(expression, at)
            if end is None:
                return None
            inner, at = expression[at:end], end + 1
        repeat = _REPEAT.match(expression, at)
        at = repeat.end() if repeat else at
        optional = bool(repeat and _OPTIONAL.match(repeat[0]))
        if atom == "|":
            close()
            options.append([])
        elif len(atom) == 1 and atom not in "^$.(~":
            run += "" if optional else atom
            if repeat:
                close()
        else:
            close()
            if not optional and atom.startswith("("):
                options[-1] += anchors_of(inner, vocabulary)
            elif not optional and found[1]:
                options[-1] += _of_words(vocabulary.get(found[1], ()))
    close()
    return options


def _of_words(words: Iterable[str]) -> tuple[Anchor, ...]:
    """Return the one anchor of a vocabulary: its words, and of those that are patterns their own."""
    return _of_all(tuple(words))


@cache
def _of_all(words: tuple[str, ...]) -> tuple[Anchor, ...]:
    return anchors_of("|".join(words), {}) if words else ()


def _closing(expression: str, at: int) -> int | None:
    """Return where the group that opened before `at` closes."""
    depth = 1
    while at < len(expression):
        character = expression[at]
        if character == "\\":
            at += 1
        elif character == "[":
            at = expression.find("]", at + 1)
            if at < 0:
                return None
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if not depth:
                return at
        at += 1
    return None


class Words:
    """All anchors of many patterns, their words found together."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        """Number the words, and keep which anchors each belongs to."""
        belongs: dict[str, list[Anchor]] = {}
        for anchor in set(anchors):
            for word in anchor:
                belongs.setdefault(word, []).append(anchor)
        self._words = sorted(belongs)
        self._anchors = [tuple(belongs[word]) for word in self._words]

    def held(self, text: str, starts: Sequence[int]) -> dict[Anchor, int]:
        """Return for each anchor in `text` the pieces that hold a word of it, as bits; piece i begins at `starts[i]`."""
        found: dict[int, int] = {}
        if self._words:
            for number, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
                found[number] = found.get(number, 0) | (1 << (bisect_right(starts, start) - 1))
        pieces: dict[Anchor, int] = {}
        for number, bits in found.items():
            for anchor in self._anchors[number]:
                pieces[anchor] = pieces.get(anchor, 0) | bits
        return pieces

    @cached_property
    def _automaton(self) -> Any:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self._words, store_patterns=False)
