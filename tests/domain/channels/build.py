"""Small inventories and rules, said in few words."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import polars as pl

from qingzhuang.domain.channels import ChannelRules, Inventory, MembersAre, channel_rules
from qingzhuang.domain.channels.inventory import CHANNELS, MEMBERSHIPS, PEOPLE, UNITS
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import open_book
from qingzhuang.tables.packs import load_packs

ON = date(2026, 11, 1)


def inventory(
    channels: list[dict[str, Any]],
    members: dict[str, str | list[str]] | None = None,
    people: list[dict[str, Any]] = (),  # type: ignore[assignment]
    units: list[dict[str, Any]] = (),  # type: ignore[assignment]
    **given: Any,
) -> Inventory:
    """Return an inventory; what is given is what any row mentions, unless `given` says otherwise."""
    names = {f"channels.{column}" for row in channels for column in row}
    names |= {f"people.{column}" for row in people for column in row} | (
        {"memberships.person_id"} if members is not None else set()
    )
    rows = [(channel, person) for channel, persons in (members or {}).items() for person in persons]
    return Inventory(
        channels=pl.DataFrame(channels, schema=CHANNELS),
        memberships=pl.DataFrame(rows, schema=MEMBERSHIPS, orient="row").unique(maintain_order=True),
        people=pl.DataFrame(list(people), schema=PEOPLE),
        units=pl.DataFrame(list(units), schema=UNITS),
        members_are=given.pop("members_are", MembersAre.PERSONS if members is not None else MembersAre.UNKNOWN),
        given=frozenset(given.pop("given", names)),
    )


def rules(on: date = ON, packs: tuple[str, ...] = (), **changes: Any) -> ChannelRules:
    """Return the built-in rules with `changes`."""
    return dataclasses.replace(channel_rules(open_book(load_packs(packs, lists=LISTS), on)), **changes)
