"""The words that stand in cells, in the usual spellings, and the code each one means.

Compared after the same folding as headers. A word that is not here is an error where codes are a closed list (secrecy, the last work
message), and stays as written where they are not (platform, level).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from qingzhuang.domain.channels.inventory import LastHeard, Secrecy
from qingzhuang.domain.channels.text import fold

NOTHING = frozenset(
    {
        *("/", "\\", "-", "--", "—", "——", "–", "无", "無", "暂无", "暫無", "空", "没有"),
        *("n/a", "N/A", "na", "NA", "none", "None", "null", "NULL"),
    }
)
"""What people write where there is nothing to write: read as a blank cell, except in ids and names."""

NO_END = frozenset({"长期", "長期", "长期有效", "長期有效", "永久", "永久有效", "不限", "未定", "待定", "至今"})
"""What stands in a date's place when there is no such day (yet): read as a blank cell."""

NOT_APPROVED = frozenset(
    {"否", "未审批", "未批准", "未备案", "未報備", "未报备", "未经审批", "no", "No", "NO", "false", "FALSE"}
)

PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "wechat": ("wechat", "weixin", "微信", "微信群", "微信工作群", "个人微信"),
    "qq": ("qq", "QQ群", "QQ工作群", "腾讯QQ"),
    "wecom": ("wecom", "wework", "企业微信", "企微", "政务微信", "企业微信群"),
    "dingtalk": ("dingtalk", "钉钉", "钉钉群", "政务钉钉"),
    "feishu": ("feishu", "lark", "飞书", "飞书群"),
    "app": ("app", "政务APP", "手机APP", "移动应用", "应用", "客户端"),
    "mini-program": ("mini-program", "mini program", "小程序", "微信小程序", "政务小程序"),
    "public-account": ("public-account", "official account", "公众号", "微信公众号", "政务公众号", "订阅号", "服务号"),
}

SECRECY: Mapping[str, tuple[str, ...]] = {
    Secrecy.PUBLIC: ("public", "公开", "非涉密", "不涉密", "非密", "无密级", "否", "无"),
    Secrecy.INTERNAL: ("internal", "内部", "内部资料", "内部公开", "工作秘密", "敏感"),
    Secrecy.RESTRICTED: ("restricted", "受限", "涉密", "秘密", "机密", "绝密", "是"),
}

LAST_HEARD: Mapping[str, tuple[str, ...]] = {
    LastHeard.WEEK: ("week", "this week", "本周", "一周内", "近一周", "7天内", "最近一周"),
    LastHeard.MONTH: ("month", "this month", "本月", "一个月内", "一月内", "近一个月", "30天内"),
    LastHeard.QUARTER: ("quarter", "this quarter", "本季度", "本季", "三个月内", "近三个月", "90天内"),
    LastHeard.LONGER: ("longer", "更久", "更早", "三个月以上", "超过三个月", "半年以上", "一年以上", "很久"),
    LastHeard.UNKNOWN: ("unknown", "不详", "未知", "不清楚", "不知道"),
}

LEVELS: Mapping[str, tuple[str, ...]] = {
    "nation": ("nation", "国家", "中央", "国家级"),
    "province": ("province", "省", "省级", "自治区", "直辖市"),
    "prefecture": ("prefecture", "市", "州", "地级市", "市级", "市州", "州级"),
    "county": ("county", "县", "区", "县级", "区级", "县市区", "县区"),
    "department": ("department", "部门", "县直部门", "区直部门", "县直单位", "县级部门"),
    "town": ("town", "乡镇", "街道", "乡", "镇", "乡镇街道", "镇街", "乡镇级"),
    "village": ("village", "村", "社区", "村社区", "村级"),
}

YES = frozenset({"是", "yes", "y", "true", "1", "对", "是本人", "同一人"})
NO = frozenset({"否", "no", "n", "false", "0", "不", "不是", "非本人", "不是同一人"})


def code_of(words: Mapping[str, tuple[str, ...]], cell: str) -> str | None:
    """Return the code that `cell` means in `words`, None where it means none of them."""
    return _folded(tuple((code, tuple(spellings)) for code, spellings in words.items())).get(fold(cell))


def yes_or_no(cell: str) -> bool | None:
    """Return what a yes-or-no cell says, None where it says neither."""
    folded = fold(cell)
    return True if folded in YES else False if folded in NO else None


@cache
def _folded(words: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {fold(spelling): str(code) for code, spellings in words for spelling in spellings}
