"""The folded text of a notice as the draft reads it: clauses within sentences, and the way back to the original words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from qingzhuang.domain.demands.demand import Span
from qingzhuang.domain.notices import Excuse, Reading

NOT_ASKED = frozenset({Excuse.FORBIDDEN, Excuse.TOLD, Excuse.ENDED})
"""The excuses of words that ask for nothing. A title that is quoted may well be the form to be filled in."""

_SENTENCE = re.compile(r"[^。；！？\n]+")
_CLAUSE = re.compile(r"(?:[^，：]|(?<=[0-9])：(?=[0-9]))+")
_LABEL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.、](?![0-9])|[①-⑳]|[-·•●◆*>]+"
    r"|@[^ ]{1,12} )?\s*"
)


@dataclass(frozen=True)
class Clause:
    """Words between two commas; `first` and `last` bound the sentence they stand in."""

    start: int
    end: int
    first: int
    last: int


class Source:
    """What a notice says below its head."""

    def __init__(self, reading: Reading) -> None:
        """Find where the body begins."""
        self.reading = reading
        self.text = reading.text
        self.begin = self._begin()

    def _begin(self) -> int:
        try:
            return self.reading.start_of(self.reading.head.body[0])
        except KeyError:
            return 0

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the body, its tables and annexes, in order."""
        return tuple(
            Clause(clause.start(), clause.end(), sentence.start(), sentence.end())
            for sentence in _SENTENCE.finditer(self.text, self.begin)
            for clause in _CLAUSE.finditer(self.text, *sentence.span())
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the places below the head where `pattern` shows and is meant."""
        return (found for found in pattern.finditer(self.text, self.begin) if self.meant(*found.span()))

    def clause_at(self, offset: int) -> Clause:
        """Return the clause at `offset`, which lies in one."""
        return self.clauses[max(bisect_right(self._starts, offset) - 1, 0)]

    def sentences(self) -> Iterator[tuple[Clause, ...]]:
        """Yield the clauses of each sentence."""
        together: list[Clause] = []
        for clause in self.clauses:
            if together and together[0].first != clause.first:
                yield tuple(together)
                together = []
            together.append(clause)
        if together:
            yield tuple(together)

    def meant(self, start: int, end: int) -> bool:
        """Tell whether the words there ask: nothing forbids them, tells of them or says that they are over."""
        return not self.reading.excuses.of(start, end) & NOT_ASKED

    def quoted(self, start: int) -> bool:
        """Tell whether the word at `start` stands in the title of a document."""
        return Excuse.QUOTED in self.reading.excuses.of(start, start + 1)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the words from `start` to `end` without their number in a list and blanks around them."""
        label = _LABEL.match(self.text, start, end)
        start = label.end() if label and label.end() < end else start
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def words(self, start: int, end: int) -> str:
        """Return the original words from `start` to `end`, as the notice writes them."""
        span = self.span(start, end)
        return self.reading.notice.paragraphs[span.paragraph].text[span.start : span.end]

    def span(self, start: int, end: int) -> Span:
        """Return where the words from `start` to `end` stand in the notice."""
        return Span(*self.reading.original(start, end))
