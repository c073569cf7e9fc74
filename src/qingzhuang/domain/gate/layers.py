"""Layers added 层层加码: a text that tells what a higher body asks, and itself asks for more, earlier, oftener or further proof.

The text is cut where the speaker changes (市里要求…，我县改为…); what each speaker asks is measured (how often, how large a
share, how many, until when), and an own measure is held against the one of the same kind that a higher speaker gave
shortly before. Words that add by themselves (另需, 再提高, 提前) count where a higher speaker was told of. Whether the place
is forbidden, told or over is left to the caller (`Excuses`).

>>> text = "市里要求每季度报一次，我县改为每月报一次。"
>>> [text[start:end] for start, end in added_layers(text)]
['每月报一次']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from qingzhuang.domain.gate.measures import NUMBER, Measure, higher_measures, measures

REACH = 4
"""How many changes of speaker back a higher body's demand still holds."""
NEAR = 200
"""How many characters back it does at most."""
STRETCH = 400
"""How many characters of one speaker are read at most, so that no text takes long."""
SAME_MATTER = 0.34
"""The share of the shorter clause's bigrams from which on clauses of two documents speak of the same matter."""


class Level(IntEnum):
    """Who speaks, from below; a body may add only to what one above it asks."""

    TOWN = 1
    OWN = 2
    COUNTY = 3
    CITY = 4
    PROVINCE = 5
    STATE = 6
    ABOVE = 7


@dataclass(frozen=True)
class _Said:
    """A stretch of text and who says it."""

    level: Level
    start: int
    end: int


