"""What the learned weights of a sign say of a notice: which of its words they keep, and which they find by themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from qingzhuang.domain.notices import Reading
from qingzhuang.engines.rules import Sign, SignWeights, Thresholds

_CLAUSE = re.compile(r"[^，：、；。！？\n]+")
_NUMBER = re.compile(r"\s*(?:（?[一二三四五六七八九十0-9]{1,3}[）、.．]|[一二三四五六七八九十]是)?\s*")


@dataclass(frozen=True)
class Weighing:
    """The weights of one sign, and how much each sentence of `reading` speaks for it."""

    sign: str
    weights: SignWeights
    thresholds: Thresholds
    reading: Reading

    def keeps(self, start: int) -> bool:
        """Tell whether words that a pattern found at `start` are kept."""
        return self._fault(self._sentence(start)) >= self.thresholds.keeps

    def found(self, known: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the most telling words of each sentence that shows the sign by itself; not of those of the places `known`."""
        left_out = {self._sentence(start) for start in known}
        ends = self.reading.excuses.sentence_ends
        for sentence in range(len(ends)):
            if sentence not in left_out and self._is_about(sentence) and self._finds(sentence):
                yield self._words(sentence, ends[sentence - 1] if sentence else 0)

    def _sentence(self, at: int) -> int:
        return bisect_right(self.reading.excuses.sentence_ends, at)

    def _is_about(self, sentence: int) -> bool:
        return self.reading.matter(self.weights, sentence)[self._column] >= self.thresholds.about

    def _finds(self, sentence: int) -> bool:
        return self._fault(sentence) >= self.thresholds.finds

    def _fault(self, sentence: int) -> float:
        return self.reading.fault(self.weights, sentence)[self._column]

    @cached_property
    def _column(self) -> int:
        return self.weights.signs.index(self.sign)

    def _words(self, sentence: int, start: int) -> tuple[int, int]:
        """Return the clause that speaks loudest in a sentence, which begins at `start`."""
        text = self.reading.sentences[sentence]
        telling = self.weights.fault.telling(self.sign, text, self.reading.marks(sentence))
        clauses = [found.span() for found in _CLAUSE.finditer(text)] or [(0, len(text))]
        first, last = max(clauses, key=lambda clause: sum(telling[slice(*clause)]))
        numbered = _NUMBER.match(text, first, last)
        return start + (numbered.end() if numbered and numbered.end() < last else first), start + last


def weighing_of(sign: Sign, reading: Reading) -> Weighing | None:
    """Return what the weights say of `reading`; None for a sign that has learned none."""
    weights = sign.weights
    return Weighing(sign.name, weights, sign.weighed.thresholds, reading) if weights and sign.weighed else None
