"""A county made up for the reports: every step, reason, finding and note occurs in it, and some texts that mean harm."""

from __future__ import annotations

from datetime import date

import polars as pl

from qingzhuang.documents.lighten import Report
from qingzhuang.domain.channels.inventory import (
    CHANNELS,
    DoubtfulNickname,
    InputFile,
    Inventory,
    MembersAre,
    Note,
)
from qingzhuang.domain.channels.result import (
    Action,
    Bound,
    Code,
    Figures,
    Finding,
    Lightening,
    ReasonCode,
    Step,
    SwitchedOff,
)
from qingzhuang.engines.rules import Certainty, Citation, PackHead, Rule, Severity

OWNER, PERSON = "钱守礼", "孙爱民"
DAY = date(2019, 3, 25)
TOWNS = ("容美镇", "走马镇", "太平镇", "燕子镇", "中营镇", "铁炉乡", "下坪乡", "邬阳乡", "五里乡")
OFFICES = ("县委办", "县政府办", "县扶贫办", "县农业农村局", "县教育局", "县卫健局", "县应急局")
R = ReasonCode

OPINIONS = {
    "zh-Hans": "中央网信委《关于防治“指尖上的形式主义”的若干意见》",
    "en": "Opinions on preventing fingertip formalism (2023-12)",
}
SEED = {"zh-Hans": "人民日报 2019-03-25 报道的鹤峰县做法", "en": "practice of Hefeng county, People's Daily 2019-03-25"}
OWN = {"zh-Hans": "轻装默认规则", "en": "our default"}
MESSAGES: dict[Code, tuple[str, str, dict[str, str], Certainty, Severity]] = {
    Code.ZOMBIE: (
        "至少 {days} 天没有工作消息（规定 {limit} 天）",
        "no work message for at least {days} days (limit {limit})",
        OPINIONS,
        Certainty.SECONDARY,
        Severity.WARN,
    ),
    Code.FINISHED: (
        "任务或有效期已于 {day} 结束",
        "its task or term ended on {day}",
        OPINIONS,
        Certainty.MEMORY,
        Severity.WARN,
    ),
    Code.FORBIDDEN: (
        "类别“{category}”不在本县允许的类别（{allowed}）之内",
        "category “{category}” is not on the county's list ({allowed})",
        SEED,
        Certainty.VERIFIED,
        Severity.REJECT,
    ),
    Code.UNAPPROVED: ("没有建群审批", "it was set up without approval", OPINIONS, Certainty.VERIFIED, Severity.WARN),
    Code.OWNERLESS: ("群主 {owner} 已经离岗", "its owner {owner} has left", OWN, Certainty.OWN, Severity.WARN),
    Code.DUPLICATE: (
        "与 {count} 个群成员重复，最多与 {with} 重合 {percent}%",
        "same members as {count} other channels; {percent}% shared with {with}",
        SEED,
        Certainty.VERIFIED,
        Severity.WARN,
    ),
    Code.OVERLAPPING: (
        "与 {count} 个用途相同的群交叉，最多与 {with} 共有 {shared} 人",
        "like purpose and shared members with {count} other channels; {shared} people shared with {with}",
        SEED,
        Certainty.VERIFIED,
        Severity.INFO,
    ),
    Code.CONTAINED: (
        "{percent}% 的成员都在 {in} 里",
        "{percent}% of its members are in {in}",
        SEED,
        Certainty.VERIFIED,
        Severity.WARN,
    ),
    Code.EMPTY: ("没有在岗成员", "it has no member in post", OPINIONS, Certainty.SECONDARY, Severity.WARN),
    Code.SINGLE: ("只有一名在岗成员", "it has one member in post", OPINIONS, Certainty.SECONDARY, Severity.INFO),
    Code.SECRECY_MISMATCH: (
        "标为受限内容，却建在公开平台（{platform}）上",
        "declared restricted, but on a public platform ({platform})",
        OWN,
        Certainty.MEMORY,
        Severity.REJECT,
    ),
}


def rule(code: Code) -> Rule:
    """Return a rule for `code`."""
    zh, en, document, certainty, severity = MESSAGES[code]
    citation = Citation(document, {"zh-Hans": "第 3 条", "en": "item 3"}, certainty)
    advice = {"zh-Hans": "由所在单位核实后处理", "en": "its unit checks and deals with it"}
    return Rule(f"channels/{code.value}", code.value, severity, {"zh-Hans": zh, "en": en}, advice, citation)


