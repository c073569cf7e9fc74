"""Rewordings of a generated demand: five kinds of edit, one kind at a time, and traditional characters beside them.

synonym       one or two terms exchanged, each for another of its group in the table of `domain.demands`
synonym, unseen   the same with `UNSEEN` below, pairs that stand in no group of that table (a test holds that so)
order         the parts of the sentence moved: what it is about first, place or day last
abbreviation  a long form cut to a short one of the same group in the table
abbreviation, unseen   the same with `UNSEEN_SHORT`
number        one number or more in another writing: 三百, ３００, 二〇二六, 1.5万
insertion     one to three of `INSERTED` put in at the seams
several at once   order or insertion, then synonym, abbreviation, synonym unseen and number, each where it applies
several at once, short   the same, of entries of 12 characters or fewer
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any, TypeAlias

from bench.similar_titles import Entry
from qingzhuang.domain.demands.synonyms import demand_synonyms

SHORT = 12

Edit: TypeAlias = Callable[[Entry, Random], str | None]


def _pairs(written: str) -> dict[str, str]:
    """Return the pairs of `term=other term=other`."""
    return dict(pair.split("=") for pair in written.split())


UNSEEN = _pairs("""填写=填列 梳理=理清 核查=查证 提交=递交 完善=补充 收集=收齐 反馈=回复 建立=设立 落实=抓实 推进=推动 规范=理顺
    督促=催促 确认=认定 签订=签署 签收=收讫 审核=把关 测算=估算 申报=申请 备案=报备 拍摄=摄制 打卡=点名 慰问=看望 巡查=巡视
    调研=考察 观摩=参观 动员=发动 部署=安排 调度=协调 公示=公布 发放=派发 检查=查看 突出问题=主要毛病 重点领域=关键领域
    薄弱环节=短板弱项 典型案例=典型事例 先进经验=好的做法 资金使用=经费开支 项目实施=项目建设推进 人员配备=人手配置
    设施设备=硬件条件 历史遗留问题=陈年旧账 群众诉求=群众呼声 风险隐患=风险点 长效机制=长期机制 动态管理=动态监管
    底数=家底 进度表=推进表 审批表=核准表 申请表=申报表 摸底表=底册 协议书=协议文本 测试卷=试卷 收据=收条 发票=票据
    凭证=单据 问题清单=问题目录 意见建议=意见和想法 存在问题=不足之处 使用情况=用途情况 发放情况=兑付情况 通知=函告 意见=指导意见
    紧急通知=特急通知 知识竞赛=知识比赛 应急演练=应急演习 现场推进会=现场会 培训班=学习班 动员会=部署会 工作例会=例会
    满意度测评=民意测评 示范创建=样板创建 评先评优=评选先进 孤儿=失去双亲的儿童 独居老人=独自居住老人 失能老人=不能自理老人
    村医=乡村医生 护林员=护林人员 保洁员=保洁人员 调解员=调解人员 宅基地=建房用地 公共厕所=公厕 养殖场=养殖企业
    姓名=名字 民族=族别 婚姻状况=婚否 健康状况=身体状况 务工单位=就业单位 贷款余额=未还贷款 欠款金额=拖欠数额 补贴金额=补助额
    发放日期=发放时间 享受政策=享受待遇 走访次数=上门次数 走访日期=上门时间 产量=收成 完成率=完成比例 合格率=合格比例
    覆盖率=覆盖面 建设地点=建设地址 整改措施=整改办法 整改结果=整改成效 检查日期=检查时间 检查人员=检查组成员 从业人数=员工人数
    有效期=有效期限 备注=附注 报县=交县 情况的通报=有关问题的通报 不少于=至少 前对比=之前对比""")
UNSEEN_SHORT = _pairs("""精神障碍患者管理=精障管理 非物质文化遗产=非遗 老旧小区改造=老改 保障性住房=保障房 高新技术企业=高企 知识产权=知产
    危险化学品=危化品 烟花爆竹=烟爆 国有资产=国资 计划生育=计生 行政执法=执法 双随机抽查=双随机 农机购置补贴=农机补贴
    大气污染防治=治气 饮用水水源地保护=水源地保护 畜禽养殖污染=养殖污染 秸秆综合利用=秸秆利用 易地搬迁后续扶持=搬迁后扶
    妇女儿童权益=妇儿权益 社区矫正=社矫 民族宗教=民宗 统一战线=统战 农村公路养护=农路养护 农村宅基地=宅基地 卫生县城=卫城
    固定资产=固资 粮食产量抽样=产量抽样 山洪灾害防御=山洪防御 行政复议=复议 法律援助=法援 人民调解=调解 科技特派员=特派员
    电子政务=政务电子化 志愿服务=志服 学生资助=资助 食用菌产业=菌业 中药材种植=药材种植 县消防救援大队=县消防大队
    县疾控中心=疾控 县融媒体中心=县融媒 县机关事务服务中心=县机关事务中心 重度残疾人=重残 吸毒人员=涉毒人员
    村民小组长=组长 入党积极分子=积极分子 能繁母猪=母猪 高血压患者=高血压 糖尿病患者=糖尿病 监委会成员=监委成员
    不动产登记=不动产 新闻稿=稿件 负责人电话=负责人手机 许可证编号=许可证号 人力资源=人资
    工作进展=进展 任务完成=完成 存在问题=问题 专项检查=专检 综合督查=综督 知识竞赛=竞赛 满意度测评=测评 污水处理厂=污水厂
    垃圾中转站=中转站 农贸市场=市场 文化广场=广场 药材基地=药基地 安置小区=小区 合作社=社""")
_WRITTEN = """进一步 切实 认真 及时 扎实 有关 相关 全面 具体 本辖区 辖区内 按要求 按时 统一 规范 尽快 如实 逐一 各单位 各乡镇
请各村 工作中 （试行） （第二批） （修订） 等 今年以来 有关事项 的具体要求 落实好 一次性 集中 专门 同步 分级分类"""
INSERTED = _WRITTEN.split()


def synonym(entry: Entry, rng: Random) -> str | None:
    """Exchange one or two terms for another of their group."""
    return _exchanged(entry.text, _table(shorter=False), rng)


def synonym_unseen(entry: Entry, rng: Random) -> str | None:
    """Exchange one or two terms for what the table does not know."""
    return _exchanged(entry.text, {term: (other,) for term, other in UNSEEN.items()}, rng)


def abbreviation(entry: Entry, rng: Random) -> str | None:
    """Cut one or two long forms to short ones."""
    return _exchanged(entry.text, _table(shorter=True), rng)


def abbreviation_unseen(entry: Entry, rng: Random) -> str | None:
    """Cut one or two long forms to short ones that the table does not know."""
    return _exchanged(entry.text, {term: (other,) for term, other in UNSEEN_SHORT.items()}, rng)


def order(entry: Entry, rng: Random) -> str | None:
    """Join the parts that say something in another order, the frame (关于 … 的通知) around the first ones again."""
    said = [part for slot, part in entry.parts if slot and part]
    if len(said) < 3:
        return None
    moved = said[:]
    while moved == said:
        rng.shuffle(moved)
    text = rng.choice(("", "", "，")).join(moved[:2]) + "".join(moved[2:])
    return text if text != entry.text else None


def number(entry: Entry, rng: Random) -> str | None:
    """Write each number, or one of several, in another way."""
    changed = re.sub(r"\d+|第[一二三四]季", lambda found: _rewritten(found.group(), rng), entry.text)
    return changed if changed != entry.text else None


def insertion(entry: Entry, rng: Random) -> str | None:
    """Put one to three words in between the parts."""
    parts = [part for _, part in entry.parts if part]
    for _ in range(rng.randint(1, 3)):
        parts.insert(rng.randint(0, len(parts)), rng.choice(INSERTED))
    return "".join(parts)


def several(entry: Entry, rng: Random) -> str | None:
    """Move or insert, then exchange, cut, exchange what the table does not know, and rewrite numbers: whatever applies."""
    text = rng.choice((order, insertion))(entry, rng) or entry.text
    for edit in (synonym, abbreviation, synonym_unseen, number):
        text = edit(Entry(text, ()), rng) or text
    return text


def several_short(entry: Entry, rng: Random) -> str | None:
    """Do the same to an entry of few characters, which has little left that tells it from others."""
    return several(entry, rng) if len(entry.text) <= SHORT else None


def traditional(entry: Entry, rng: Random) -> str | None:
    """Write in traditional characters, Taiwan's or Hong Kong's."""
    text = _converter(rng.choice(("s2tw", "s2hk", "s2t"))).convert(entry.text)
    return text if text != entry.text else None


EDITS: dict[str, Edit] = {
    "synonym": synonym,
    "synonym, unseen": synonym_unseen,
    "order": order,
    "abbreviation": abbreviation,
    "abbreviation, unseen": abbreviation_unseen,
    "number": number,
    "insertion": insertion,
    "several at once": several,
    "several at once, short": several_short,
    "traditional characters": traditional,
}


def _exchanged(text: str, others: dict[str, Sequence[str]], rng: Random) -> str | None:
    """Exchange up to two terms of `others` that stand in `text`, the longest at each place; None where there is nothing to."""
    found = [match for match in _pattern(tuple(others)).finditer(text) if others[match.group()]]
    if not found:
        return None
    for match in sorted(rng.sample(found, min(len(found), rng.randint(1, 2))), key=lambda one: -one.start()):
        text = text[: match.start()] + rng.choice(others[match.group()]) + text[match.end() :]
    return text


@cache
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))


@cache
def _table(*, shorter: bool) -> dict[str, Sequence[str]]:
    """Return for each term of the table the short forms of it in its group, or the others that are none."""
    others: dict[str, Sequence[str]] = {}
    for group in demand_synonyms():
        for term in group:
            others[term] = [other for other in group if other != term and shorter == _shortens(other, term)]
    return others


def _shortens(short: str, long: str) -> bool:
    """Tell whether the characters of `short` stand in `long` in the same order, and there are fewer of them."""
    characters = iter(long)
    return len(short) < len(long) and all(character in characters for character in short)


def _rewritten(written: str, rng: Random) -> str:
    if written.startswith("第"):
        return f"第{'一二三四'.index(written[1]) + 1}季"
    if rng.random() < 0.3:
        return written.translate({ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)})
    if len(written) == 4 and written.startswith("20"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in written)
    value = int(written)
    if value >= 10_000 and rng.random() < 0.5:
        return f"{value / 10_000:g}万"
    if value >= 1000 and rng.random() < 0.5:
        return f"{value:,}"
    return _counted(value)


def _counted(value: int) -> str:
    """Return a number below 100,000 as it is counted: 三百零五."""
    if value >= 10_000:
        rest = value % 10_000
        return f"{_counted(value // 10_000)}万{'零' if 0 < rest < 1000 else ''}{_counted(rest) if rest else ''}"
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            said += ("零" if gap and said else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(said)
    return said.removeprefix("一") if said.startswith("一十") else said or "零"


@cache
def _converter(name: str) -> Any:
    from opencc import OpenCC

    return OpenCC(name)
