"""Markdown: its text without its signs, each letter with its line and column in the source."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.decode import decode_markup, lines_of
from qingzhuang.documents.notices.weave import HEADING, Weave
from qingzhuang.domain.notices.notice import Paragraph, Role

_UNSEEN = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_LONGEST_ROW = 2_000
_BELOW = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_LEAD = re.compile(r"[ \t\u3000]*(?:>[ \t]?)*[ \t]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?(?:(#{1,6})(?:[ \t]+|$))?")
_ITEM = re.compile(r"[ \t]*+(?:>[ \t]?+)*+[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_SIGN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<address><https?://[^<>\s]{1,400}>)|(?P<tag></?[A-Za-z][^<>]{0,400}>)"
    r"|(?P<open>!?\[(?=[^\[\]]{0,300}\]\())|(?P<close>\]\([^()\s]{0,400}(?:[ \t]+\"[^\"]{0,200}\")?\))"
    r"|(?P<run>\*{1,3}|_{1,3}|~~|`{1,2})"
)
_PAIRS = frozenset({"run", "open", "close"})


def read_markdown(data: bytes, file: str) -> Content:
    """Return the paragraphs of the Markdown `data`; raises `UnreadableNotice`."""
    text = decode_markup(data, file, "\\*_`~[<&|")
    raw = lines_of(text, file)
    return Content(list(_Reader(_blanked(text).split("\n"), raw, file).read()), raw)


def _blanked(text: str) -> str:
    """Return `text` with spaces for all that no reader of it sees, so that lines and columns stay."""
    if "<" not in text:
        return text
    return _UNSEEN.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


class _Reader:
    """Goes through the lines and gathers paragraphs."""

    def __init__(self, lines: list[str], raw: list[str], file: str) -> None:
        self.lines, self.raw = lines, raw
        self.weave = Weave(file)
        self.tables = 0
        self.quoted = 0
        self.at = self._behind_front_matter()

    def read(self) -> Iterator[Paragraph]:
        while self.at < len(self.lines):
            yield from self._next()
        yield from self._finish()

    def _behind_front_matter(self) -> int:
        """Return the first line of the text: what stands between lines of --- at the top is for programs."""
        if self.lines and self.lines[0].rstrip() == "---":
            for number, line in enumerate(self.lines[1:60], 1):
                if line.rstrip() == "---":
                    return number + 1
        return 0

    def _next(self) -> Iterator[Paragraph]:
        line = self.lines[self.at]
        lead = _LEAD.match(line)
        start = lead.end() if lead else 0
        if fence := _FENCE.match(line):
            yield from self._finish()
            yield from self._fenced(fence.group(1))
        elif not line[start:].strip() or _RULE.match(line):
            below = _BELOW.match(line)
            yield from self._finish(Role.HEADING if below and self.weave.parts else Role.TEXT)
            self.at += 1
        elif (below := _BELOW.match(line)) and self.weave.parts:
            yield from self._finish(Role.TITLE if below.group(1)[0] == "=" else Role.HEADING)
            self.at += 1
        elif "|" in line and self.at + 1 < len(self.lines) and self._is_delimiter(self.lines[self.at + 1]):
            yield from self._finish()
            yield from self._table()
        else:
            yield from self._line(line, start, lead.group(1) if lead else None)

    def _line(self, line: str, start: int, sharps: str | None) -> Iterator[Paragraph]:
        """Take a line of text: a heading at once, an item or a new block as a new paragraph, else more of the one before."""
        self.at += 1
        quoted = line[:start].count(">")
        if sharps or _ITEM.match(line) or HEADING.match(line, start) or quoted != self.quoted:
            yield from self._finish()
        self.quoted = quoted
        self._add(line, start, _before_closing(line) if sharps else len(line))
        if sharps:
            yield from self._finish(Role.TITLE if len(sharps) == 1 else Role.HEADING)
        elif self.raw[self.at - 1].endswith(("  ", "\\")):
            yield from self._finish()

    def _fenced(self, sign: str) -> Iterator[Paragraph]:
        self.at += 1
        while self.at < len(self.lines) and not self.lines[self.at].lstrip().startswith(sign):
            self.weave.add(self.lines[self.at], self.at + 1, 1)
            yield from self._finish()
            self.at += 1
        self.at += 1

    def _table(self) -> Iterator[Paragraph]:
        self.tables += 1
        row = 0
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            line = self.lines[self.at]
            self.at += 1
            if self._is_delimiter(line):
                continue
            row += 1
            for column, (start, end) in enumerate(_cells(line), 1):
                self._add(line, start, end, number=self.at)
                yield from self._finish(Role.CELL, (self.tables, row, column))

    @staticmethod
    def _is_delimiter(line: str) -> bool:
        return "-" in line and "|" in line and len(line) < _LONGEST_ROW and _DELIMITER.match(line) is not None

    def _add(self, line: str, start: int, end: int, *, number: int | None = None) -> None:
        """Add what a reader sees of `line` from `start` to `end`."""
        number = self.at if number is None else number
        first = True
        for text, column in _seen(line, start, end):
            if first:
                self.weave.add_line(text, number, column + 1)
            else:
                self.weave.add(text, number, column + 1)
            first = False

    def _finish(self, role: Role = Role.TEXT, cell: tuple[int, int, int] | None = None) -> Iterator[Paragraph]:
        if done := self.weave.finish(role, cell=cell):
            yield done


def _seen(line: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the pieces of `line` that are text, each with where it begins."""
    line = line[:end].removesuffix("\\")
    signs = list(_SIGN.finditer(line, start))
    paired = _paired(line, signs)
    at = start
    for found in signs:
        if found.lastgroup in _PAIRS and found.start() not in paired:
            continue
        if found.start() > at:
            yield line[at : found.start()], at
        if found.lastgroup == "escape":
            yield found.group()[1:], found.start() + 1
        elif found.lastgroup == "address":
            yield found.group()[1:-1], found.start() + 1
        elif found.lastgroup == "entity":
            yield html.unescape(found.group()).replace("\xa0", " "), found.start()
        at = found.end()
    if at < len(line):
        yield line[at:].rstrip(), at


