"""What is planted in a county: the kinds of channels, how many of each, how large, how busy.

The numbers follow the article of 2019-03-25: of about 640 groups about 400 go, of about forty apps ten to nineteen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What a channel was planted as.

    A hub has duplicates, a container has contained channels; what keeps the hub in place is in its name.
    """

    PLAIN = 0
    EMERGENCY = 1
    TEMPORARY = 2
    HUB_BY_COST = 3
    HUB_BY_SECRECY = 4
    HUB_BY_TASK = 5
    CONTAINER = 6
    ZOMBIE = 7
    FINISHED = 8
    EMPTY = 9
    DUPLICATE = 10
    CONTAINED = 11


HUBS = (Kind.HUB_BY_COST, Kind.HUB_BY_SECRECY, Kind.HUB_BY_TASK)
DEAD = (Kind.ZOMBIE, Kind.FINISHED, Kind.EMPTY)
DERIVED = (Kind.DUPLICATE, Kind.CONTAINED)
GOES = DEAD + DERIVED
URGENT = (Kind.TEMPORARY, Kind.HUB_BY_TASK, Kind.EMERGENCY)
WITH_TASK = (Kind.TEMPORARY, Kind.HUB_BY_TASK, Kind.FINISHED)


@dataclass(frozen=True)
class Size:
    """A log-normal number: its median, its spread, its least and largest."""

    median: float
    sigma: float
    least: int
    most: int


NONE = Size(1, 0, 0, 0)


@dataclass(frozen=True)
class Mix:
    """How the channels of one county are mixed.

    `shares` are of every `of` channels; hub kinds are taken in turn; `members` and `messages` (in 30 days) are by kind.
    `standing` says whether there are groups that every unit has (领导班子群, 机关群, 乡村振兴群) and groups of villages; `public` is
    the share of ordinary and dead channels that are; `restricted` and `mismatched` are how many are restricted, on an official and
    on a public platform.
    """

    of: int
    shares: Mapping[Kind, int]
    hubs: tuple[Kind, ...]
    members: Mapping[Kind, Size]
    messages: Mapping[Kind, Size]
    standing: bool = False
    public: float = 0.5
    restricted: int = 0
    mismatched: int = 0

    def quotas(self, channels: int) -> dict[Kind, int]:
        """Return how many of each kind `channels` channels have; what no share takes is plain.

        Duplicates need a hub for every two or three of them, contained channels come in twos, with a container for both.
        """
        got = {kind: share * channels // self.of for kind, share in self.shares.items()}
        duplicates = got.get(Kind.DUPLICATE, 0)
        hubs = max(min(1, duplicates), duplicates * 5 // 14)
        for index in range(hubs):
            kind = self.hubs[index % len(self.hubs)]
            got[kind] = got.get(kind, 0) + 1
        got[Kind.CONTAINER] = got.get(Kind.CONTAINED, 0) // 2
        got[Kind.CONTAINED] = 2 * got[Kind.CONTAINER]
        return {**got, Kind.PLAIN: channels - sum(got.values())}


_LIVELY = Size(100, 0.6, 45, 900)
_CALM = Size(70, 0.4, 45, 160)
_QUIET = {
    Kind.EMERGENCY: NONE,
    Kind.ZOMBIE: NONE,
    Kind.EMPTY: NONE,
    Kind.FINISHED: Size(3, 0.6, 0, 8),
    Kind.DUPLICATE: Size(2, 0.9, 0, 6),
    Kind.CONTAINED: Size(1.4, 0.8, 0, 3),
}

GROUPS = Mix(
    of=640,
    shares={
        Kind.ZOMBIE: 120,
        Kind.FINISHED: 76,
        Kind.EMPTY: 6,
        Kind.DUPLICATE: 112,
        Kind.CONTAINED: 86,
        Kind.EMERGENCY: 14,
        Kind.TEMPORARY: 14,
    },
    hubs=(Kind.HUB_BY_SECRECY, Kind.HUB_BY_COST, Kind.HUB_BY_TASK),
    members={
        Kind.PLAIN: Size(17, 0.6, 8, 200),
        Kind.EMERGENCY: Size(20, 0.4, 12, 60),
        Kind.TEMPORARY: Size(16, 0.4, 10, 60),
        Kind.HUB_BY_COST: Size(19, 0.45, 11, 70),
        Kind.HUB_BY_SECRECY: Size(19, 0.45, 11, 70),
        Kind.HUB_BY_TASK: Size(19, 0.45, 11, 70),
        Kind.CONTAINER: Size(38, 0.35, 26, 120),
        Kind.ZOMBIE: Size(16, 0.6, 6, 160),
        Kind.FINISHED: Size(16, 0.6, 6, 120),
        Kind.EMPTY: NONE,
    },
    messages={
        **_QUIET,
        Kind.PLAIN: _LIVELY,
        Kind.TEMPORARY: _LIVELY,
        Kind.HUB_BY_COST: _CALM,
        Kind.HUB_BY_SECRECY: _CALM,
        Kind.HUB_BY_TASK: _CALM,
        Kind.CONTAINER: _CALM,
    },
    standing=True,
    public=0.1,
    restricted=4,
    mismatched=2,
)

APPS = Mix(
    of=40,
    shares={Kind.ZOMBIE: 6, Kind.FINISHED: 3, Kind.DUPLICATE: 3, Kind.CONTAINED: 2},
    hubs=(Kind.HUB_BY_SECRECY, Kind.HUB_BY_COST),
    members={
        Kind.PLAIN: Size(80, 0.5, 30, 260),
        Kind.HUB_BY_COST: Size(100, 0.3, 40, 200),
        Kind.HUB_BY_SECRECY: Size(100, 0.3, 40, 200),
        Kind.CONTAINER: Size(140, 0.2, 80, 240),
        Kind.ZOMBIE: Size(50, 0.6, 10, 260),
        Kind.FINISHED: Size(50, 0.6, 10, 260),
    },
    messages={
        **_QUIET,
        Kind.PLAIN: _LIVELY,
        Kind.HUB_BY_COST: _CALM,
        Kind.HUB_BY_SECRECY: _CALM,
        Kind.CONTAINER: _CALM,
    },
)
