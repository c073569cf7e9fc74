"""The words that head a column, in the usual spellings, and what each one means (`docs/reference/input.md` shows the same lists).

Headers are compared after folding width, case, spaces, punctuation and script; a remark in brackets is tried with and without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from qingzhuang.domain.channels.text import fold


class Kind(StrEnum):
    """Which table a sheet or file is."""

    CHANNELS = "channels"
    MEMBERSHIPS = "memberships"
    PEOPLE = "people"
    UNITS = "units"
    NICKNAMES = "nicknames"


SERIAL = "serial"
"""A running number (序号): the id of a channel where nothing better is there, otherwise passed over."""

PHONE = "phone"
"""A phone number: never needed, never kept."""

_CHANNEL_ID = (
    "channel_id", "channel", "group_id", "群编号", "群ID", "群号", "群代码", "工作群编号", "工作群ID", "微信群编号", "QQ群号",
    "应用编号", "APP编号", "编号",
)  # fmt: skip
_CHANNEL_NAME = (
    "name", "channel_name", "group_name", "群名称", "群名", "工作群名称", "微信群名称", "QQ群名称", "微信工作群名称", "QQ工作群名称",
    "工作群", "微信群", "QQ群", "群组名称", "应用名称", "APP名称", "政务APP名称", "小程序名称", "公众号名称", "名称",
)  # fmt: skip
_PERSON_ID = (
    "person_id",
    "person",
    "member_id",
    "user_id",
    "人员编号",
    "人员ID",
    "成员编号",
    "成员ID",
    "用户ID",
    "工号",
    "员工编号",
)
_PERSON_NAME = (
    "member",
    "members",
    "成员",
    "群成员",
    "成员姓名",
    "成员名单",
    "群成员名单",
    "群成员姓名",
    "人员",
    "姓名",
    "用户",
)
_NICKNAME = ("nickname", "昵称", "群昵称", "群内昵称", "成员昵称", "群名片")

HEADERS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    Kind.CHANNELS: {
        "channel_id": _CHANNEL_ID,
        "name": _CHANNEL_NAME,
        "platform": ("platform", "平台", "所在平台", "使用平台", "平台类型", "应用平台", "载体"),
        "owner": ("owner", "群主", "群主姓名", "群管理员", "群负责人", "管理员", "责任人", "负责人"),
        "unit": (
            "unit", "单位", "所属单位", "建群单位", "单位名称", "主管单位", "责任单位", "主办单位", "所在单位", "填报单位",
            "乡镇", "部门",
        ),
        "category": ("category", "类别", "群类别", "群类型", "群分类", "分类", "类型"),
        "purpose": (
            "purpose", "用途", "群用途", "主要用途", "建群目的", "建群用途", "用途说明", "functions", "功能", "主要功能", "工作内容",
        ),
        "task": ("task", "工作任务", "任务", "任务名称", "对应任务", "专项任务", "专项工作"),
        "task_end": (
            "task_end", "任务结束", "任务结束时间", "任务结束日期", "任务完成时间", "任务截止", "任务截止时间", "任务截止日期",
            "任务期限",
        ),
        "created": ("created", "创建时间", "创建日期", "建群时间", "建群日期", "建立时间", "成立时间", "上线时间"),
        "last_active": (
            "last_active", "最后活跃", "最后活跃时间", "最后活跃日期", "最近活跃", "最近活跃时间", "最近活跃日期", "最后发言时间",
            "最后消息时间", "最近更新时间",
        ),
        "messages_30d": (
            "messages_30d", "近30天消息数", "近30日消息数", "近30天消息量", "近30天消息条数", "近三十天消息数", "30天消息数",
            "近一月消息数", "近一个月消息数", "月消息数", "月消息量",
        ),
        "secrecy": ("secrecy", "密级", "涉密等级", "保密级别", "保密等级", "涉密情况", "是否涉密"),
        "sunset": (
            "sunset", "注销", "注销时间", "注销日期", "有效期", "有效期至", "有效期限", "到期时间", "到期日期", "到期日", "失效日期",
        ),
        "approval": (
            "approval", "审批", "审批文号", "批准文号", "审批情况", "审核登记号", "备案号", "备案情况", "是否审批", "是否备案",
        ),
        "head_count": (
            "head_count", "人数", "群人数", "成员数", "成员人数", "成员数量", "群成员数", "群成员人数", "用户数",
        ),
        "last_work_message": (
            "last_work_message", "最近工作消息", "最近一次工作消息", "最近工作信息", "最近一次工作信息", "最后工作消息",
            "最近工作消息时间",
        ),
        "posts": (
            "posts", "对应岗位", "面向岗位", "面向单位", "对应单位", "面向岗位或单位", "参加岗位", "参加单位", "成员单位", "覆盖单位",
            "面向对象", "使用对象",
        ),
        "members": ("members", "成员", "群成员", "成员名单", "群成员名单", "成员姓名", "群成员姓名"),
    },
    Kind.MEMBERSHIPS: {
        "channel_id": _CHANNEL_ID,
        "channel_name": _CHANNEL_NAME,
        "person_id": _PERSON_ID,
        "nickname": _NICKNAME + _PERSON_NAME,
    },
    Kind.PEOPLE: {
        "person_id": (*_PERSON_ID, "编号"),
        "name": ("name", "姓名", "人员姓名", "干部姓名"),
        "unit": ("unit", "单位", "所在单位", "工作单位", "所属单位", "单位名称", "部门"),
        "post": ("post", "岗位", "职务", "职位", "岗位职务", "职务岗位"),
        "left_on": (
            "left_on", "离岗时间", "离岗日期", "离岗", "离职时间", "离职日期", "调离时间", "调离日期", "离任时间", "退休时间",
        ),
    },
    Kind.UNITS: {
        "unit": ("unit", "单位", "单位名称", "机构", "机构名称", "名称"),
        "parent": ("parent", "上级单位", "上级", "主管单位", "隶属单位", "上级机构"),
        "level": ("level", "层级", "级别", "单位层级", "单位级别"),
    },
    Kind.NICKNAMES: {
        "nickname": _NICKNAME,
        "person_id": _PERSON_ID,
        "same": ("same", "是否同一人", "是否本人", "同一人", "确认"),
    },
}  # fmt: skip
"""Field → headers that mean it, per table; where two columns mean one field, the header that stands earlier wins."""

SERIAL_HEADERS = ("序号", "no", "serial")
PHONE_HEADERS = (
    "电话",
    "电话号码",
    "联系电话",
    "联系方式",
    "手机",
    "手机号",
    "手机号码",
    "phone",
    "phone_number",
    "mobile",
    "tel",
)

TABLE_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHANNELS: (
        "channels", "channel", "groups", "工作群", "群", "群组", "微信群", "QQ群", "微信工作群", "QQ工作群", "工作微信群",
        "政务APP", "APP", "应用", "小程序", "公众号",
    ),
    Kind.MEMBERSHIPS: ("memberships", "membership", "members", "群成员", "成员", "工作群成员", "微信群成员"),
    Kind.PEOPLE: ("people", "persons", "person", "人员", "工作人员", "干部", "花名册", "人员花名册"),
    Kind.UNITS: ("units", "unit", "单位", "机构", "组织机构", "组织"),
    Kind.NICKNAMES: ("nicknames", "nickname", "昵称", "群昵称", "昵称核对", "昵称确认", "待确认昵称", "Nicknames to confirm"),
}  # fmt: skip
"""Names of sheets and files; `_2`, `_3` … and words such as 表, 清单, 台账, 名单 may follow."""

COMPULSORY: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.CHANNELS: (("channel_id",),),
    Kind.MEMBERSHIPS: (("channel_id", "channel_name"), ("person_id", "nickname")),
    Kind.PEOPLE: (("person_id", "name"),),
    Kind.UNITS: (("unit",),),
    Kind.NICKNAMES: (("nickname",), ("person_id",), ("same",)),
}
"""Per table, groups of columns of which one must be there."""

_TAIL = re.compile(r"(信息|情况|统计|登记|汇总|明细|清单|台账|名单|名册|一览|表|副本|list|table|sheet)+$")
_NUMBER = re.compile(r"[_\-\s(（]*\d+[)）]?$")
_BRACKETS = re.compile(r"[(（\[【〔].*?[)）\]】〕]")


@cache
def _index(kind: Kind) -> Mapping[str, tuple[str, int]]:
    """Return folded header → (field, how early in its list), with the serial and phone columns that every table may have."""
    index: dict[str, tuple[str, int]] = {}
    for field, headers in HEADERS[kind].items():
        for rank, header in enumerate(headers):
            index.setdefault(fold(header), (field, rank))
    for rank, header in enumerate(SERIAL_HEADERS):
        index.setdefault(fold(header), (SERIAL, rank))
    for rank, header in enumerate(PHONE_HEADERS):
        index.setdefault(fold(header), (PHONE, rank))
    return index


@lru_cache(maxsize=65_536)
def match(kind: Kind, header: str) -> tuple[str, int] | None:
    """Return which field of `kind` is meant by `header`, and how early it stands in the list; None where it is not known."""
    index = _index(kind)
    for spelling in (fold(header), fold(_BRACKETS.sub("", header))):
        if spelling in index:
            return index[spelling]
    folded = fold(header)
    if any(word in folded for word in ("电话", "手机号", "联系方式")):
        return PHONE, len(PHONE_HEADERS)
    return None


def is_continuation(name: str) -> bool:
    """Tell whether `name` ends in a number, as `memberships_2`."""
    return _NUMBER.search(name.strip()) is not None


def kind_of_name(name: str) -> Kind | None:
    """Return the table that a sheet or file of this name holds, None where the name says nothing."""
    folded = fold(_NUMBER.sub("", name.strip()))
    names = _table_names()
    return names.get(folded) or names.get(_TAIL.sub("", folded))


def hint_of_name(name: str) -> Kind | None:
    """Return the table that `name` seems to speak of, as 容美镇微信工作群清单; headers have the last word."""
    folded = fold(name)
    words = (
        (Kind.NICKNAMES, "昵称"), (Kind.MEMBERSHIPS, "成员"), (Kind.MEMBERSHIPS, "member"), (Kind.PEOPLE, "人员"),
        (Kind.PEOPLE, "花名册"), (Kind.CHANNELS, "群"), (Kind.CHANNELS, "app"), (Kind.CHANNELS, "小程序"),
        (Kind.CHANNELS, "公众号"), (Kind.CHANNELS, "channel"), (Kind.UNITS, "单位"), (Kind.UNITS, "机构"),
    )  # fmt: skip
    return next((kind for kind, word in words if word in folded), None)


@cache
def _table_names() -> Mapping[str, Kind]:
    return {fold(name): kind for kind, names in TABLE_NAMES.items() for name in names}
