"""The groups and apps that a notice wants people to join, and when they end, if it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingzhuang.domain.demands.demand import Joined, Kind
from qingzhuang.domain.demands.draft.source import Source

_ENTER = r"新?建立?(?!议|设|档|筑|账|册|成)|组建|创建|搭建|另设|新设|新拉|成立|加入|进入|拉入|拉进|扫码(?:进|加|入)|扫进|入|进|拉"
_GROUP = r"(?<![干人种族集机牧畜羊牛羚鸟])群(?![众体策落组防干内里聊发昵主公])"
_GROUPS = re.compile(
    rf"(?P<enter>{_ENTER})(?P<what>[^，。；：！？\n]{{0,30}}?(?:{_GROUP}))|“(?P<named>[^”]{{1,24}}群)”"
)
_ENTERED = re.compile(rf"{_ENTER}|扫码|二维码")
_NAME = re.compile(r"(?:“[^”]{1,24}”)?[^，。；：！？\n、“”《》（）的了个到至将把]{0,20}群$")
_INSIDE = re.compile(r"“([^”]{1,24}群)”")
_LEADING = re.compile(rf"^(?:{_ENTER}|统一|立即|分别|逐级|及时|相应|本级|各自|全部|一律|新|好|本)+(?=..)")
_NAMELESS = re.compile(r"^(?:[一二两三四五六七八九十0-9]*个?)?(?:新|该|此|本|工作|微信|钉钉|qq)?群$")
_FOUNDED = re.compile(r"建|设|成立|拉")
_KIND_OF_APP = r"app|小程序|公众号|平台|系统|客户端|应用程序|服务号|视频号|政务号"
_NO_APP = r"(?![^，。；：！？\n]{0,10}(?:模式|做法|经验|机制|法|制度|品牌|活动|行动|项目|理念|标准|改革|工程))"
_APPS = re.compile(
    r"(?:推广(?:使用|应用)?|下载|安装|装(?:一下|好|上)|注册|关注|上线|启用|开通|入驻|实名认证|统一使用)(?:并|、|和|使用|安装|注册|登录|好|了|手机)*"
    rf"(?P<name>“[^”]{{1,20}}”(?:[^，。；：！？、\n]{{0,8}}?(?:{_KIND_OF_APP})|{_NO_APP})|[^，。；：！？、“”\n]{{1,20}}?(?:{_KIND_OF_APP}))"
    rf"|(?P<rated>“[^”]{{1,20}}”(?:{_KIND_OF_APP})?|[^，。；：！？、“”\n]{{1,16}}?(?:{_KIND_OF_APP}))(?:的)?(?:安装|注册|激活|关注|下载)(?:率|量|数|任务)"
)
_QUOTED = re.compile(r"“([^”]{1,24})”")
_ENDS = re.compile(
    r"[^，。；：！？\n]{0,24}(?:解散|撤销|注销|关闭|关停|停用|退出使用|失效)|(?:有效期|使用期限?|期限)(?:至|到|为)[^，。；！？\n]{1,16}"
    r"|(?:使用|运行|保留|启用)至[^，。；！？\n]{1,16}"
)
_WHEN = re.compile(r"后|前|时|日|月|底|年|至|期满|届满")
_REACH = 120
_LONGEST = 40


def joined_of(source: Source) -> tuple[Joined, ...]:
    """Return each group and app once, in order of kind and place.

    A group without a name of its own stands for itself, in the words of its clause, where no other is named."""
    found: dict[tuple[Kind, str], Joined] = {}
    nameless: list[tuple[int, int, int]] = []
    for kind, start, end, until in (*_groups(source), *_apps(source)):
        if kind is Kind.CHANNEL and _NAMELESS.match(source.text[start:end]):
            nameless.append((start, end, until))
            continue
        name = source.words(start, end).strip()
        found.setdefault((kind, name), Joined(kind, name, _ends(source, until)))
    if nameless and not any(kind is Kind.CHANNEL for kind, _ in found):
        for start, _, until in nameless[:1]:
            clause = source.clause_at(start)
            bounds = source.trimmed(clause.start, clause.end)
            name = source.words(*bounds)[:_LONGEST]
            found[Kind.CHANNEL, name] = Joined(Kind.CHANNEL, name, _ends(source, until))
    return tuple(found.values())


def _groups(source: Source) -> Iterator[tuple[Kind, int, int, int]]:
    """Yield the bounds of each group's name and where the words end that want it joined."""
    for found in source.find(_GROUPS):
        start = found.start("what")
        if found["named"]:
            clause = source.clause_at(found.start())
            around = source.text[clause.start : found.start()], source.text[found.end() : clause.end + 16]
            if any(map(_ENTERED.search, around)):
                yield Kind.CHANNEL, *found.span("named"), found.end()
        elif inside := _INSIDE.search(found["what"]):
            yield Kind.CHANNEL, start + inside.start(1), start + inside.end(1), found.end()
        elif (named := _NAME.search(found["what"])) and (len(named[0]) > 1 or _FOUNDED.search(found["enter"])):
            lead = _LEADING.match(named[0])
            yield Kind.CHANNEL, start + named.start() + (lead.end() if lead else 0), found.end(), found.end()


def _apps(source: Source) -> Iterator[tuple[Kind, int, int, int]]:
    for found in source.find(_APPS):
        group = "name" if found["name"] else "rated"
        start, end = found.span(group)
        if quoted := _QUOTED.search(found[group]):
            start, end = start + quoted.start(1), start + quoted.end(1)
        yield Kind.APP, start, end, found.end()


def _ends(source: Source, since: int) -> str | None:
    """Return the words that say when what was named before `since` ends, in its paragraph."""
    stop = source.text.find("\n", since)
    until = min(since + _REACH, len(source.text) if stop < 0 else stop)
    for found in _ENDS.finditer(source.text, since, until):
        if _WHEN.search(found[0]):
            return source.words(*source.trimmed(*found.span()))
    return None