_BODIES = "局|厅|委|办|部|院|会|联|公司|中心|指挥部|队|站|政府|调查队|林场|学校|中学|小学"
_SPEAKERS = {
    Level.STATE: (
        r"中央|国务院|国家(?:[\u4e00-\u9fff]{0,8}?(?:局|委|部|署|方案|标准|制度|规定|要求|政策)|里|级|定)|全国|部里|部委|部颁"
    ),
    Level.PROVINCE: (
        rf"省(?:里|级|定|标|委|政府|厅|局|方案|通知|文件|颁|(?=下达|要求|规定|只|给)|[\u4e00-\u9fff]{{1,8}}?(?:{_BODIES}))"
        r"|全省|（省）"
    ),
    Level.CITY: (
        r"(?<![城都])市(?:里|级|定|标|委|政府|方案|通知|文件|颁|局|办|(?=下达|要求|规定|只|给)"
        rf"|(?!场|民|容|区|值)[\u4e00-\u9fff]{{1,8}}?(?:{_BODIES}))"
        r"|州里|地区|（市）"
    ),
    Level.ABOVE: (
        r"上级|上头|上面|上位|上边|文件(?=(?:里|上|中)?(?:要求|规定|写|明确|说|只|给|定))"
        r"|(?:原|总体|实施)?方案(?=(?:里|中)?(?:要求|规定|明确|只|定))|国标|部标"
    ),
    Level.COUNTY: (
        r"(?<![我本全各该邻])县(?:里|级|定|标|委|政府|局)(?!直)|区里|区级|区定"
        r"|(?<![我本全各该邻给])县(?=要求|规定|定|的要求|分解|下达)|（县）"
    ),
    Level.OWN: r"我[县市区局办委会中心站部院校队旗州厅]|本[县市区局办委会镇乡站部单位]|我们|咱们?|全县|(?<=。)经研究|一律按",
    # Before OWN in the search, for 咱镇 is no 咱.
    Level.TOWN: (
        r"我镇|我乡|我街道|我村|本村|咱镇|咱村|咱们镇|镇里|镇上|镇级|乡里|街道里"
        r"|各乡镇|各镇|各乡|各街道|各村|各社区|各校|各地|村里|每个?乡镇(?=须|要|必)"
    ),
}
_SPEAKER = re.compile("|".join(f"(?P<{level.name}>{_SPEAKERS[level]})" for level in sorted(_SPEAKERS)))
# Words by which the same speaker passes from what is asked to what he makes of it.
_TURN = re.compile(
    rf"按(?={NUMBER}(?:万|千)?(?:亩|户|人|个|名|件|株|家|%|成)[^，。；]{{0,3}}(?:安排|分解|下达|掌握|控制|组织|实施|推进|往下|派))|"
    r"在此基础上|在这个?基础上|在上述基础上|(?:现|统一|自行|一律|全部)?(?:改为|改成|变成|变为|落实成|细化为|提高到|提高至|提到|提至|上调到|上调至|调高到|增加到|增加至|扩大到|扩大至|扩大为|压缩到|压缩至|缩短到|缩短至|缩短为|前移到|前移至|提前到|提前至|加密到|加密为|升格为|调整为|扩展至|扩展到|延伸到|延伸至)|(?:现|统一|内部|实际|均|一律)按(?=[^，。；]{0,4}[0-9一二两三四五六七八九])"
)
# A body that is spoken of, and doesn't speak: 下达我县任务, 说镇里建一个就行.
_SPOKEN_OF = re.compile(
    r"(?:下达|分配|分解|安排|核定|部署|要求|允许|明确|规定|指导|说|让|给|对|向|到|由|为|与|和|把|将|按)(?:给|到|对)?$"
)
# The own side says itself that it adds nothing; or it is put right again.
_NOTHING_ADDED = re.compile(
    r"不[做作]要求|一律不|不设|不要求|不参加|实际完成|超额完成[，。]|已完成|完成了|同比|同样(?:每|是|为|按|只|定)|同为|相同|一致|等量|原数|原样|照搬执行|不另|不再另|不加码|不层层|不增加(?!工作量为由)|没有(?:更高|增加|加)|恢复|取消|更正|纠正|改回|合并为|合并成|核减|调减|减为|减到|延长|延期|放宽|允许|免于|免报|不必|无需|也只|也是|亦|只收|只报|不抢|不搞|不得(?:加码|另|自行|擅自|层层|再|提前|增加|高于)|避免|防止|以市里|以上级.{0,8}为准|一(?:亩|户|项|个|次|张)(?:不加|没多|也没)|照此执行(?=，不)|与(?:省|市|上级|国家)[^，。；]{0,4}(?:一致|相同)"
)
_REFUSED = re.compile(r"不予?同意|不予支持|更正|改回|责令|按原")
_AGREED = re.compile(r"过去|以前|往年|曾|一度|(?:已获|报经?|经)[^，。；]{0,6}(?:批准|同意)")
_NOT_TO = re.compile(
    r"(?:不得|严禁|禁止|防止|避免|杜绝|不能|不要|不许|不准)[^，。；！？\n]*$|(?:不得把|不得将|不许|严禁|防止|杜绝|避免)[^。；！？\n]*$"
)
# Words that ask for more by themselves, next to a higher demand.
_MORE = re.compile(
    r"标准提高|提高标准|一式[三四五六七八]份|一并报送|同时报送|扩展[至到]|扩大[至到]|延伸[至到]|扩至|覆盖到|加倍|另需|另要|另须|另行?(?:附|报|要求|填|备|设|加|提供|增)|另外(?:还|再|加|附|要)|还(?:须|需|要|得|应)(?!.{0,3}(?:感谢|注意|指出|看到|说明))|并(?:须|需|要求)?(?:附|加附|增加|同步上传)|加(?:报|填|查|附|做|测|考|训|收)|增加[^，。；]{1,20}(?:项|证明|照片|材料|内容|表|环节|签字|核验)|再(?:提高|增加|提前|加|上浮|压缩|加密|拔高|缩短)|自我加压|自加压力|自行(?:扩大|提高|增加|加)|上浮|拔高|高于|翻(?:一?番|倍|两番)|加倍|加码(?!的?(?:现象|问题|行为))|从严(?=，|掌握|加码|从紧|把关)|提前(?:[一二两三四五六七八九十0-9半]+(?:个月|个?工作日|天|日|周|年|季度)|至|到|完成|半|一)|提早|前移|赶在|只能(?:更|多)|务必超"
)
_DENIED = re.compile(r"(?:不|未|没有?|无|别|勿|禁止|严禁|防止|避免|杜绝|得|须得|停止)[^，。；]{0,6}$")
_LAID_DOWN = re.compile(r"(?:要求|规定|明确|提出|通知)[，：]?$")
_ABSENT = re.compile(r"(?:没有?|未|并未|本无|无|不)(?:明确|作|做|再)?(?:要求|规定|提|说|打分|列|涉及|作要求|强制)")
_ONLY = re.compile(
    r"试点|提倡|鼓励|引导|就行|就可以|即可|可以|允许|只(?:须|要求|要|需|说|看|规定|填|报|交|收|让|是|管)|仅(?:需|要求|要|看|收|报)|自愿|有条件的|选择|抽取|抽中"
)
_ALL_OF_THEM = re.compile(
    r"必选|必做|规定动作|硬任务|统一要求|均须|都要|村村|组组|户户|家家|每村都|每户都|一律|不分条件|应[一-龥]尽[一-龥]|一户不落|一个不少|书面|盖章|公章|签字|专职|逐镇|逐村|逐月|不予验收|每人(?:都|均|必须|须)|必须|人人|所有|全部|一个不落|全员|逐户|逐人|一户不漏|硬性"
)
_SENTENCE_END = re.compile(r"[。！？\n]")


