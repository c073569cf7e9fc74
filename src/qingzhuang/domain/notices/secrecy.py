"""Whether a text carries a classification mark 密级标志: a non-classified system keeps nothing of a text that does.

A mark is known by how it stands, not by its words alone: `秘密★10年` and a line that says only `机密` are marks,
「不得泄露国家秘密」 and 《保守国家秘密法》 only speak of secrets. How marks are written: 《国家秘密定密管理暂行规定》 and
GB/T 9704-2012 (密级★保密期限 in the upper left corner); 工作秘密 carries no national form, so every usual one counts.
Where both readings are possible, it counts as a mark: a refusal costs a question, the other mistake a leak.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

NOTE = "内部资料注意保存"
"""The mark of printed matter for internal use; every way of writing it is named by this one."""

_SIMPLIFIED = str.maketrans("絕絶機祕內資級長啟啓標識別國業術個軍號洩", "绝绝机秘内资级长启启标识别国业术个军号泄")
_INVISIBLE = re.compile(  # formatting characters, joiners, variation selectors and what is drawn over a letter
    r"[\u00ad\u0300-\u036f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+"
)
_LONGEST_LINE = 40
_SHORT = 6


# Every repetition below has a bound, so that no text, however long its gaps, takes more than time in proportion.
_GAP = r"[ \t]{0,9}"


def _spaced(*words: str) -> str:
    """Return a pattern for any of `words`, with or without gaps between the letters."""
    return "(?:" + "|".join(_GAP.join(word) for word in words) + ")"


_LEVEL = _spaced("工作秘密", "绝密", "机密", "秘密")
_STAR = "[★☆⭐✦✩✪✫✬✭✮✯🌟]"
_NUMBER = "[0-9一二三四五六七八九十百]{1,6}"
_TERM = rf"(?:至?{_GAP}{_NUMBER}{_GAP}(?:年|个?月|天|日)[0-9年月日]{{0,12}}|长{_GAP}期|永久|启用[前后]?|使用完毕前?|解密前|公布前)"
_OPEN, _CLOSE = r"[\[({<【〔〖「『]", r"[\])}>】〕〗」』]"
_DOTS = r"[ \t·•.:\-–—~*※,]{0,20}"
_URGENT = rf"(?:特{_GAP}急|加{_GAP}急|特{_GAP}提|平{_GAP}急|急{_GAP}件|急)"
_COPY = rf"(?:no\.?|份号:?|编号:?|第)?{_GAP}[0-9]+{_GAP}(?:号|份)?"
_KIND = "(?:级|件|文件|资料|材料)?"

_STARRED = re.compile(rf"{_LEVEL}{_KIND}{_GAP}(?:{_STAR}|\*{_GAP}{_TERM})")
_TERMED = re.compile(rf"(?:^|(?<=\s)|(?<={_OPEN})){_LEVEL}{_DOTS}(?:保密期限)?{_DOTS}{_TERM}(?=$|\s|{_CLOSE})")
_DECLARED = re.compile(
    rf"(?:密{_GAP}级|密{_GAP}别|保密[级等][别级]|涉密[级等][别级]|秘密等级){_GAP}(?:标[识志])?{_GAP}(?::|(?<=\s)|为){_GAP}(?:{_OPEN}|[\"“'])?{_GAP}{_LEVEL}"
    rf"(?=级?[\"”'\])}}>】〕」』》]*(?:\s|$|[,。;;★·]))(?!级?{_GAP}[,、/或]{_GAP}(?:绝|机|秘))"
)
_BRACKETED = re.compile(
    rf"[\[【〔〖]{_GAP}{_LEVEL}{_KIND}{_GAP}[\]】〕〗]|^\({_GAP}{_LEVEL}{_KIND}{_GAP}\)|\({_GAP}{_LEVEL}{_KIND}{_GAP}\)$"
)
_ALONE = re.compile(
    rf"(?:{_COPY}\s+)?{_DOTS}{_OPEN}?{_DOTS}{_LEVEL}{_KIND}{_DOTS}{_CLOSE}?{_DOTS}{_TERM}?{_DOTS}"
    rf"(?:\s+{_URGENT})?(?:\s+{_COPY})?"
)
_INTERNAL = re.compile(
    rf"(?:^|(?<=[\s\[({{<【〔〖「『\"“])){_spaced('内部')}{_GAP}{_spaced('资料', '材料', '文件', '刊物', '情况')}"
    rf"[\s,;:·.!—\-★]{{0,20}}请?{_GAP}{_spaced('注意')}{_GAP}{_spaced('保存', '保管', '保密', '收存')}(?![一-鿿])"
)
_SPEAKING = re.compile(r"(?:国家|商业|技术|个人|军事|保守|泄露|涉及)$")
_NAMED = re.compile(_LEVEL)
_HINT = re.compile(r"密|内[ \t]*部")


def secret_mark(texts: Iterable[str], added: Sequence[str] = ()) -> str | None:
    """Return the classification mark that `texts` carry, or None.

    `texts` are lines, paragraphs or the joined cells of a table's row, in reading order. `added` are the county's own
    marks, found wherever they stand, after folding of width, case, script, gaps and invisible characters. The mark is
    named as in the law or as the county has written it; nothing else of the text is returned.

    >>> secret_mark(["000012", "秘 密 ★ 10 年"]), secret_mark(["不得泄露国家秘密和工作秘密。"])
    ('秘密', None)
    """
    own = [(mark, tight) for mark in added if (tight := _tight(mark))]
    return next(_marks(map(fold_marks, texts), own), None)


def fold_marks(text: str) -> str:
    """Return `text` in half width, lower case and simplified characters (those of marks), without invisible characters."""
    if text.isascii():
        return text.lower().strip()
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return shown.lower().translate(_SIMPLIFIED).strip()


def _marks(lines: Iterable[str], own: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the marks of `lines`, which are folded; an empty line parts what stands above it from what stands below."""
    for before, line in pairwise(("", *lines)):
        yield from _marks_of(line, before)
        if own:
            yield from _own_marks(line, own)
            if before:
                yield from _own_marks(before[-_LONGEST_LINE:] + line[:_LONGEST_LINE], own)


