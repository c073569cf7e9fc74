"""When two short Chinese texts say the same: folded for width, case, punctuation and script.

Purposes say the same when they are equal after folding: a merge rests on it, so nearness alone is not enough.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_SEPARATORS = re.compile(r"[、，,;；/\n|]+")


@cache
def fold(text: str) -> str:
    """Return `text` in half width, lower case and simplified characters, without spaces or punctuation."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(character for character in narrow if unicodedata.category(character)[0] in "LN")
    simplified: str = _simplified().convert(kept) if kept else ""
    return simplified


@cache
def fold_category(text: str) -> str:
    """Return `text` folded, without the 群 or 工作群 that some write behind every category and others don't."""
    folded = fold(text)
    for ending in ("工作群", "微信群", "群"):
        if folded.endswith(ending) and folded != ending:
            return folded.removesuffix(ending)
    return folded


@cache
def fold_functions(text: str) -> str:
    """Return the functions that an app's purpose lists, each folded, in one order."""
    return "+".join(sorted({folded for part in _SEPARATORS.split(text) if (folded := fold(part))}))


@cache
def _simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