RULES = {code: rule(code) for code in Code}
EVIDENCE: dict[Code, dict[str, object]] = {
    Code.ZOMBIE: {"days": 213, "limit": 90},
    Code.FINISHED: {"day": "2018-12-31", "task": None},
    Code.FORBIDDEN: {"category": "学习群", "allowed": "领导班子群、机关群、脱贫攻坚群"},
    Code.UNAPPROVED: {"platform": "wechat"},
    Code.OWNERLESS: {"owner": OWNER},
    Code.DUPLICATE: {
        "with": ["c01", "c02", "c03", "c04", "c05"],
        "count": 7,
        "shared": 38,
        "jaccard": 38 / 41,
        "percent": 92,
    },
    Code.OVERLAPPING: {"with": ["c06"], "count": 1, "shared": 21, "containment": 0.6, "percent": 60},
    Code.CONTAINED: {"in": ["c01", "c02"], "count": 2, "shared": 18, "containment": 0.95, "percent": 95},
    Code.EMPTY: {"members": 0},
    Code.SINGLE: {"members": 1},
    Code.SECRECY_MISMATCH: {"platform": "wechat"},
}

# id, name, unit, platform, size; step, into, reasons
ROWS: list[tuple[str, str, str | None, str | None, int, Step, str | None, tuple[ReasonCode, ...]]] = [
    ("c01", "全县脱贫攻坚工作群", "县扶贫办", "wechat", 64, Step.KEEP, None, (R.TARGET,)),
    ("c02", "县委办机关群", "县委办", "wechat", 32, Step.KEEP, None, (R.MUST_KEEP, R.TARGET)),
    ("c03", "县政府领导班子群", "县政府办", "dingtalk", 14, Step.KEEP, None, (R.CHEAPEST_KEPT,)),
    ("c04", "防汛应急值守群", "县应急局", "wechat", 41, Step.KEEP, None, (R.MUST_KEEP,)),
    ("c05", "2019 年春耕备耕临时群", "县农业农村局", "wechat", 28, Step.KEEP, None, (R.CURRENT_TASK,)),
    ("c06", "教育系统安全工作群", "县教育局", "qq", 37, Step.KEEP, None, (R.TARGET,)),
    ("c07", "干部人事档案核查群", "县委办", "wechat", 9, Step.KEEP, None, (R.SECRECY_MISMATCH,)),
    ("c08", "=HYPERLINK(\"x\",\"点这里\")", "县卫健局", "wechat", 6, Step.KEEP, None, (R.MEMBERS_UNKNOWN,)),
    ("c09", "<b>走马镇</b> 学习交流群 & 打卡群", "走马镇", "wechat", 46, Step.KEEP, None, (R.NO_TARGET, R.FORBIDDEN)),
    ("c10", "铁炉乡征兵工作群", "铁炉乡", None, 11, Step.KEEP, None, (R.NO_TARGET, R.MUST_GO)),
    ("c11", "+86 接待群", None, "wechat", 5, Step.DISSOLVE, None, (R.ZOMBIE,)),
    ("c12", "-12345 转办群", "县政府办", "wechat", 19, Step.DISSOLVE, None, (R.ZOMBIE, R.OWNERLESS)),
    ("c13", "@所有人 迎检群", "县教育局", "qq", 22, Step.DISSOLVE, None, (R.FINISHED,)),
    ("c14", "2018 年迎国检专班群", "县扶贫办", "wechat", 26, Step.DISSOLVE, None, (R.FINISHED, R.ZOMBIE)),
    ("c15", "旧工作群（勿用）", "县委办", "qq", 0, Step.DISSOLVE, None, (R.EMPTY,)),
    ("c16", "健康扶贫信息报送群", "县卫健局", "wechat", 38, Step.MERGE, "c01", (R.DUPLICATE,)),
    ("c17", "扶贫办干部群", "县扶贫办", "wechat", 18, Step.MERGE, "c01", (R.CONTAINED,)),
    ("c18", "校园安全隐患排查群", "县教育局", "qq", 35, Step.MERGE, "c06", (R.OVERLAPPING, R.UNAPPROVED)),
    ("c19", "县委办值班群", "县委办", "wechat", 12, Step.MERGE, "c02", (R.CHEAPER_MERGED,)),
    ("c20", "县委办学习强县群", "县委办", "wechat", 30, Step.MERGE, "c02", (R.FORBIDDEN, R.MUST_GO)),
    ("c21", "鹤峰扶贫通", "县扶贫办", "app", 120, Step.KEEP, None, (R.CHEAPEST_KEPT,)),
    ("c22", "掌上扶贫", "县扶贫办", "app", 80, Step.MERGE, "c21", (R.DUPLICATE,)),
    ("c23", "村务随手拍", "县农业农村局", "mini-program", 16, Step.DISSOLVE, None, (R.ZOMBIE,)),
    *[(f"t{index:02}", f"{town}脱贫攻坚群", town, "wechat", 24 + index, Step.MERGE, "c01", (R.CONTAINED, R.FORBIDDEN))
      for index, town in enumerate(TOWNS)],
    *[(f"u{index:02}", f"{town}机关群", town, "wechat", 30 + index, Step.KEEP, None, (R.CHEAPEST_KEPT,))
      for index, town in enumerate(TOWNS)],
]  # fmt: skip