def added_layers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of folded `text` where an own demand goes beyond a higher body's, told shortly before in the same text."""
    said = _speakers(text)
    for i, own in enumerate(said):
        part = text[own.start : own.end]
        if _NOTHING_ADDED.search(part) or _put_right(text, own):
            continue
        above = [one for one in said[max(0, i - REACH) : i] if _holds(one, own, text)]
        if above:
            found = _beyond(text, own, above) or _chain(said[max(0, i - 2) : i + 1], text)
            if found:
                yield found
    yield from _rows(text)


def added_layers_beside(own: str, higher: str) -> Iterator[tuple[int, int]]:
    """Yield the places of folded `own` that go beyond what `higher`, another document, asks on the same matter."""
    theirs = [(bigrams, higher[a:b]) for a, b in _sentences(higher) if (bigrams := _bigrams(higher[a:b]))]
    for start, end in _sentences(own):
        part = own[start:end]
        mine = _bigrams(part)
        if not mine or _NOTHING_ADDED.search(part):
            continue
        same = [text for bigrams, text in theirs if len(mine & bigrams) >= SAME_MATTER * min(len(mine), len(bigrams))]
        given = [measure for text in same for measure in measures(text)]
        found = _stricter(list(measures(part)), given)
        if found:
            yield start + found.start, start + found.end


def _speakers(text: str) -> list[_Said]:
    """Return the stretches of `text` by who speaks; a turn (改为) passes to whoever speaks for the text itself."""
    changes: list[tuple[int, Level]] = []
    found_in_order = sorted((*_SPEAKER.finditer(text), *_TURN.finditer(text)), key=lambda found: found.start())
    for found in found_in_order:
        at, level = found.start(), Level[found.lastgroup] if found.lastgroup else Level.OWN
        before = text[max(0, at - 6) : at]
        if found.lastgroup:
            spoken_of = level <= Level.COUNTY and changes and _SPOKEN_OF.search(before)
            if spoken_of or (found[0] == "各地" and _LAID_DOWN.search(before)):
                continue
        elif not changes or not _passes_on([level for _, level in changes[-REACH:]]):
            continue
        changes.append((at, level))
    ends = [*(at for at, _ in changes[1:]), len(text)]
    return [_Said(level, at, _cut(text, at, end)) for (at, level), end in zip(changes, ends, strict=False)]


def _passes_on(levels: Sequence[Level]) -> bool:
    """Tell whether a turn after these speakers is the text's own: 市里…改为, but in 市里…县里改为 the county speaks itself."""
    return levels[-1] > Level.OWN and (levels[-1] != Level.COUNTY or set(levels) == {Level.COUNTY})


def _cut(text: str, start: int, end: int) -> int:
    """Return where a speaker who begins at `start` ends: at the end of the paragraph at most, and after `STRETCH` characters."""
    end = min(end, start + STRETCH)
    stop = text.find("\n", start, end)
    return end if stop < 0 else stop


def _beyond(text: str, own: _Said, above: Sequence[_Said]) -> tuple[int, int] | None:
    """Return where `own` goes beyond the nearest of `above` that it can be held against."""
    part = text[own.start : own.end]
    mine = list(measures(part))
    told = [list(higher_measures(text[one.start : one.end])) for one in reversed(above)]
    for given in told:
        found = _stricter(mine, given)
        if found:
            return own.start + found.start, own.start + found.end
    for more in _MORE.finditer(part):
        if not _denied(part, more.start()):
            return own.start + more.start(), own.start + more.end()
    before = text[above[-1].start : above[-1].end]
    strict = _ALL_OF_THEM.search(part)
    if (
        strict
        and (_ONLY.search(before) or _ABSENT.search(before))
        and (strict[0][0] == "不" or not _denied(part, strict.start()))
    ):
        return own.start + strict.start(), own.start + strict.end()
    return None


