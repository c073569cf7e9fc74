"""A notice made ready to be judged: one folded text, whose every place leads back to the notice."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from qingzhuang.domain.notices.excuses import Excuses
from qingzhuang.domain.notices.fold import Folded, fold
from qingzhuang.domain.notices.head import Head, read_head
from qingzhuang.domain.notices.notice import Notice, Role
from qingzhuang.engines.rules import Searched, Words


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
