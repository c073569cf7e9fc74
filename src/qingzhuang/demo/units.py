"""The units of all counties: names that tell the counties apart, and what stands above them.

One county is 乌有县 ("there is none"); those of a larger demo are counted with the Thousand Character Classic (千字文) and the
sexagenary cycle (干支). All are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from qingzhuang.demo.places import DEPARTMENTS, FIRST_TOWN, TOWNS, VILLAGES, layout

_COUNTING = (
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉"
    "出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔"
)
_CYCLE = ("甲子", "乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午", "辛未", "壬申", "癸酉", "甲戌", "乙亥")
_PREFECTURES_PER_PROVINCE = 14


@dataclass(frozen=True)
class UnitTable:
    """Units of all counties and above: `names[county * UNITS + slot]` is a county's unit; what stands above the counties comes after."""

    names: tuple[str, ...]
    parents: tuple[str | None, ...]
    levels: tuple[str, ...]


def unit_table(counties: int) -> UnitTable:
    """Name the units of `counties` counties.

    One county stands alone; more have prefectures, provinces and a nation above them as far as needed.
    """
    if counties == 1:
        return _county_units("乌有县", "", None)
    parts = []
    for county in range(counties):
        prefecture = _prefecture(county // len(_CYCLE))
        full = f"{prefecture}{_CYCLE[county % len(_CYCLE)]}县"
        parts.append(_county_units(full, full, prefecture))
    parts.append(_above(-(-counties // len(_CYCLE))))
    return UnitTable(
        names=tuple(chain.from_iterable(part.names for part in parts)),
        parents=tuple(chain.from_iterable(part.parents for part in parts)),
        levels=tuple(chain.from_iterable(part.levels for part in parts)),
    )


def _county_units(county: str, prefix: str, above: str | None) -> UnitTable:
    plan = layout()
    departments = tuple(prefix[:-1] + name if prefix else name for name in DEPARTMENTS)
    names = (county, *departments, *(prefix + name for name in plan.names[FIRST_TOWN:]))
    parents = (above, *(names[slot] for slot in plan.parent[1:].tolist()))
    levels = ("county",) + ("department",) * len(DEPARTMENTS) + ("town",) * len(TOWNS) + ("village",) * VILLAGES
    return UnitTable(names, parents, levels)


def _above(prefectures: int) -> UnitTable:
    count = -(-prefectures // _PREFECTURES_PER_PROVINCE)
    provinces = [f"{_counted(index)}字省" for index in range(count)]
    nation = "华胥国" if count > 1 else None
    names = [*map(_prefecture, range(prefectures)), *provinces]
    parents = [*(provinces[index // _PREFECTURES_PER_PROVINCE] for index in range(prefectures)), *[nation] * count]
    levels = ["prefecture"] * prefectures + ["province"] * count
    if nation is None:
        return UnitTable(tuple(names), tuple(parents), tuple(levels))
    return UnitTable((*names, nation), (*parents, None), (*levels, "nation"))


def _prefecture(index: int) -> str:
    return f"{_counted(index)}字州"


def _counted(index: int) -> str:
    base = len(_COUNTING)
    return _COUNTING[index] if index < base else _counted(index // base - 1) + _COUNTING[index % base]
