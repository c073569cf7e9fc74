"""One plain sentence for each reason why a notice was not read: what is wrong, where, and what to do."""

from __future__ import annotations

from qingzhuang.documents.notices.errors import UnreadableNotice
from qingzhuang.words import Words

_MOST = 12


def describe(error: UnreadableNotice, words: Words) -> str:
    """Return what is wrong, with the file's name and, where there is one, the place in it."""
    values = {key: _text(value, words) for key, value in error.values.items()}
    said = words(f"notices.{error.code.replace('-', '_')}", **values)
    if "line" not in values:
        return words("notices.in_file", file=error.file, said=said)
    return words("notices.at_place", file=error.file, said=said, line=values["line"], column=values["column"])


def _text(value: object, words: Words) -> str:
    if not isinstance(value, tuple):
        return str(value)
    shown = words("notices.comma").join(map(str, value[:_MOST]))
    return words("notices.more", shown=shown) if len(value) > _MOST else shown
