"""What the learned weights of the signs say of a notice: which words they keep, and which they find by themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from qingzhuang.domain.notices import Excuse, Reading
from qingzhuang.engines.rules import Sign, SignWeights, Thresholds
from qingzhuang.engines.rules.weights import LONGEST_MATTER, Mark, grams_at

FORBIDDEN, EXCUSED = 1, 2
"""How the spans of a prohibition and of every other excuse are marked for the weights."""

_CLAUSE = re.compile(r"[^，：、；。！？\n]+")
_NUMBER = re.compile(r"\s*(?:（?[一二三四五六七八九十0-9]{1,3}[）、.．]|[一二三四五六七八九十]是)?\s*")


class Weigher:
    """The weights of all signs that have learned any, ready to weigh many notices."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        """Sort out the signs with weights; the weights of all of them are one file's."""
        self._weighed = {sign.name: sign.weighed for sign in signs if sign.weighed}

    def weigh(self, reading: Reading) -> Weighing | None:
        """Return what the weights say of `reading`; None where no sign has any."""
        if not self._signs:
            return None
        return Weighing(self._weights, self._signs, reading)

    @cached_property
    def _weights(self) -> SignWeights:
        return next(iter(self._weighed.values())).file.weights

    @cached_property
    def _signs(self) -> list[WeighedSign]:
        known = {name: i for i, name in enumerate(self._weights.signs)} if self._weighed else {}
        return [(name, known[name], one.thresholds) for name, one in self._weighed.items() if name in known]


WeighedSign = tuple[str, int, Thresholds]
"""A sign's name, its column in the weights, and the scores that count for it."""


class Weighing:
    """What the weights say of one reading; a sentence is weighed when it is first asked for."""

    def __init__(self, weights: SignWeights, signs: list[WeighedSign], reading: Reading) -> None:
        """Keep what is weighed."""
        self._weights, self._reading = weights, reading
        self._signs = signs
        self._of = {name: (column, thresholds) for name, column, thresholds in signs}
        self._faults: dict[int, list[float]] = {}

    def knows(self, sign: str) -> bool:
        """Tell whether `sign` has weights."""
        return sign in self._of

    def keeps(self, sign: str, start: int) -> bool:
        """Tell whether words that a pattern of `sign` found at `start` are kept."""
        column, thresholds = self._of[sign]
        return self._fault(self._sentence(start))[column] >= thresholds.keeps

    def found(self, sign: str, known: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the most telling words of each sentence that shows `sign` by itself; not of those of the places `known`."""
        loud = self._loud.get(sign)
        if not loud:
            return
        left_out = {self._sentence(start) for start in known}
        yield from (self._words(sign, sentence) for sentence in loud if sentence not in left_out)

    @cached_property
    def _loud(self) -> dict[str, list[int]]:
        """The sentences that show each sign by themselves: about its matter, which a short look tells, and at fault."""
        loud: dict[str, list[int]] = {}
        for i, sentence in enumerate(self._reading.sentences):
            matter = self._weights.matter.short_runs(sentence, LONGEST_MATTER)
            about = [one for one in self._signs if matter[one[1]] >= one[2].about]
            if about:
                fault = self._fault(i)
                for name, column, thresholds in about:
                    if fault[column] >= thresholds.finds:
                        loud.setdefault(name, []).append(i)
        return loud

    def _fault(self, sentence: int) -> list[float]:
        if sentence not in self._faults:
            grams = grams_at(self._reading.sentences, sentence, marks_of(self._reading, sentence))
            self._faults[sentence] = self._weights.fault.score(grams)
        return self._faults[sentence]

    def _sentence(self, at: int) -> int:
        return bisect_right(self._reading.excuses.sentence_ends, at)

    def _words(self, sign: str, sentence: int) -> tuple[int, int]:
        """Return the clause of a sentence that speaks loudest for `sign`."""
        start = self._reading.excuses.sentence_ends[sentence - 1] if sentence else 0
        text = self._reading.sentences[sentence]
        telling = self._weights.fault.telling(sign, text, marks_of(self._reading, sentence))
        clauses = [found.span() for found in _CLAUSE.finditer(text)] or [(0, len(text))]
        first, last = max(clauses, key=lambda clause: sum(telling[slice(*clause)]))
        numbered = _NUMBER.match(text, first, last)
        return start + (numbered.end() if numbered and numbered.end() < last else first), start + last


def marks_of(reading: Reading, sentence: int) -> list[Mark]:
    """Return the excused spans of a sentence as the weights read them."""
    return [
        (start, end, FORBIDDEN if excuse is Excuse.FORBIDDEN else EXCUSED)
        for start, end, excuse in reading.excuses.spans(sentence)
    ]