FOUND = {
    "c07": [Code.SECRECY_MISMATCH], "c09": [Code.FORBIDDEN], "c11": [Code.ZOMBIE], "c12": [Code.ZOMBIE, Code.OWNERLESS],
    "c13": [Code.FINISHED], "c14": [Code.FINISHED, Code.ZOMBIE], "c15": [Code.EMPTY], "c16": [Code.DUPLICATE], "c17": [Code.CONTAINED],
    "c18": [Code.OVERLAPPING, Code.UNAPPROVED], "c19": [Code.SINGLE], "c20": [Code.FORBIDDEN], "c22": [Code.DUPLICATE],
    "c23": [Code.ZOMBIE], **{f"t{index:02}": [Code.CONTAINED, Code.FORBIDDEN] for index in range(len(TOWNS))},
}  # fmt: skip
NOTES = (
    Note("messages-missing", {"count": 4}),
    Note("secrecy-blank", {"count": 12, "level": "internal"}),
    Note("members-left-out", {"count": 31}),
    Note("members-unknown", {"count": 1}),
    Note("must-keep-unknown", {"count": 1, "channel_ids": ["x1"]}),
    Note("must-go-unknown", {"count": 5, "channel_ids": ["x2", "x3", "x4", "x5", "x6"]}),
    Note("contradictory-activity", {"count": 2}),
    Note("time-limit", {"count": 1}),
)


def inventory() -> Inventory:
    """Return the county's groups and apps with their members, an owner and a person by name."""
    columns: dict[str, list[object]] = {name: [None] * len(ROWS) for name in CHANNELS}
    columns["channel_id"], columns["name"] = [row[0] for row in ROWS], [row[1] for row in ROWS]
    columns["unit"], columns["platform"] = [row[2] for row in ROWS], [row[3] for row in ROWS]
    columns["owner"] = [OWNER] * len(ROWS)
    columns["secrecy"] = ["restricted" if row[0] == "c07" else "internal" for row in ROWS]
    pairs = [(row[0], f"p{member:03}") for row in ROWS for member in range(row[4])]
    return Inventory(
        channels=pl.DataFrame(columns, schema=CHANNELS),
        memberships=pl.DataFrame(pairs, schema=["channel_id", "person_id"], orient="row"),
        people=pl.DataFrame(
            {
                "person_id": ["p000", "p001"],
                "name": [PERSON, "周文"],
                "unit": ["容美镇", "县委办"],
                "post": ["镇长", "干事"],
                "left_on": [None, None],
            },
            schema_overrides={"left_on": pl.Date()},
        ),
        units=pl.DataFrame(
            {"unit": [*OFFICES, *TOWNS], "parent": [None] * 16, "level": ["department"] * 7 + ["town"] * 9}
        ),
        given=frozenset({"channels.owner", "channels.unit"}),
    )


def actions() -> tuple[Action, ...]:
    """Return one action a channel; a merge adds two people and exposes nine."""
    return tuple(
        Action(key, step, into, ("p000", "p900") if into else (), 9 if into else 0, reasons)
        for key, _, _, _, _, step, into, reasons in ROWS
    )


def findings() -> tuple[Finding, ...]:
    """Return every code at least once."""
    return tuple(Finding(key, code, RULES[code], EVIDENCE[code]) for key, codes in FOUND.items() for code in codes)


