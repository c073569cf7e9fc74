"""What kind of demand a notice makes: by its title, and where that tells nothing, by the first sentences of its body.

Called for every notice that is checked, so it looks at some two hundred characters and asks no excuses: a text that
forbids inspections is called one, and nothing in it will be found at fault."""

from __future__ import annotations

import re

from qingzhuang.domain.demands.demand import Kind
from qingzhuang.domain.notices import Reading

_OPENING = 240

_JUDGED = r"考核(?!办(?!法)|科)|考评|评比|测评|评估|评分|赋分|打分|排名|排序|评选|评优|绩效评价|百分制|千分制|量化积分|达标验收"
_INSPECTED = (
    r"督查|督察|督导|督办|巡查(?!日志|记录|完|员|后)|巡检|抽查|核查(?!表)|暗访|明察|验收|回头看|互查|评查|迎检|检查组|察看|查验|查看|点评|拉练|观摩"
    r"|(?<!自)(?<!自我)检查(?!站|井|口|记录|表)|(?:开展|进行|组织)[^，。；]{0,12}(?:走访看|调研)|看一看|下去看|进村看"
)
_PLEDGED = r"责任状|责任书|承诺书|保证书|军令状|承诺函|目标书"
_CHANNEL = (
    r"(?:建|新建|建立|组建|创建|加入|进入|拉入|拉进|拉|入|进)[^，。；：]{0,14}群(?![众体策落组])"
    r"|(?:工作|微信|钉钉|qq|交流)群(?:的?通知|管理|建)"
)
_APP = (
    r"(?:推广|下载|安装|注册|上线|启用|开通|关注|使用|应用)[^，。；]{0,14}(?:app|小程序|公众号|平台|系统|客户端|应用程序|软件|“[^”]{2,12}”)"
    r"|(?:app|小程序|客户端|公众号)[^，。；]{0,8}(?:推广|使用|安装|注册)|安装率|注册率|激活率|下载量"
)
_MEETING = (
    r"(?:召开|举办|举行|参加|列席|出席)[^，。；]{0,30}(?:会|会议|培训班?|讲座)(?![员计商议])|会议的?通知|培训班?的?通知"
)
_FORCE = r"(?:成立|组建|设立|抽调|借调|调整)[^，。；]{0,24}(?:专班|领导小组|指挥部|工作组|委员会|人员|骨干|干部)|抽调|借调|跟班学习"
_REPORT = (
    r"报送|上报|填报|填写|填表|统计|摸底|摸排|普查|报表|报告制度|零报告|征集|收集|月报|周报|日报|自查|总结的|台账|申报|推荐|录入|上传|反馈|提交"
    r"|将[^，。；]{1,30}(?:报[镇县市区乡局办我至送到给]|[发交传])|[前内][^，。；]{0,16}(?:报|发|交)"
    r"|(?:表|总结|材料|数据|名单)[^，。；]{0,8}[报发交]|照片|截图|截屏|拍照|短视频"
)
_ACTION = r"任务|行动|整治|攻坚|推进|实施|落实|工作方案|做好|抓好|开展|加强|切实"
_TASK = rf"{_ACTION}|全面|完成|确保|务必|必须|须|打卡|签到|接龙|要|应当?|请|一律"


def _compiled(*pairs: tuple[Kind, str]) -> list[tuple[Kind, re.Pattern[str]]]:
    return [(kind, re.compile(pattern)) for kind, pattern in pairs]


_TITLE = _compiled(
    (Kind.PLEDGE, _PLEDGED),
    (Kind.MEETING, _MEETING),
    (Kind.ASSESSMENT, _JUDGED),
    (Kind.CHANNEL, _CHANNEL),
    (Kind.INSPECTION, _INSPECTED),
    (Kind.TASK_FORCE, _FORCE),
    (Kind.APP, _APP),
    (Kind.REPORT, _REPORT),
    (Kind.MANDATE, _ACTION),
)
_BODY = _compiled(
    (Kind.PLEDGE, rf"签[^，。；]{{0,24}}(?:{_PLEDGED})|(?:{_PLEDGED})[^，。；]{{0,16}}签"),
    (Kind.ASSESSMENT, _JUDGED),
    (Kind.INSPECTION, _INSPECTED),
    (Kind.CHANNEL, _CHANNEL),
    (Kind.APP, rf"{_APP}|(?:app|小程序|平台)[^，。；]{{0,8}}(?:打卡|签到|积分)"),
    (Kind.TASK_FORCE, _FORCE),
    (Kind.MEETING, _MEETING),
    (Kind.REPORT, _REPORT),
    (Kind.MANDATE, _TASK),
)
# What only names a basis or a threat says nothing of the kind: 根据考核办法, 纳入年度考核.
_ASIDE = re.compile(
    r"(?:根据|按照|依据|依照|为贯彻|为落实|贯彻落实|落实)[^，。；]{0,60}[，。；]"
    r"|(?:纳入|列入|计入|记入|作为|挂钩)[^，。；]{0,14}(?:考核|考评|绩效|评优)[^，。；]{0,8}"
    r"|与[^，。；]{0,14}(?:考核|绩效)挂钩|(?:不|免)[^，。；]{0,8}(?:检查|考核)|(?:取消|参与)[^，。；]{0,8}评优|评优评先"
)


def kind_of_notice(reading: Reading) -> Kind:
    """Return what kind of demand the notice makes; DOCUMENT where it seems to make none."""
    head = reading.head
    named = _first(_TITLE, head.title) if head.title else None
    if named and named is not Kind.MANDATE:
        return named
    said = _first(_BODY, _opening(reading))
    if named:  # a task by its title is one, unless the body says at once that it will be scored or inspected
        return said if said in {Kind.ASSESSMENT, Kind.INSPECTION} else named
    return said or Kind.DOCUMENT


def _opening(reading: Reading) -> str:
    """Return the first words of the body, without those that name a basis or a threat."""
    try:
        start = reading.start_of(reading.head.body[0])
    except KeyError:
        start = 0
    return _ASIDE.sub("，", reading.text[start : start + _OPENING])


def _first(patterns: list[tuple[Kind, re.Pattern[str]]], text: str) -> Kind | None:
    return next((kind for kind, pattern in patterns if pattern.search(text)), None)
