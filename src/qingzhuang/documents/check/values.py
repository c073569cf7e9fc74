"""One finding in the words of one language: what every form of output shows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qingzhuang.domain.gate import Finding, Judgement
from qingzhuang.engines.rules import Severity
from qingzhuang.words import Words

AROUND = 36
"""How many characters of a long line are shown on each side of the words."""

_KEPT = "\t\n\u3000"


@dataclass(frozen=True)
class Said:
    """A finding in words."""

    finding: Finding
    severity: str
    kind: str
    message: str
    suggestion: str
    document: str
    clause: str
    certainty: str

    @property
    def basis(self) -> str:
        """Document, clause and how sure it is, in one line."""
        return " · ".join(part for part in (self.document, self.clause, self.certainty) if part)


def said(finding: Finding, words: Words) -> Said:
    """Return `finding` in the words of one language."""
    rule = finding.rule
    return Said(
        finding,
        words(f"check.severity_{rule.severity}"),
        words("check.code_" + finding.code.replace("-", "_")),
        words.pick(rule.message, **finding.values),
        words.pick(rule.suggestion, **finding.values) if rule.suggestion else "",
        words.pick(rule.citation.document),
        words.pick(rule.citation.clause),
        words(f"check.certainty_{rule.citation.certainty}"),
    )


def around(finding: Finding) -> tuple[str, str, str]:
    """Return what is shown before the words, the words as far as they are on their first line, and what is behind them."""
    line, start = finding.excerpt, finding.excerpt_start
    end = min(start + max(len(finding.words), 1), len(line))
    first, last = max(0, start - AROUND), min(len(line), end + AROUND)
    before, behind = "…" if first else "", "…" if last < len(line) else ""
    return before + line[first:start], line[start:end], line[end:last] + behind


def tally(judgements: Iterable[Judgement]) -> Counter[Severity]:
    """Return how many findings of each severity the `judgements` hold."""
    return Counter(finding.rule.severity for judgement in judgements for finding in judgement.findings)


def said_place(judgement: Judgement, finding: Finding, words: Words) -> str:
    """Return where the words of `finding` stand, as the reader of such a file counts: Word has paragraphs, not lines."""
    place = finding.place
    key = "paragraph_column" if judgement.notice.form == "docx" else "line_column"
    where = words(f"check.{key}", line=place.line, column=place.column)
    if not place.page:
        return where
    return words("check.page_and_line", page=words("check.page", page=place.page), where=where)


def said_day(day: date, words: Words) -> str:
    """Return `day` as 2026年3月25日 or 25 March 2026."""
    if words.lang == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"


def judged_on(judgement: Judgement, day: str, words: Words) -> str:
    """Return by which day's rules was judged, said as `day`, and where the day comes from."""
    return words(f"check.judged_on_{judgement.day_from}", on=day)


def printable(text: str) -> str:
    """Return `text` without what a terminal would obey or hide: controls, invisible and bidirectional characters."""
    return "".join(part for part, hidden in parts(text.replace("\t", " ").replace("\n", " ")) if not hidden)


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield `text` in parts that can be shown, and between them, as `U+200B`, each character that acts without being seen.

    >>> list(parts("不\\u200b得"))
    [('不', False), ('U+200B', True), ('得', False)]
    """
    for hidden, characters in groupby(text, key=_is_hidden):
        if hidden:
            yield from ((f"U+{ord(c):04X}", True) for c in characters)
        else:
            yield "".join(" " if unicodedata.category(c) == "Zs" and c not in _KEPT else c for c in characters), False


def _is_hidden(character: str) -> bool:
    return not character.isprintable() and character not in _KEPT and unicodedata.category(character) != "Zs"