def grouped(place: int, name: str) -> pl.DataFrame:
    """Return the table by unit or by platform."""
    rows = pl.DataFrame(
        [(row[place], 1, int(row[5] is Step.KEEP), row[4], row[4] if row[5] is Step.KEEP else 0) for row in ROWS],
        schema={
            name: pl.String(),
            "channels_before": pl.Int64(),
            "channels_after": pl.Int64(),
            "memberships_before": pl.Int64(),
            "memberships_after": pl.Int64(),
        },
        orient="row",
    )
    return rows.group_by(name).sum().sort("memberships_before", name, descending=[True, False], nulls_last=True)


def posts() -> pl.DataFrame:
    """Return twenty posts, one of them without a post and one with nothing known."""
    named = [
        (town, "镇长" if town.endswith("镇") else "乡长", 52 - 3 * index, 9 + index % 3)
        for index, town in enumerate(TOWNS)
    ]
    named += [
        (office, "主任" if "办" in office else "局长", 24 - index, 8 - index % 2)
        for index, office in enumerate(OFFICES)
    ]
    named += [
        ("下坪乡江坪村", "党支部书记", 16, 4),
        ("容美镇", None, 15, 5),
        (None, None, 14, 6),
        ("县扶贫办", "驻村工作队联络员", 13, 13),
    ]
    rows = [(*row, row[2] * 8.5, row[3] * 8.5) for row in named]
    return pl.DataFrame(
        rows,
        schema={
            "unit": pl.String(),
            "post": pl.String(),
            "before": pl.Int64(),
            "after": pl.Int64(),
            "messages_before": pl.Float64(),
            "messages_after": pl.Float64(),
        },
        orient="row",
    )


def lightening() -> Lightening:
    """Return the county's plan."""
    people_before = (
        [0, 120, 240, 310, 260, 180, 140, 90, 66, 41, 30, 22, 17, 12, 9, 7, 5, 4, 3, 2] + [0] * 10 + [6] * 10 + [1] * 13
    )
    people_after = [0, 520, 430, 260, 140, 80, 44, 23, 11, 6, 3, 1, 1] + [0] * 40
    return Lightening(
        as_of=DAY,
        members_are=MembersAre.PERSONS,
        findings=findings(),
        actions=actions(),
        before=Figures(41, 1213, 1636, 5.0, 21.25, 52, 87.30000000000001),
        after=Figures(21, 743, 1636, 2.0, 6.0, 12, 61.7),
        bound=Bound(12345.678901234567, 12001.1, (12345.678901234567 - 12001.1) / 12345.678901234567),
        unresolved=("c09", "c10"),
        by_unit=grouped(2, "unit"),
        by_platform=grouped(3, "platform"),
        posts=posts(),
        spread=pl.DataFrame(
            {"channels": list(range(53)), "people_before": people_before, "people_after": people_after}
        ),
        switched_off=(
            SwitchedOff(Code.ZOMBIE, ("channels.last_active",)),
            SwitchedOff(Code.OVERLAPPING, ("memberships.person_id", "channels.purpose")),
        ),
        solved={"trivial": 18, "dual-ascent": 5, "heuristic": 1},
        notes=NOTES,
    )


PACKS = (
    PackHead(
        "base",
        {"zh-Hans": "轻装默认规则", "en": "Qingzhuang's own defaults"},
        "轻装",
        None,
        None,
        date(2000, 1, 1),
        None,
        None,
        None,
        "a" * 64,
    ),
    PackHead(
        "hefeng-2019",
        {"zh-Hans": "鹤峰县 2019 年工作群清理整顿", "en": "Hefeng county, cleaning out of work groups, 2019"},
        "鹤峰县纪委监委",
        "鹤纪发〔2019〕3 号",
        date(2019, 1, 8),
        date(2019, 1, 10),
        date(2020, 1, 9),
        "吴核对",
        date(2019, 2, 1),
        "b" * 64,
    ),
)


def report() -> Report:
    """Return all that the four files are made of."""
    return Report(
        result=lightening(),
        inventory=inventory(),
        inputs=(
            InputFile("鹤峰县工作群清单.xlsx", "c" * 64, {"channels": 32, "memberships": 1000}),
            InputFile("政务应用.csv", "d" * 64, {"channels": 9}),
        ),
        notes=(Note("secrecy-blank", {"count": 12, "level": "internal"}),),
        doubtful=(DoubtfulNickname("容美镇-孙", "c01", ("p000", "p001")), DoubtfulNickname("=1+1", "c02", ("p001",))),
        packs=PACKS,
    )
