"""What a notice threatens with and what it rests on, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingzhuang.domain.demands.draft.numbers import NUMBER
from qingzhuang.domain.demands.draft.source import NOT_ASKED, Source
from qingzhuang.domain.notices import Excuse

_SANCTIONS = re.compile(
    r"一票否决(?:制)?"
    rf"|(?:每[^，。；：！？\n]{{1,16}})?(?:倒扣|扣除?|扣减)(?:[^，。；：！？\n0-9]{{0,8}})?(?:[0-9]+(?:\.[0-9]+)?|{NUMBER})(?:-[0-9]+)?分"
    r"|(?:不得分|不计分|记0分|计0分|记零分|计零分)"
    r"|(?:全[县市区镇乡](?:范围内?)?|公开|点名|予以|进行|一律|将(?:进行|予以)?|排名|书面|实名|每[日天周旬月季])(?:通报)(?:批评)?(?!表[扬彰]|嘉奖)|通报批评|排名(?:后[^，。；：！？\n]{1,6})?[^，。；：！？\n]{0,6}通报"
    r"|约谈|诫勉(?:谈话)?|(?:严肃|从严|坚决|依规依纪)?(?:追责问责|问责|追责|追究(?:[^，。；：！？\n]{0,8}责任))"
    r"|取消[^，。；：！？\n]{0,14}(?:资格|评优|评先|称号|奖励|绩效)(?:评[先优])?|(?:不得|不能|不予|不准)(?:参[与加])?(?:年度)?(?:评优|评先|评为优秀|推优|晋升|提拔)(?:评[先优])?"
    r"|(?:扣发|扣减|扣除|停发|缓发|核减)[^，。；：！？\n]{0,14}(?:绩效|工资|补贴|补助|奖金|报酬|经费)"
    r"|(?:考核|评定)[^，。；：！？\n]{0,10}(?:归零|不合格|末档|末位)|(?:作|做|作出|做出)?(?:表态发言|书面检查|书面检讨|检讨发言|书面说明|检讨)|挂牌督办|(?:黄牌|红牌)(?:警告)?|黑名单|末位淘汰|停职|免职|调离(?:岗位)?|辞退|(?:移交|移送)(?:纪委|纪检)[^，。；：！？\n]{0,8}"
)
_BY = re.compile(
    r"(?<![未没不])(?:根据|按照|依据|依照|遵照|贯彻落实|贯彻|落实|转发|按)(?P<what>(?:《[^》\n]{1,80}》|[^，。；：！？\n《》]){2,120})"
)
_APPROVED = re.compile(
    r"(?<![未不没])(?:已?报?经|提请|报请)(?P<who>[^，。；：！？\n]{1,24}?)(?:研究)?(?:同意|批准|审定|审批同意|审批|审议通过|备案同意)"
)
_HIGHER = re.compile(
    r"国务院|党中央|中央|国家|全国|全省|全市|省|自治区|州委|州政府|市[委政府局\u4e00-\u9fff]|县委|县政府|县人民政府|县人大|区委|区政府|区人民政府|镇党委|镇政府|上级|全县[^，。]{0,12}会议|县[\u4e00-\u9fff]{1,12}(?:委员会|领导小组|指挥部)|《|〔[12][0-9]{3}〕|(?<![做方办想看说用写])法(?:规定|$|》)|条例"
)
_GIVES = re.compile(
    r"文件|通知|部署|要求|安排|方案|意见|精神|会议|决定|规定|办法|计划|命令|要点|条例|决策|讲话|指示|批示|规划|清单|指令|函|(?<![做方想看说用写])法|》|号|任务"
)
_APPROVERS = re.compile(r"委|政府|人大|常委会|领导小组|指挥部|主管部门|上级|人民政府")
_OWN = re.compile(
    r"局党组|局务会|局长|我局|本局|我办|本单位|工作需要|工作实际|附件|职责|分工|以下|如下|属地|谁[^，。]{1,6}谁"
)
_CUT = re.compile(
    r"(?:的)?(?:有关|相关|统一|具体|工作)*(?:要求|精神|部署(?:要求)?|规定|安排(?:部署)?)(?:和[^，。；：]{1,16})?$"
)
_MOST = 8


def sanctions_of(source: Source) -> tuple[str, ...]:
    """Return each threat once, as the notice words it."""
    found = (one.span() for one in _SANCTIONS.finditer(source.text, source.begin) if _meant(source, one))
    return tuple(dict.fromkeys(source.words(*span) for span in found))


def _meant(source: Source, one: re.Match[str]) -> bool:
    """Tell whether a threat is meant; what itself says 不得 is not done away with by its own 不得."""
    excuses = source.reading.excuses.of(*one.span())
    own = {Excuse.FORBIDDEN} if one[0].startswith("不") else set()
    return not (excuses - own) & NOT_ASKED


def basis_of(source: Source) -> tuple[str, ...]:
    """Return the documents, deployments and approvals of others that the notice cites, in order, each once."""
    places = sorted(_cited(source))
    words: list[str] = []
    last = -1
    for start, end in places:
        if start >= last and (said := source.words(start, end).strip()):
            words.append(said)
            last = end
    return tuple(dict.fromkeys(words))[:_MOST]


def _cited(source: Source) -> Iterator[tuple[int, int]]:
    for found in _BY.finditer(source.text, source.begin):
        what = found["what"]
        if (
            _HIGHER.search(what)
            and _GIVES.search(what)
            and not _OWN.search(what)
            and source.meant(found.start(), found.start("what"))
        ):
            yield found.start("what"), found.start("what") + _length(what)
    for found in source.find(_APPROVED):
        if _APPROVERS.search(found["who"]) and not _OWN.search(found["who"]):
            yield found.span()


def _length(what: str) -> int:
    """Return how much of `what` names the document or body itself, without 的要求 behind a title."""
    if "》" in what or "号" in what:
        cut = _CUT.search(what)
        return cut.start() if cut and cut.start() else len(what)
    return len(what)