def _denied(part: str, offset: int) -> bool:
    return _DENIED.search(part, max(0, offset - 12), offset) is not None


def _rows(text: str) -> Iterator[tuple[int, int]]:
    """Yield what a table's own column asks beyond its higher column, in lines whose cells are parted by | or tabs."""
    columns: tuple[int, int, int] | None = None
    start = 0
    for line in text.split("\n"):
        cells = re.split(r"[|\t]", line)
        if columns and len(cells) == columns[2]:
            found = _stricter(list(measures(cells[columns[1]])), list(higher_measures(cells[columns[0]])))
            if found:
                at = start + sum(len(cell) + 1 for cell in cells[: columns[1]])
                yield at + found.start, at + found.end
        elif len(cells) > 2:
            columns = _columns(cells)
        start += len(line) + 1


def _columns(cells: Sequence[str]) -> tuple[int, int, int] | None:
    """Return the higher and the own column of a table's first row, and how many it has; None where it names no two speakers."""
    levels = [(Level[named.lastgroup or ""], i) for i, cell in enumerate(cells) if (named := _SPEAKER.search(cell))]
    if not levels or max(levels)[0] == min(levels)[0]:
        return None
    return max(levels)[1], min(levels)[1], len(cells)


def _holds(one: _Said, own: _Said, text: str) -> bool:
    """Tell whether what `one` asks still holds where `own` begins. What provinces are told to do by the State is no added layer."""
    near = own.start - one.start <= NEAR and text.count("\n", one.end, own.start) <= 1
    return near and own.level < Level.PROVINCE and one.level > own.level


def _put_right(text: str, own: _Said) -> bool:
    """Tell whether the sentence takes back what `own` says, or it was agreed above, or is what nobody may do."""
    first = max(0, own.start - NEAR)
    begin = max(first, *(text.rfind(mark, first, own.start) + 1 for mark in "。！？\n"))
    last = min(len(text), own.end + NEAR)
    stop = _SENTENCE_END.search(text, own.end, last)
    end = stop.start() if stop else last
    return bool(
        _REFUSED.search(text, own.start, end)
        or _AGREED.search(text, begin, own.start)
        or _NOT_TO.search(text[begin : own.start])
    )


def _chain(said: Sequence[_Said], text: str) -> tuple[int, int] | None:
    """Return the last of three or more that ask in turn, each below the one before, each in other words."""
    if len(said) < 3 or any(one.level <= two.level for one, two in pairwise(said)):
        return None
    asked = [
        found[0] for one in said if (found := re.search(r"(?:要求|定|说|规定)[^，。；\n]+", text[one.start : one.end]))
    ]
    return (said[-1].start, said[-1].end) if len(set(asked)) == len(said) else None


def _stricter(mine: Sequence[Measure], given: Sequence[Measure]) -> Measure | None:
    """Return the first of `mine` that asks for more than everything of its kind in `given`, which must ask for some."""
    most: dict[str, float] = {}
    for one in given:
        # Of counts the last holds: 全市10万株，分解到我县1.5万株.
        known = float("-inf") if one.kind.startswith("count") else most.get(one.kind, float("-inf"))
        most[one.kind] = max(known, one.value)
    return next((one for one in mine if one.kind in most and one.value > most[one.kind] + 1e-9), None)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r"[。；！？\n]|$", text):
        if found.start() > start:
            yield start, min(found.start(), start + STRETCH)
        start = found.end()


def _bigrams(text: str) -> set[str]:
    """Return the pairs of neighbouring characters in which neither is a numeral or a mark, which say how much and not what."""
    return {a + b for a, b in pairwise(text) if _is_word(a) and _is_word(b)}


def _is_word(character: str) -> bool:
    return (
        "\u4e00" <= character <= "\u9fff"
        and character not in "零〇一二两三四五六七八九十百千万每各前底内的和及与应须要"
    )
