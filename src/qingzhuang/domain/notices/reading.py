"""A notice made ready to be judged: one folded text, whose every place leads back to the notice."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from qingzhuang.domain.notices.excuses import Excuse, Excuses
from qingzhuang.domain.notices.fold import Folded, fold
from qingzhuang.domain.notices.head import Head, read_head
from qingzhuang.domain.notices.notice import Notice, Role
from qingzhuang.engines.rules import Searched, SignWeights, Words
from qingzhuang.engines.rules.weights import LONGEST_MATTER, Mark, grams_at

FORBIDDEN, EXCUSED = 1, 2
"""How the spans of a prohibition and of every other excuse are marked for the weights."""


@dataclass(frozen=True)
class _Weighed:
    """The scores by some weights of the sentences that were asked for."""

    weights: SignWeights
    faults: dict[int, list[float]] = field(default_factory=dict)
    matters: dict[int, list[float]] = field(default_factory=dict)


class Reading:
    """The paragraphs of `notice`, folded and joined by line feeds; page headers and footers are left out."""

    def __init__(self, notice: Notice, *, emergency: bool = False) -> None:
        """Fold the paragraphs; `emergency` says that one is declared for the whole notice."""
        self.notice = notice
        self._folded: list[tuple[int, Folded]] = [
            (i, fold(paragraph.text))
            for i, paragraph in enumerate(notice.paragraphs)
            if paragraph.role is not Role.MARGIN
        ]
        self.starts: list[int] = []
        length = 0
        for _, folded in self._folded:
            self.starts.append(length)
            length += len(folded.text) + 1
        self.text = "\n".join(folded.text for _, folded in self._folded)
        self.excuses = Excuses(self.text, emergency=emergency)
        self._searched: tuple[Words, Searched] | None = None
        self._scores: _Weighed | None = None

    def searched(self, words: Words) -> Searched:
        """Return the text ready to be searched for `words` and the patterns that they belong to, sentence by sentence."""
        if self._searched is None or self._searched[0] is not words:
            self._searched = words, Searched(self.text, self.excuses.sentence_ends, words)
        return self._searched[1]

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of the text, each with the mark or line feed that ends it."""
        ends = self.excuses.sentence_ends
        return [self.text[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]

    def marks(self, sentence: int) -> list[Mark]:
        """Return the excused spans of a sentence as the weights read them."""
        return [
            (start, end, FORBIDDEN if excuse is Excuse.FORBIDDEN else EXCUSED)
            for start, end, excuse in self.excuses.spans(sentence)
        ]

    def fault(self, weights: SignWeights, sentence: int) -> list[float]:
        """Return how much a sentence speaks for a fault, of each sign of `weights`."""
        known = self._weighed(weights).faults
        if sentence not in known:
            known[sentence] = weights.fault.score(grams_at(self.sentences, sentence, self.marks(sentence)))
        return known[sentence]

    def matter(self, weights: SignWeights, sentence: int) -> list[float]:
        """Return how much a sentence speaks of the matter of each sign of `weights`."""
        known = self._weighed(weights).matters
        if sentence not in known:
            known[sentence] = weights.matter.short_runs(self.sentences[sentence], LONGEST_MATTER)
        return known[sentence]

    def _weighed(self, weights: SignWeights) -> _Weighed:
        if self._scores is None or self._scores.weights is not weights:
            self._scores = _Weighed(weights)
        return self._scores

    def paragraph(self, offset: int) -> int:
        """Return the index in `notice.paragraphs` of the paragraph at `offset`."""
        return self._folded[self._index(offset)][0]

    def original(self, start: int, end: int) -> tuple[int, int, int]:
        """Return the paragraph's index and the offsets in it of the words from `start` to `end`, cut at its end."""
        at = self._index(start)
        index, folded = self._folded[at]
        first, last = start - self.starts[at], min(end - self.starts[at], len(folded.text))
        return index, folded.original(first), folded.original_end(last)

    @cached_property
    def head(self) -> Head:
        """What the notice says of itself."""
        return read_head(self.notice)

    def start_of(self, paragraph: int) -> int:
        """Return the offset at which the paragraph of that index begins; raises KeyError for one that is left out."""
        return {index: start for (index, _), start in zip(self._folded, self.starts, strict=True)}[paragraph]

    def _index(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)
