"""What the departments of the fictional county asked of its towns and villages over three years.

Shares of kinds and states, how often and how much is asked, are chosen so that the register looks like one that a county
begins with: many reports, some with photographs, few withdrawn. All wordings are put together here; no real notice is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from qingzhuang.demo.names import by_department, names
from qingzhuang.demo.places import DEPARTMENTS

DEMANDS = 1200
YEARS = 3

_KINDS = {
    "report": 46,
    "inspection": 13,
    "meeting": 11,
    "assessment": 8,
    "mandate": 8,
    "document": 8,
    "pledge": 4,
    "task_force": 2,
}
_TITLES = {
    "report": (
        "关于报送{matter}工作情况的通知",
        "关于做好{matter}台账更新的通知",
        "关于填报{matter}基本情况的通知",
        "关于开展{matter}摸底的通知",
    ),
    "inspection": ("关于开展{matter}督查的通知", "关于{matter}工作调研督导的通知"),
    "meeting": ("关于召开{matter}工作推进会的通知", "关于召开{matter}视频会议的通知"),
    "assessment": ("关于印发{year}年{matter}考核办法的通知",),
    "mandate": ("关于下达{year}年{matter}任务的通知",),
    "document": ("关于印发{year}年{matter}工作要点的通知",),
    "pledge": ("关于签订{year}年{matter}目标责任书的通知",),
    "task_force": ("关于成立{matter}工作专班的通知",),
}
_TIMES = {
    "report": ((12, 0.5), (4, 0.3), (52, 0.12), (1, 0.08)),
    "inspection": ((2, 0.6), (1, 0.4)),
    "meeting": ((1, 0.8), (4, 0.2)),
}
_EVIDENCE = (
    ("photo", "上传现场照片", "0.1", 0.3),
    ("ledger", "建立工作台账备查", "1", 0.18),
    ("minutes", "提供会议记录", "1", 0.08),
)
_OF_KIND = {
    "report": ("field", "报送{matter}情况表", "1"),
    "inspection": ("visit", "迎接现场检查并提供资料", "3"),
    "meeting": ("visit", "负责同志参会", "2.5"),
    "assessment": ("field", "报送{matter}自评材料", "6"),
    "mandate": ("field", "报送{matter}进展", "1.5"),
    "document": ("field", "报送贯彻落实情况", "2"),
    "pledge": ("signature", "签订责任书并报送", "0.5"),
    "task_force": ("field", "报送专班工作进展", "1"),
}
_OFTEN = {52: "，每周一次", 12: "，每月一次", 4: "，每季度一次", 2: "，每半年一次"}
_BASES = ("《{year}年全县督查检查考核计划》", "县委常委会会议决定", "市级部门年度工作部署", "县政府常务会议决定")
_ENDS = {"active": 0.72, "withdrawn": 0.06, "refused": 0.05, "returned": 0.06, "submitted": 0.3, "draft": 0.05}
_BACK = {"returned": 40, "submitted": 25, "draft": 20}
"""States that a demand is in only if it was drafted in the last so many days."""


@dataclass(frozen=True)
class MadeAsk:
    """One ask of a demand."""

    kind: str
    text: str
    per_year: Decimal
    items: int
    hours_each: Decimal
    medium: str = ""


@dataclass(frozen=True)
class MadeDemand:
    """A demand of the demo: `issuer` is a department's name, `levels` those at which every unit of the county is meant."""

    issuer: str
    kind: str
    title: str
    basis: tuple[str, ...]
    drafted: date
    due: date
    expires: date
    state: str
    levels: tuple[str, ...]
    asks: tuple[MadeAsk, ...]

    @property
    def text(self) -> str:
        """The notice that it would be."""
        said = "".join(
            f"{number}、{ask.text}{_OFTEN.get(int(ask.per_year), '')}。\n" for number, ask in enumerate(self.asks, 1)
        )
        basis = f"根据{self.basis[0]}，" if self.basis else ""
        due = f"{self.due.year}年{self.due.month}月{self.due.day}日"
        day = f"{self.drafted.year}年{self.drafted.month}月{self.drafted.day}日"
        return f"{self.title}\n各乡镇：\n{basis}现将有关事项通知如下。\n{said}请于{due}前落实。\n{self.issuer}\n{day}\n"


def make_demands(*, count: int = DEMANDS, seed: int = 1, on: date) -> list[MadeDemand]:
    """Make `count` demands of the three years up to `on`, the oldest first; the same arguments give the same demands."""
    rng = np.random.default_rng([seed, 3])
    days = np.sort(rng.integers(0, YEARS * 365, count))
    return [_made(on - timedelta(days=YEARS * 365 - 1 - int(day)), on, rng) for day in days]


def _made(drafted: date, on: date, rng: np.random.Generator) -> MadeDemand:
    # Some departments ask for much and some for little.
    issuer = DEPARTMENTS[int(len(DEPARTMENTS) * rng.beta(0.9, 1.3))]
    matters = (*by_department("department_lines").get(issuer, ()), *names("tasks"))
    matter = matters[int(len(matters) * rng.beta(0.8, 2))]
    kind = _drawn(list(_KINDS), list(_KINDS.values()), rng)
    title = _TITLES[kind][rng.integers(len(_TITLES[kind]))].format(matter=matter, year=drafted.year)
    often = dict(_TIMES.get(kind, ((1, 1.0),)))
    per_year = Decimal(_drawn(list(often), list(often.values()), rng))
    what, text, hours = _OF_KIND[kind]
    asks = [MadeAsk(what, text.format(matter=matter), per_year, 1, Decimal(hours))]
    for medium, said, each, share in _EVIDENCE:
        if kind in {"report", "inspection", "assessment"} and rng.random() < share:
            items = int(rng.integers(3, 7)) if medium == "photo" else 1
            asks.append(MadeAsk("evidence", said, per_year, items, Decimal(each), medium))
    levels = (("town", "village"), ("town",), ("village",))[int(rng.choice(3, p=[0.45, 0.4, 0.15]))]
    lasts = int(rng.choice([90, 180, 365, 540], p=[0.2, 0.25, 0.45, 0.1]))
    basis = (_BASES[rng.integers(len(_BASES))].format(year=drafted.year),) if rng.random() < 0.7 else ()
    due = drafted + timedelta(days=int(rng.integers(3, min(lasts, 60))))
    expires = drafted + timedelta(days=lasts)
    return MadeDemand(
        issuer, kind, title, basis, drafted, due, expires, _state(drafted, expires, on, rng), levels, tuple(asks)
    )


def _state(drafted: date, expires: date, on: date, rng: np.random.Generator) -> str:
    state = _drawn(list(_ENDS), list(_ENDS.values()), rng)
    if state in _BACK and (on - drafted).days > _BACK[state]:
        state = "active"
    return "expired" if state == "active" and expires <= on else state


def _drawn(choices: Sequence[object], weights: Sequence[float], rng: np.random.Generator) -> str:
    share = np.array(weights, dtype=float)
    return str(choices[int(rng.choice(len(choices), p=share / share.sum()))])
