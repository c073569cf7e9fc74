"""The fictional county: its units and posts, the same in every county.

All places are invented: towns carry fragments of old poems. Nobody has a name: a person is an id with a post.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from qingzhuang.demo.names import names

TOWNS = names("towns")
DEPARTMENTS = names("departments")
VILLAGES = 120
_VILLAGE_HEADS, _VILLAGE_TAILS = "春夏秋冬风花雪月琴棋书画", "声影香色韵痕信梦归晴晓晚"

_PULL = {"镇党委书记": 1.1, "镇长": 1.15, "党政办主任": 1.1, "局长": 1.1, "村支部书记": 1.15, "村文书": 0.95}

LEFT_PER_COUNTY = 20
"""People who have left their unit: in `people` with `left_on`, in no channel, here and there still named as an owner."""

COUNTY, FIRST_DEPARTMENT = 0, 1
FIRST_TOWN = FIRST_DEPARTMENT + len(DEPARTMENTS)
FIRST_VILLAGE = FIRST_TOWN + len(TOWNS)
UNITS = FIRST_VILLAGE + VILLAGES
"""Units of a county; a unit is known by its slot: the county, then departments, towns and villages."""

OTHER_VILLAGE, OTHER_TOWN, OTHER_DEPARTMENT, LEADER, OWN, OWN_TOWN, OWN_VILLAGE = range(7)
"""How a person is related to a unit, as the codes of `Layout.relation`."""


@dataclass(frozen=True)
class Layout:
    """One county as arrays.

    A person is a slot too: those in office first, `LEFT_PER_COUNTY` who have left after them. `names` and `parent` are by unit;
    `person_unit` and `posts` by person, `pull` (how often one is drawn) by person in office; `relation` is unit × person in office.
    """

    names: tuple[str, ...]
    parent: NDArray[np.int64]
    person_unit: NDArray[np.int64]
    posts: tuple[str, ...]
    pull: NDArray[np.float32]
    relation: NDArray[np.int8]
    mayor: int

    @property
    def active(self) -> int:
        """People in office."""
        return len(self.pull)


@cache
def layout() -> Layout:
    """Return the one layout that every county has."""
    parent = np.full(UNITS, COUNTY)
    parent[FIRST_VILLAGE:] = FIRST_TOWN + np.arange(VILLAGES) % len(TOWNS)
    parent[COUNTY] = -1
    staffed = [_posts_of(slot) for slot in range(UNITS)]
    person_unit = np.repeat(np.arange(UNITS), [len(posts) for posts in staffed])
    posts = [post for each in staffed for post in each]
    left_unit = FIRST_DEPARTMENT + np.arange(LEFT_PER_COUNTY) * 7 % (UNITS - 1)
    left_posts = [_posts_of(int(slot))[-1] for slot in left_unit]
    return Layout(
        names=("县", *DEPARTMENTS, *TOWNS, *village_names()),
        parent=parent,
        person_unit=np.concatenate([person_unit, left_unit]),
        posts=(*posts, *left_posts),
        pull=np.array([_PULL.get(post, 1.0) for post in posts], np.float32),
        relation=_relation(parent, person_unit),
        mayor=int(np.flatnonzero(person_unit == FIRST_TOWN)[names("town_posts").index("镇长")]),
    )


def village_names() -> tuple[str, ...]:
    """Return the names of a county's villages, all different."""
    pairs = [head + tail for tail in _VILLAGE_TAILS for head in _VILLAGE_HEADS]
    return tuple(f"{pair}村" for pair in pairs[:VILLAGES])


def _posts_of(slot: int) -> tuple[str, ...]:
    if slot == COUNTY:
        return names("county_posts")
    if slot < FIRST_TOWN:
        return names("department_posts")
    return names("town_posts" if slot < FIRST_VILLAGE else "village_posts")


def _relation(parent: NDArray[np.int64], person_unit: NDArray[np.int64]) -> NDArray[np.int8]:
    tier = np.searchsorted([FIRST_DEPARTMENT, FIRST_TOWN, FIRST_VILLAGE], person_unit, side="right")
    relation = np.tile(np.array([LEADER, OTHER_DEPARTMENT, OTHER_TOWN, OTHER_VILLAGE], np.int8)[tier], (UNITS, 1))
    unit = np.arange(UNITS)[:, None]
    town = np.where(unit >= FIRST_VILLAGE, parent[:, None], unit)
    below_town = (unit >= FIRST_TOWN) & (parent[person_unit][None, :] == town) & (person_unit[None, :] >= FIRST_VILLAGE)
    relation[below_town] = OWN_VILLAGE
    relation[(unit >= FIRST_VILLAGE) & (person_unit[None, :] == town)] = OWN_TOWN
    relation[unit == person_unit[None, :]] = OWN
    return relation
