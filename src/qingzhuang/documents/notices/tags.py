"""HTML cut into tags and text in time proportional to its length, whatever stands in it.

Not `html.parser`: on pages made to hurt (open comments, open quotes, thousands of times) it takes quadratic time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"[a-z][^\s/>]*", re.IGNORECASE)
_PLAIN = re.compile(r"[^>\"']*")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})


@dataclass(frozen=True)
class Tag:
    """A tag: its name in lower case, whether it ends an element, its attributes (none kept of an end)."""

    name: str
    is_end: bool
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stretch:
    """Text from `start` to `end` of the source; `comment` is text that no reader of the page sees."""

    start: int
    end: int
    comment: bool = False


class Source:
    """A page's text, and where its lines begin."""

    def __init__(self, text: str) -> None:
        """Take `text`, with `\\n` between its lines."""
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of `offset`, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def tokens(self) -> Iterator[Tag | Stretch]:
        """Yield the tags and stretches of text in order; what is opened and never closed reaches to the end."""
        text, at, size = self.text, 0, len(self.text)
        while at < size:
            sign = text.find("<", at)
            if sign < 0:
                yield Stretch(at, size)
                return
            if sign > at:
                yield Stretch(at, sign)
            if text.startswith("<!--", sign):
                end = _find(text, "-->", sign + 4)
                yield Stretch(sign + 4, end, comment=True)
                at = end + 3
            elif text.startswith(("<!", "<?"), sign):
                at = _find(text, ">", sign) + 1
            elif found := _NAME.match(text, sign + 1 + text.startswith("</", sign)):
                is_end = text[sign + 1] == "/"
                end = self._tag_end(found.end())
                name = found.group().lower()
                yield Tag(name, is_end, {} if is_end else self._attributes(found.end(), end))
                at = end + 1
                if name in _RAW and not is_end:
                    at = self._raw_end(name, at)
                    yield Stretch(end + 1, at)
            else:
                yield Stretch(sign, sign + 1)
                at = sign + 1

    def _tag_end(self, at: int) -> int:
        """Return where the tag that holds `at` ends: at the first `>` outside quotation marks."""
        text = self.text
        while True:
            found = _PLAIN.match(text, at)
            at = found.end() if found else at
            if at >= len(text) or text[at] == ">":
                return at
            at = _find(text, text[at], at + 1) + 1

    def _attributes(self, start: int, end: int) -> dict[str, str]:
        if end - start < 2:  # no room for any
            return {}
        found: dict[str, str] = {}
        for name, *values in (one.groups("") for one in _ATTRIBUTE.finditer(self.text, start, end)):
            found.setdefault(name.lower(), "".join(values))
        return found

    def _raw_end(self, name: str, at: int) -> int:
        found = re.compile(f"</{name}", re.IGNORECASE).search(self.text, at)
        return found.start() if found else len(self.text)


def _find(text: str, wanted: str, start: int) -> int:
    found = text.find(wanted, start)
    return len(text) if found < 0 else found