def _paired(line: str, signs: list[re.Match[str]]) -> set[int]:
    """Return where signs stand that open or close something; a single one, as in 5*3, is text."""
    opened: dict[str, int] = {}
    paired: set[int] = set()
    for found in signs:
        start, end = found.span()
        before, after = line[max(start - 1, 0) : start], line[end : end + 1]
        run = found.group() if found.lastgroup == "run" else "["
        inside_word = run[0] == "_" and before.isalnum() and after.isalnum() and (before + after).isascii()
        closes = not before.isspace() if found.lastgroup == "run" else found.lastgroup == "close"
        opens = after and not after.isspace() and not inside_word if found.lastgroup == "run" else True
        if found.lastgroup not in _PAIRS:
            continue
        if run in opened and closes:
            paired |= {opened.pop(run), start}
        elif opens and found.lastgroup != "close":
            opened[run] = start
    return paired


def _before_closing(line: str) -> int:
    """Return where the text of a heading ends, before the signs that may close it."""
    text = line.rstrip()
    body = text.rstrip("#")
    return len(body) if body != text and body[-1:].isspace() else len(line)


def _cells(line: str) -> Iterator[tuple[int, int]]:
    """Yield where each cell of a table's row begins and ends."""
    edges = [found.start() for found in re.finditer(r"(?<!\\)\|", line)]
    starts = [0, *(edge + 1 for edge in edges)]
    ends = [*edges, len(line)]
    cells = list(zip(starts, ends, strict=True))
    if cells and not line[slice(*cells[0])].strip():
        cells = cells[1:]
    if cells and not line[slice(*cells[-1])].strip():
        cells = cells[:-1]
    for start, end in cells:
        text = line[start:end]
        yield start + len(text) - len(text.lstrip()), end
