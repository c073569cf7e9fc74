"""Web pages: what a reader sees of them, with the line and column of the source; nothing is run, styled or fetched."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.decode import decode_markup
from qingzhuang.documents.notices.errors import UnreadableNotice
from qingzhuang.documents.notices.tags import Source, Stretch, Tag
from qingzhuang.documents.notices.weave import Weave, needs_gap
from qingzhuang.domain.notices.notice import Paragraph, Role

_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_-]{1,20})")
_PIECE = re.compile(
    r"[ \t\n\f]+|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[^ \t\n\f&]+(?: [^ \t\n\f&]+)*|&"
)
_HIDING = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)")

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "o:p", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_EMPTY = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_UNSEEN = frozenset({
    "script", "style", "template", "noscript", "svg", "select", "datalist", "object", "iframe", "audio", "video",
    "canvas", "noembed", "noframes", "rp", "rt",
})  # fmt: skip
_ENDED_BY = {
    "li": {"li"}, "tr": {"tr"}, "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
}  # fmt: skip
"""What many pages leave open, and the tags that end it; a paragraph is ended by any block."""

_ROLES = {"title": Role.TITLE, "h1": Role.TITLE, **{f"h{n}": Role.HEADING for n in range(2, 7)}}
_MARGINS = ("nav", "header", "footer")
_SPAN = 60


def read_web(data: bytes, file: str) -> Content:
    """Return the paragraphs of the page `data`; raises `UnreadableNotice`."""
    declared = _CHARSET.search(data[:4096])
    text = decode_markup(data, file, "<&", declared.group(1).decode("ascii") if declared else "")
    return _Page(Source(text), file).read()


@dataclass
class _Table:
    """A table being read: its number, and where its next cell stands; `spans` are rows that cells above still fill."""

    number: int
    row: int = 0
    column: int = 0
    width: int = 1
    spans: dict[int, int] = field(default_factory=dict)

    def begin_row(self) -> None:
        self.row, self.column, self.width = self.row + 1, 0, 1
        self.spans = {column: rows - 1 for column, rows in self.spans.items() if rows > 1}

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.column += self.width
        while self.column in self.spans:
            self.column += 1
        self.width = _span(attributes.get("colspan", ""))
        rows = _span(attributes.get("rowspan", ""))
        if rows > 1:
            self.spans |= dict.fromkeys(range(self.column, self.column + self.width), rows)


class _Page:
    """Goes through a page and gathers its paragraphs."""

    def __init__(self, source: Source, file: str) -> None:
        self.source, self.file = source, file
        self.content = Content([])
        self.weave = Weave(file)
        self.gap: int | None = None
        self.open: list[tuple[str, bool]] = []
        self.count: Counter[str] = Counter()
        self.unseen = 0
        self.tables: list[_Table] = []
        self.table_count = 0

    def read(self) -> Content:
        for token in self.source.tokens():
            if isinstance(token, Stretch):
                self._text(token)
            elif token.is_end:
                self._end(token.name)
            else:
                self._start(token)
        self._finish()
        return self.content

    def _start(self, tag: Tag) -> None:
        self.content.beside.extend(tag.attributes[key] for key in ("alt", "title", "content") if key in tag.attributes)
        while self.open and self._is_ended_by(tag.name):
            self._end(self.open[-1][0])
        if tag.name not in _INLINE:
            self._break(tag.name)
        if tag.name == "table":
            self.table_count += 1
            self.tables.append(_Table(self.table_count))
        elif tag.name == "tr" and self.tables:
            self.tables[-1].begin_row()
        elif tag.name in {"td", "th"} and self.tables:
            self.tables[-1].begin_cell(tag.attributes)
        if tag.name not in _EMPTY:
            hides = (
                tag.name in _UNSEEN
                or "hidden" in tag.attributes
                or bool(_HIDING.search(tag.attributes.get("style", "")))
            )
            self.open.append((tag.name, hides))
            self.count[tag.name] += 1
            self.unseen += hides

    def _is_ended_by(self, name: str) -> bool:
        last = self.open[-1][0]
        return name not in _INLINE | _EMPTY if last == "p" else name in _ENDED_BY.get(last, ())

    def _end(self, name: str) -> None:
        if name not in _INLINE:
            self._break(name)
        if not self.count[name]:
            return
        last = ""
        while last != name:  # what was not closed inside is closed with it
            last, hides = self.open.pop()
            self.count[last] -= 1
            self.unseen -= hides
            if last == "table":
                self.tables.pop()

    def _break(self, name: str) -> None:
        if name != "br" or not (self.count["h1"] or self.count["title"]):
            self._finish()

    def _finish(self) -> None:
        self.gap = None
        if not self.weave.parts:
            return
        table = self.tables[-1] if self.tables else None
        cell = (table.number, max(table.row, 1), max(table.column, 1)) if table else None
        done = self.weave.finish(Role.CELL if cell else self._role(), cell=cell)
        if done:
            self.content.paragraphs.append(done)
            self._check(done)

    def _role(self) -> Role:
        for name, role in _ROLES.items():
            if self.count[name]:
                return role
        return Role.MARGIN if any(self.count[name] for name in _MARGINS) else Role.TEXT

    def _check(self, done: Paragraph) -> None:
        if len(self.content.paragraphs) > limits.LINES:
            raise UnreadableNotice("too-many-lines", self.file, most=limits.LINES)
        if len(done.origins) > limits.LINES:
            raise UnreadableNotice("too-many-signs", self.file, most=limits.LINES)

    def _text(self, stretch: Stretch) -> None:
        text = self.source.text[stretch.start : stretch.end]
        if stretch.comment or self.unseen:
            if not (self.open and self.open[-1][0] in {"script", "style"}):
                self.content.beside.extend(html.unescape(text).split("\n"))
            return
        in_pre = bool(self.count["pre"])
        for piece in _PIECE.finditer(text):
            said, at = piece.group(), stretch.start + piece.start()
            if said[0] in " \t\n\f":
                self._white(said, at, in_pre=in_pre)
            else:
                self._said(html.unescape(said).replace("\xa0", " ") if said[0] == "&" else said, at)

    def _white(self, said: str, at: int, *, in_pre: bool) -> None:
        if in_pre and "\n" in said:
            self._finish()
        elif self.weave.parts and self.gap is None:
            self.gap = at

    def _said(self, said: str, at: int) -> None:
        if self.gap is not None:
            broken = "\n" in self.source.text[self.gap : at]
            if not broken or needs_gap(self.weave.parts[-1][-1], said[0]):
                self.weave.add(" ", *self.source.place(self.gap))
            self.gap = None
        self.weave.add(said, *self.source.place(at))


def _span(value: str) -> int:
    """Return how many columns or rows a cell fills, as declared."""
    return min(max(int(value), 1), _SPAN) if value.isascii() and value.isdecimal() and len(value) < 6 else 1
