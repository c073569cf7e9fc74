"""Findings as a linter shows them: the place, the line with a caret under the words, the clause, the better wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from unicodedata import category, east_asian_width

from qingzhuang.documents.check.values import Said, judged_on, printable, said, tally
from qingzhuang.domain.gate import Finding, Judgement
from qingzhuang.engines.rules import Severity
from qingzhuang.words import Words

Paint = Callable[[str, str], str]
"""Gives a text in a style (`reject`, `warn`, `info`, `place`, `dim`), as the terminal shows it."""

COLUMNS = 80
"""How wide a terminal is taken to be: an excerpt never breaks in one of that width, so its carets stay under the words."""

_COLOURS = {"reject": "1;31", "warn": "1;33", "info": "1;36", "place": "1", "dim": "2"}
_BAR = "  | "
_CUT = "…"


def paint_nothing(text: str, style: str) -> str:  # noqa: ARG001 -- a Paint
    """Return the text as it is."""
    return text


def paint_ansi(text: str, style: str) -> str:
    """Return the text with the codes that terminals understand."""
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m"


def text_of(
    judgement: Judgement, words: Words, paint: Paint = paint_nothing, *, columns: int = COLUMNS
) -> Iterator[str]:
    """Yield the lines about one notice, for a terminal of so many `columns`."""
    extra = [words("check.emergency")] if judgement.emergency else []
    extra += [words("check.from_scan")] if judgement.notice.scanned else []
    if not judgement.findings:
        extra.insert(0, words("check.nothing"))
    told = " · ".join([*extra, judged_on(judgement, judgement.on.isoformat(), words)])
    yield paint(printable(judgement.notice.file), "place") + paint("  " + told, "dim")
    for finding in judgement.findings:
        yield from _finding(judgement, said(finding, words), words, paint, columns)
        yield ""
    if not judgement.findings:
        yield ""


def _finding(judgement: Judgement, one: Said, words: Words, paint: Paint, columns: int) -> Iterator[str]:
    finding, place, style = one.finding, one.finding.place, str(one.finding.rule.severity)
    where = f"{printable(judgement.notice.file)}:{place.line}:{place.column}"
    page = f" ({words('check.page', page=place.page)})" if place.page else ""
    yield f"{paint(where, 'place')}{page} {paint(one.severity, style)} {finding.code} {printable(one.message)}"
    before, at, behind = fitted(finding, columns - len(_BAR))
    if (before + at + behind).strip():
        yield _BAR + before + paint(at, style) + behind
        yield _BAR + paint(carets(before, at), style) + paint(_goes_on(finding, words), "dim")
    yield f"  = {words('check.basis')}: {printable(one.basis)}"
    if one.suggestion:
        yield f"  = {words('check.suggestion')}: {printable(one.suggestion)}"


def _goes_on(finding: Finding, words: Words) -> str:
    """Return, for words that run over several lines of the file, where they end."""
    place = finding.place
    if place.end_line == place.line:
        return ""
    return " " + words("check.until", line=place.end_line, column=place.end_column - 1)


def excerpt(finding: Finding, columns: int = COLUMNS - len(_BAR)) -> tuple[str, str]:
    """Return the part of the line around the words that fits into `columns`, and the carets to stand under the words."""
    before, at, behind = fitted(finding, columns)
    return before + at + behind, carets(before, at)


def carets(before: str, at: str) -> str:
    """Return the carets to stand under `at`, which has `before` before it.

    Under a full-width character stands a full-width caret, before it a full-width space: so both align in any font."""
    marks = "".join("\u3000" if _width(c) == 2 else " " for c in before if _width(c))
    return marks + ("".join("＾" if _width(c) == 2 else "^" for c in at if _width(c)) or "^")


def fitted(finding: Finding, columns: int) -> tuple[str, str, str]:
    """Return the line before the words, the words on it, and the line behind them, cut to `columns` with the words kept."""
    line, start = finding.excerpt, finding.excerpt_start
    end = min(start + len(finding.words), len(line))
    before, at, behind = (printable(part) for part in (line[:start], line[start:end], line[end:]))
    at = _head(at, columns - (len(_CUT) if before else 0))
    room = columns - _wide(at)
    kept_before = _tail(before, max(room // 2, room - _wide(behind)))
    return kept_before, at, _head(behind, room - _wide(kept_before))


def _head(text: str, columns: int) -> str:
    """Return as much of the beginning of `text` as fits, with a sign where it is cut."""
    if _wide(text) <= columns:
        return text
    kept, room = [], columns - len(_CUT)
    for character in text:
        room -= _width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + _CUT if columns > 0 else ""


def _tail(text: str, columns: int) -> str:
    return _head(text[::-1], columns)[::-1]


def _wide(text: str) -> int:
    return sum(map(_width, text))


def _width(character: str) -> int:
    """Return how many columns a terminal gives `character`; what combines with the one before it has none."""
    if category(character) in {"Mn", "Me"}:
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1


def summary(judgements: Iterable[Judgement], unreadable: int, words: Words) -> str:
    """Return how many files were judged, and what was found."""
    listed = list(judgements)
    counts = tally(listed)
    told = words("check.summary", count=len(listed), **{str(s): counts[s] for s in Severity})
    failed = words("check.unreadable", count=unreadable) if unreadable else ""
    return ("; " if words.lang == "en" else "；").join(filter(None, (told, failed)))
