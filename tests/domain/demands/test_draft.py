"""Drafts of demands from notices: each field, what is not asked, and that no text is too odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.demands import AskKind, Demand, Kind, Level, Medium, demand_dict, demand_of, draft_demand
from qingzhuang.domain.demands.draft import kind_of_notice
from qingzhuang.domain.demands.draft.frequency import rhythms
from qingzhuang.domain.demands.draft.numbers import number
from qingzhuang.domain.notices import Notice, Origin, Paragraph, Reading, Role, notice_of

WHOLE = """云台县农业农村局文件
云农发〔2024〕18号
云台县农业农村局关于开展农村人居环境整治提升行动的通知
各乡镇人民政府、街道办事处，县直有关单位：
根据《云台县2024年乡村振兴工作要点》（云办发〔2024〕6号）要求，经县委、县政府同意，现就有关事项通知如下。
一、目标任务。全县18个乡镇、236个行政村全面开展“三清一改”。
二、工作要求。（一）各乡镇要建立工作台账，每周五下班前将《进展情况统计表》报县农业农村局，每月报送信息不少于2篇。\
（二）各村（社区）要组织干部入户走访，每户每月不少于一次，每次走访须拍照，照片不少于3张，上传“云台乡建”小程序。\
（三）请各乡镇组建“人居环境整治工作群”，整治结束后自行解散。（四）各村要与农户签订门前三包承诺书。
三、严格考核。未按时报送的，每次扣0.5分，并在全县通报；连续两次排名末位的，约谈乡镇主要负责同志，取消评优资格。\
不得要求村级另建台账。
请于2024年6月30日前将实施方案报县局。
云台县农业农村局
2024年6月3日"""


def draft(text: str) -> Demand:
    return draft_demand(Reading(notice_of(text)))


def asks(text: str) -> list[tuple[AskKind, Medium | None, Fraction, int]]:
    return [(ask.kind, ask.medium, ask.per_year, ask.items) for ask in draft(text).asks]


def test_draft_demand_whole_notice() -> None:
    demand = draft(WHOLE)
    assert (demand.kind, demand.number, demand.dated) == (Kind.MANDATE, "云农发〔2024〕18号", date(2024, 6, 3))
    assert demand.title == "云台县农业农村局关于开展农村人居环境整治提升行动的通知"
    assert demand.issuer == "云台县农业农村局"
    assert [(target.level, target.words, target.count) for target in demand.targets] == [
        (Level.TOWN, "各乡镇人民政府、街道办事处", 18),
        (Level.DEPARTMENT, "县直有关单位", None),
        (Level.VILLAGE, "各村（社区）", 236),
    ]
    assert demand.deadline
    assert (demand.deadline.words, demand.deadline.day) == ("2024年6月30日前", date(2024, 6, 30))
    assert [(one.kind, one.name, one.ends) for one in demand.joined] == [
        (Kind.CHANNEL, "人居环境整治工作群", "整治结束后自行解散")
    ]
    assert demand.sanctions == ("每次扣0.5分", "全县通报", "约谈", "取消评优资格")
    assert demand.basis == ("《云台县2024年乡村振兴工作要点》（云办发〔2024〕6号）", "经县委、县政府同意")


def test_draft_demand_whole_notice_asks() -> None:
    towns, villages = (Level.TOWN,), (Level.VILLAGE,)
    assert [(a.kind, a.medium, a.text, a.per_year, a.items, a.levels) for a in draft(WHOLE).asks] == [
        (AskKind.EVIDENCE, Medium.LEDGER, "各乡镇要建立工作台账", 1, 1, towns),
        (AskKind.FIELD, None, "每周五下班前将《进展情况统计表》报县农业农村局", 52, 1, towns),
        (AskKind.FIELD, None, "每月报送信息不少于2篇", 12, 2, towns),
        (AskKind.VISIT, None, "各村（社区）要组织干部入户走访，每户每月不少于一次", 12, 1, villages),
        (AskKind.EVIDENCE, Medium.PHOTO, "每次走访须拍照，照片不少于3张", 12, 3, villages),
        (AskKind.SIGNATURE, None, "各村要与农户签订门前三包承诺书", 1, 1, villages),
        (AskKind.FIELD, None, "请于2024年6月30日前将实施方案报县局", 1, 1, (Level.TOWN, Level.DEPARTMENT)),
    ]


def test_draft_demand_chat_message() -> None:
    demand = draft("@各村文书 请于今日下班前把低保户花名册发群里，每天早上8点在小程序打卡[抱拳]")
    assert demand.title
    assert [target.words for target in demand.targets] == ["各村"]
    assert [(ask.kind, ask.per_year) for ask in demand.asks] == [(AskKind.FIELD, 1), (AskKind.SIGN_IN, 365)]
    assert demand.deadline
    assert (demand.deadline.words, demand.deadline.hours) == ("今日下班前", 8)


def cell(text: str, row: int, column: int) -> Paragraph:
    return Paragraph(text, (Origin(0, row, column),), role=Role.CELL, cell=(1, row, column))


def test_draft_demand_scoring_table() -> None:
    rows = [
        ("巡林", "护林员每月巡林不少于4次，有巡林轨迹、照片得满分", "缺一次扣1分"),
        ("资料", "会议记录、工作台账、学习笔记", "缺一项扣2分"),
        ("宣传", "全年报送信息12篇以上", "每少一篇扣0.5分"),
    ]
    cells = [cell(text, i, j) for i, row in enumerate(rows, 2) for j, text in enumerate(row, 1)]
    title = Paragraph("林长制工作考核评分办法", (Origin(0, 1, 1),))
    demand = draft_demand(Reading(Notice("-", "docx", (title, *cells))))
    assert demand.kind is Kind.ASSESSMENT
    assert [(ask.kind, ask.medium, ask.per_year, ask.items) for ask in demand.asks] == [
        (AskKind.VISIT, None, 48, 1),
        (AskKind.EVIDENCE, Medium.TRACK, 48, 1),
        (AskKind.EVIDENCE, Medium.PHOTO, 48, 1),
        (AskKind.EVIDENCE, Medium.MINUTES, 1, 1),
        (AskKind.EVIDENCE, Medium.LEDGER, 1, 1),
        (AskKind.EVIDENCE, Medium.NOTES, 1, 1),
        (AskKind.FIELD, None, 1, 12),
    ]
    assert demand.sanctions == ("扣1分", "扣2分", "每少一篇扣0.5分")


@pytest.mark.parametrize(
    "text",
    [
        "不得要求基层干部打卡签到。",
        "不得以台账、照片作为考核依据。",
        "严禁要求村级上传截图、视频。",
        "取消每日零报告制度。",
        "有村干部反映，过去每次走访都要拍照上传，苦不堪言，如今不再要求。",
        "无需签订责任状。",
        "认真学习贯彻《关于签订安全生产责任状的意见》。",
    ],
)
def test_draft_demand_what_is_not_asked(text: str) -> None:
    assert draft(text).asks == ()


def test_draft_demand_forbidden_group_and_sanction() -> None:
    demand = draft("原则上不得新建工作群。取消对乡镇的“一票否决”事项。")
    assert (demand.joined, demand.sanctions) == ((), ())


@pytest.mark.parametrize(
    ("words", "per_year"),
    [
        ("每日", 365), ("每天", 365), ("天天", 365), ("每个工作日", 250), ("每天早晚各一次", 730), ("每日8时、12时、18时", 1095),
        ("每周", 52), ("每周一", 52), ("每周五前", 52), ("每周一、三、五", 156), ("每周一至周五", 260), ("每周两次", 104),
        ("逢周二、周五", 104), ("每两周", 26), ("每旬", 36), ("每半月", 24), ("每月", 12), ("每月5日前", 12), ("每月5日、20日", 24),
        ("每月不少于4次", 48), ("每月2-3次", 24), ("每季度", 4), ("每半年", 2), ("每年", 1), ("每隔三天", Fraction(365, 3)),
        ("三天一报", Fraction(365, 3)), ("一周两报", 104), ("半月一报", 24), ("一日一调度", 365), ("周报告", 52), ("月调度", 12),
        ("2次/月", 24), ("每两小时", 4380), ("逐月", 12),
    ],
)  # fmt: skip
def test_rhythms_of_words(words: str, per_year: Fraction) -> None:
    text = f"各村{words}报送进展"
    assert [rhythm.per_year for rhythm in rhythms(text, 0, len(text))][:1] == [per_year]


def test_rhythms_of_none() -> None:
    text = "请于6月5日前报送，每户一张，每个村一份，附件3一式两份"
    assert rhythms(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("十", 10), ("十五", 15), ("二十", 20), ("一百二十", 120), ("两", 2)]
)
def test_number_in_either_script(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请各村将秸秆离田进度每日报镇农业办。", [(AskKind.FIELD, None, 365, 1)]),
        ("各村须拍摄现场照片，每组不少于三张，上传至工作群。", [(AskKind.EVIDENCE, Medium.PHOTO, 1, 3)]),
        ("请将走访截图发至帮扶群备查。", [(AskKind.EVIDENCE, Medium.SCREENSHOT, 1, 1)]),
        ("每场宣讲录制不少于30秒的短视频2段并上传。", [(AskKind.EVIDENCE, Medium.VIDEO, 1, 2)]),
        ("河长每月巡河4次，以系统轨迹为准。", [(AskKind.VISIT, None, 48, 1), (AskKind.EVIDENCE, Medium.TRACK, 48, 1)]),
        ("未建立工作台账的，视为未开展工作。", [(AskKind.EVIDENCE, Medium.LEDGER, 1, 1)]),
        ("包联干部每月走访不少于10户。", [(AskKind.VISIT, None, 12, 10)]),
        ("驻村干部每日手机定位签到。", [(AskKind.SIGN_IN, None, 365, 1)]),
        ("各乡镇要与县局签订目标管理责任状。", [(AskKind.SIGNATURE, None, 1, 1)]),
        ("报表须经主要负责人签字并加盖公章。", [(AskKind.SIGNATURE, None, 1, 1)]),
        ("每季度报送典型案例2篇、工作总结1篇。", [(AskKind.FIELD, None, 4, 2), (AskKind.FIELD, None, 4, 1)]),
        ("实行零报告制度，每天17时前上报。", [(AskKind.FIELD, None, 365, 1)]),
        ("各村須於每週五前將調查表送達本所。", [(AskKind.FIELD, None, 52, 1)]),
        ("发现险情立即上报。", []),
        ("参会人员请提前签到入场。", []),
        ("检查组将走访部分农户。", []),
    ],
)
def test_draft_demand_asks(text: str, found: list[tuple[AskKind, Medium | None, Fraction, int]]) -> None:
    assert asks(text) == found


def test_draft_demand_ask_in_the_original_words() -> None:
    text = "请各村每日【截 圖】上傳ＡＰＰ。"
    (ask,) = draft(text).asks
    assert ask.span
    assert text[ask.span.start : ask.span.end] == ask.text == "请各村每日【截 圖】上傳ＡＰＰ"


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("今日下班前", 8), ("今日17:00前", 7), ("今天下午5点前", 7), ("今晚12点前", 14), ("即日", 8), ("明早8点前", 22),
        ("明早", 23), ("明天中午前", 26), ("2小时内", 2), ("半小时内", 1), ("30分钟内", 1), ("24小时内", 24), ("半天内", 4),
    ],
)  # fmt: skip
def test_draft_demand_deadline_in_hours(words: str, hours: int) -> None:
    deadline = draft(f"请各村{words}将统计表报镇党政办。").deadline
    assert deadline
    assert (deadline.hours, deadline.day) == (hours, None)
    assert deadline.words in f"{words}将"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024年12月27日前", date(2024, 12, 27)), ("12月27日（星期五）下班前", date(2024, 12, 27)), ("25日前", date(2024, 12, 25)),
        ("5日前", date(2025, 1, 5)), ("1月10日前", date(2025, 1, 10)), ("12月底前", date(2024, 12, 31)),
        ("月底前", date(2024, 12, 31)), ("年底前", date(2024, 12, 31)), ("本周五前", date(2024, 12, 20)),
        ("下周一上午9点前", date(2024, 12, 23)), ("三个工作日内", date(2024, 12, 23)), ("10日内", date(2024, 12, 28)),
        ("两周内", date(2025, 1, 1)),
    ],
)  # fmt: skip
def test_draft_demand_deadline_on_a_day(words: str, day: date) -> None:
    text = f"关于报送总结的通知\n各乡镇：\n请于{words}将总结报县局。\n清河县水利局\n2024年12月18日"
    deadline = draft(text).deadline
    assert deadline
    assert deadline.day == day


@pytest.mark.parametrize(
    "said",
    ["每周五前报送", "每月5日前报送", "发现险情后2小时内上报", "对2019年12月31日前建成的房屋登记造册", "2月30日前报送"],
)
def test_draft_demand_no_deadline(said: str) -> None:
    text = f"关于报送总结的通知\n各乡镇：\n请{said}。\n清河县水利局\n2024年12月18日"
    assert draft(text).deadline is None


def test_draft_demand_deadline_shortest_of_several() -> None:
    text = "关于报送总结的通知\n各乡镇：\n请于12月30日前报送总结，12月22日前报送名单。\n清河县水利局\n2024年12月18日"
    deadline = draft(text).deadline
    assert deadline
    assert deadline.day == date(2024, 12, 22)


def test_draft_demand_deadline_in_days_without_a_date() -> None:
    deadline = draft("请各镇于3日内反馈。").deadline
    assert deadline
    assert deadline.hours == 72


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("请各乡镇、街道填报。", [Level.TOWN]),
        ("全体网格员每日打卡。", [Level.VILLAGE]),
        ("县直各单位、各村（社区）报送名单。", [Level.DEPARTMENT, Level.VILLAGE]),
        ("各县（市、区）每月报送进展。", [Level.COUNTY]),
        ("请报送名单。", []),
    ],
)
def test_draft_demand_targets(text: str, levels: list[Level]) -> None:
    assert sorted(target.level for target in draft(text).targets) == sorted(levels)


@pytest.mark.parametrize(
    ("text", "kind", "name", "ends"),
    [
        ("请各镇立即组建森林防火工作微信群。", Kind.CHANNEL, "森林防火工作微信群", None),
        ("请各单位联络员扫码加入“清河普法联络群”。", Kind.CHANNEL, "清河普法联络群", None),
        ("建立防汛工作群，汛期结束后解散。", Kind.CHANNEL, "防汛工作群", "汛期结束后解散"),
        ("各支队伍分别建群。", Kind.CHANNEL, "各支队伍分别建群", None),
        ("全体干部下载安装“平安清河”App。", Kind.APP, "平安清河", None),
        ("所有党员必须关注县融媒体中心公众号。", Kind.APP, "县融媒体中心公众号", None),
    ],
)
def test_draft_demand_joined(text: str, kind: Kind, name: str, ends: str | None) -> None:
    assert [(one.kind, one.name, one.ends) for one in draft(text).joined] == [(kind, name, ends)]


def test_draft_demand_joined_is_no_verb_of_masses() -> None:
    assert draft("深入群众，建立干群联系，加入群体活动，进群众家门。").joined == ()


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("根据《省督查检查考核计划》要求，开展检查。", ("《省督查检查考核计划》",)),
        ("按照市委统一部署，开展检查。", ("市委统一部署",)),
        ("经区委、区政府批准，开展检查。", ("经区委、区政府批准",)),
        ("根据工作需要，我局决定开展检查。", ()),
        ("未经县委批准，不得开展检查。", ()),
        ("经局党组研究同意，开展检查。", ()),
    ],
)
def test_draft_demand_basis(text: str, basis: tuple[str, ...]) -> None:
    assert draft(text).basis == basis


@pytest.mark.parametrize(
    ("text", "sanctions"),
    [
        ("未按时报送的，实行一票否决。", ("一票否决",)),
        ("连续两次末位的，由镇党委约谈，并取消当年评先评优资格。", ("约谈", "取消当年评先评优资格")),
        ("完不成任务的不得评优。", ("不得评优",)),
        ("漏报一次扣发绩效200元。", ("扣发绩效",)),
        ("现将有关情况通报如下。", ()),
        ("对先进单位通报表扬。", ()),
    ],
)
def test_draft_demand_sanctions(text: str, sanctions: tuple[str, ...]) -> None:
    assert draft(text).sanctions == sanctions


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("关于开展河道保洁检查的通知\n各乡镇：\n请做好准备。", Kind.INSPECTION),
        ("关于印发《平安建设考核办法》的通知\n各乡镇：\n请执行。", Kind.ASSESSMENT),
        ("关于报送年度总结的通知\n各乡镇：\n请报送。", Kind.REPORT),
        ("关于签订安全生产责任书的通知\n各乡镇：\n请签订。", Kind.PLEDGE),
        ("关于成立秸秆禁烧工作专班的通知\n各乡镇：\n请配合。", Kind.TASK_FORCE),
        ("关于建立河长制工作群的通知\n各乡镇：\n请入群。", Kind.CHANNEL),
        ("关于推广使用“清河通”小程序的通知\n各乡镇：\n请推广。", Kind.APP),
        ("关于召开防汛工作会议的通知\n各乡镇：\n请参加。", Kind.MEETING),
        ("关于做好农村改厕工作的通知\n各乡镇：\n请抓好落实。", Kind.MANDATE),
        ("我局定于下周对各乡镇开展督查。", Kind.INSPECTION),
        ("各乡镇要与县局签订责任状。", Kind.PLEDGE),
        ("请各村今晚将名单发我。", Kind.REPORT),
        ("根据考核办法有关规定，请各村报送总结，此项工作纳入年度考核。", Kind.REPORT),
        ("祝大家节日快乐。", Kind.DOCUMENT),
        ("", Kind.DOCUMENT),
    ],
)
def test_kind_of_notice(text: str, kind: Kind) -> None:
    assert kind_of_notice(Reading(notice_of(text))) is kind


WORDS = st.sampled_from(
    [
        "各村",
        "各乡镇",
        "请",
        "须",
        "不得",
        "每日",
        "每周一、三、五",
        "每次",
        "报送",
        "上传",
        "照片",
        "三张",
        "台账",
        "签订",
        "责任状",
        "打卡",
        "走访",
        "每户",
        "加入",
        "工作群",
        "“清河通”",
        "下载",
        "根据",
        "《办法》",
        "经县委",
        "同意",
        "扣",
        "3分",
        "约谈",
        "，",
        "。",
        "；",
        "：",
        "、",
        "\n",
        "6月5日前",
        "今日下班前",
        "两小时内",
        "（一）",
        "全县18个乡镇",
        "之日起",
        "30日内",
        "關於",
        "圖",
        "ＡＰＰ",
    ]
)
TEXTS = st.text(max_size=80) | st.lists(WORDS, max_size=40).map("".join)


@given(TEXTS)
def test_draft_demand_of_any_text_keeps_to_its_words(text: str) -> None:
    notice = notice_of(text)
    for ask in draft_demand(Reading(notice)).asks:
        assert ask.span
        paragraph = notice.paragraphs[ask.span.paragraph].text
        assert 0 <= ask.span.start < ask.span.end <= len(paragraph)
        assert paragraph[ask.span.start : ask.span.end] == ask.text


@given(TEXTS)
def test_draft_demand_is_read_back_from_its_values(text: str) -> None:
    demand = draft(text)
    back, _ = demand_of(demand_dict(demand))
    assert back == replace(demand, asks=tuple(replace(ask, span=None) for ask in demand.asks))