def _marks_of(line: str, before: str) -> Iterator[str]:
    short = 0 < len(line) <= _SHORT
    if short and 0 < len(before) <= _SHORT:  # a mark in two lines, or one letter below the other
        yield from _alone(before + line, "")
        if _INTERNAL.search(f"{before} {line}"):
            yield NOTE
    if not _HINT.search(line):
        return
    for pattern in (_STARRED, _TERMED, _DECLARED, _BRACKETED):
        if found := pattern.search(line):
            yield _level(found)
    if len(line) <= _LONGEST_LINE:
        yield from _alone(line, before)
    if _INTERNAL.search(line):
        yield NOTE


def _alone(line: str, before: str) -> Iterator[str]:
    """Yield the mark that `line` consists of, unless it is the rest of a sentence that was broken before it."""
    found = _ALONE.fullmatch(line)
    if found and not _SPEAKING.search(before):
        yield _level(found)


def _level(found: re.Match[str]) -> str:
    """Return the level that `found` names: its last, for 秘密等级:机密 holds two."""
    return re.sub(r"\s+", "", _NAMED.findall(found.group())[-1])


def _own_marks(line: str, own: list[tuple[str, str]]) -> Iterator[str]:
    tight = _tight(line)
    for mark, wanted in own:
        if wanted in tight:
            yield mark


def _tight(text: str) -> str:
    """Return `text` folded, in simplified characters throughout and without any gap."""
    closed = re.sub(r"\s+", "", fold_marks(text))
    if closed.isascii():
        return closed
    simplified: str = _converter().convert(closed)
    return simplified


@cache
def _converter() -> Any:
    """Return OpenCC from traditional to simplified; only the county's own marks need all of its characters."""
    from opencc import OpenCC

    return OpenCC("t2s")
