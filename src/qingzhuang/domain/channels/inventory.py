"""The inventory (清单) of channels (工作群): who is in which group, and what is known of each.

An `Inventory` is what a county has handed in, in one shape: every table has all of its columns, and a value that was
not given is null. `given` tells a column that was never handed in from a cell that was left blank: a rule that needs
a column that is not given is switched off and said to be, it never guesses. Government apps (政务APP, mini-programs,
public accounts) are channels too, with users for members and functions for purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl


class Secrecy(StrEnum):
    """How secret what is said in a channel is (密级); the order of the members is the order of secrecy."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class LastHeard(StrEnum):
    """When the last work message came, where only that much is known (最近一次工作消息)."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    LONGER = "longer"
    UNKNOWN = "unknown"


class MembersAre(StrEnum):
    """What stands in `Inventory.memberships`: persons, the posts or units a group was made for, or nothing at all."""

    PERSONS = "persons"
    POSTS = "posts"
    UNKNOWN = "unknown"


APP_PLATFORMS = frozenset({"app", "mini-program", "public-account"})

CHANNELS: dict[str, pl.DataType] = {
    "channel_id": pl.String(),
    "name": pl.String(),
    "platform": pl.String(),
    "owner": pl.String(),
    "unit": pl.String(),
    "category": pl.String(),
    "purpose": pl.String(),
    "task": pl.String(),
    "task_end": pl.Date(),
    "created": pl.Date(),
    "last_active": pl.Date(),
    "messages_30d": pl.Float64(),
    "secrecy": pl.Enum([level.value for level in Secrecy]),
    "sunset": pl.Date(),
    "approval": pl.String(),
    "head_count": pl.Int64(),
    "last_work_message": pl.Enum([heard.value for heard in LastHeard]),
}
MEMBERSHIPS: dict[str, pl.DataType] = {"channel_id": pl.String(), "person_id": pl.String()}
PEOPLE: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "name": pl.String(),
    "unit": pl.String(),
    "post": pl.String(),
    "left_on": pl.Date(),
}
UNITS: dict[str, pl.DataType] = {"unit": pl.String(), "parent": pl.String(), "level": pl.String()}


def empty_table(schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Return a table of `schema` without rows."""
    return pl.DataFrame(schema=schema)


@dataclass(frozen=True)
class Inventory:
    """Channels, memberships, people and units of one county, one shape each (`CHANNELS`, `MEMBERSHIPS`, `PEOPLE`,
    `UNITS`).

    `channels.channel_id` is unique; `memberships` has each pair once and names known channels only; `people` and
    `units` may be empty. `given` holds the names of what was handed in, as `channels.last_active` or
    `people.left_on`."""

    channels: pl.DataFrame
    memberships: pl.DataFrame = field(default_factory=lambda: empty_table(MEMBERSHIPS))
    people: pl.DataFrame = field(default_factory=lambda: empty_table(PEOPLE))
    units: pl.DataFrame = field(default_factory=lambda: empty_table(UNITS))
    members_are: MembersAre = MembersAre.PERSONS
    given: frozenset[str] = frozenset()

    def has(self, *columns: str) -> bool:
        """Tell whether every one of `columns`, as `channels.owner`, was handed in."""
        return self.given.issuperset(columns)


@dataclass(frozen=True)
class InputFile:
    """One file that an inventory was read from: its name, its SHA-256, and how many rows each table took from it."""

    name: str
    sha256: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class DoubtfulNickname:
    """A group nickname (群昵称) that could be one of several people, or one with part of a name: for a person to say yes or no."""

    nickname: str
    channel_id: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """Something the reader should know: a stable code and its data; words are made at the edge."""

    code: str
    data: Mapping[str, object]
