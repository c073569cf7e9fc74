"""Characters that no notice needs and that make what is shown differ from what is written, or are no text at all.

Controls of direction can show 「不得」 where the text says the opposite to whoever searches it, so a text that has any is
refused. Characters of no width stay: they are usual in what is copied from web pages, and the checks see through them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qingzhuang.documents.notices.errors import UnreadableNotice
from qingzhuang.domain.notices.notice import Paragraph

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ANY = re.compile(rf"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f{_DIRECTION}]")
_HIDDEN = re.compile(f"[{_DIRECTION}]")


def check_characters(paragraphs: Iterable[Paragraph], file: str) -> None:
    """Raise `UnreadableNotice` with the place of the first control character or control of direction."""
    for paragraph in paragraphs:
        if found := _ANY.search(paragraph.text):
            line, column = paragraph.at(found.start())
            code = "hidden-direction" if _HIDDEN.match(found.group()) else "control-character"
            raise UnreadableNotice(code, file, line=line, column=column, name=f"U+{ord(found.group()):04X}")
