"""What a rule's condition may speak of: the names, types and values of a notice and of a demand, for CEL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from qingzhuang.domain.demands import Demand
from qingzhuang.domain.notices import Issuer, Reading

NOTICE: Mapping[str, str] = {
    "notice.whole": "bool",
    "notice.title": "string",
    "notice.document": "string",
    "notice.issuer": "string",
    "notice.issuer_kind": "string",
    "notice.number": "string",
    "notice.addressees": "string",
    "notice.to_governments": "bool",
    "notice.characters": "int",
    "notice.emergency": "bool",
    "notice.signs": "list(string)",
}
"""`whole`: it has a title and an issuer or a number. `document`: what the title calls it (通知, 意见 …). `issuer_kind`: committee,
government, office, department, unknown. `to_governments`: addressed to lower party committees or governments.
`characters`: of the body, without spaces. `signs`: those named in the condition that show."""

DEMAND: Mapping[str, str] = {
    "demand.kind": "string",
    "demand.title": "string",
    "demand.issuer": "string",
    "demand.issuer_kind": "string",
    "demand.number": "string",
    "demand.levels": "list(string)",
    "demand.asks": "list(map)",
    "demand.deadline_hours": "int",
    "demand.deadline_days": "int",
    "demand.joined": "list(map)",
    "demand.sanctions": "list(string)",
    "demand.basis": "list(string)",
    "demand.emergency": "bool",
}
"""`asks` have kind, text, per_year (double), items (int) and medium (empty where it is no evidence); `joined` have kind, name and
ends (empty where it never does). `deadline_hours` and `deadline_days` are -1 where the demand does not say."""

VARIABLES: Mapping[str, Mapping[str, str]] = {"notice": NOTICE, "demand": DEMAND}

_DOCUMENT = re.compile(
    r"(通知|意见|决定|办法|方案|函|通报|批复|公告|纪要|通告|命令|请示|报告|细则|规定|规则|条例|要点|计划|安排|提示|简报)(?:[（〔][^）〕]*[）〕])*$"
)
_GOVERNMENTS = re.compile(
    r"(?:各|所有|全[县市区])?(?:省|市|县|区|旗|州|盟|乡镇?|镇|街道|苏木)[^，。：；]{0,16}?(?:党委|党工委|党(?:组织)?书记|人民政府|政府(?!部门|各部门|工作部门|有关部门|办公室)|党政|办事处|委员会)"
    r"|街道办事处|党工委|各(?:乡镇|镇|街道|镇街)党政"
)


def notice_values(reading: Reading, signs: Iterable[str]) -> dict[str, Any]:
    """Return the values of `NOTICE`; `signs` are those that show."""
    head = reading.head
    named = _DOCUMENT.search(head.title or "")
    to = head.addressees or ""
    return {
        "notice.whole": head.whole,
        "notice.title": head.title or "",
        "notice.document": named[1] if named else "",
        "notice.issuer": head.issuer or "",
        "notice.issuer_kind": str(head.issuer_kind),
        "notice.number": head.number or "",
        "notice.addressees": to,
        "notice.to_governments": bool(_GOVERNMENTS.search(to)),
        "notice.characters": head.characters,
        "notice.emergency": reading.excuses.emergency,
        "notice.signs": sorted(signs),
    }


def demand_values(demand: Demand) -> dict[str, Any]:
    """Return the values of `DEMAND`."""
    deadline = demand.deadline
    days = (deadline.day - demand.dated).days if deadline and deadline.day and demand.dated else -1
    return {
        "demand.kind": str(demand.kind),
        "demand.title": demand.title or "",
        "demand.issuer": demand.issuer or "",
        "demand.issuer_kind": str(demand.issuer_kind or Issuer.UNKNOWN),
        "demand.number": demand.number or "",
        "demand.levels": [str(target.level) for target in demand.targets],
        "demand.asks": [
            {
                "kind": str(ask.kind),
                "text": ask.text,
                "per_year": float(ask.per_year),
                "items": ask.items,
                "medium": str(ask.medium or ""),
            }
            for ask in demand.asks
        ],
        "demand.deadline_hours": deadline.hours if deadline and deadline.hours is not None else -1,
        "demand.deadline_days": max(days, -1),
        "demand.joined": [{"kind": str(j.kind), "name": j.name, "ends": j.ends or ""} for j in demand.joined],
        "demand.sanctions": list(demand.sanctions),
        "demand.basis": list(demand.basis),
        "demand.emergency": demand.emergency,
    }
