"""What several sections of a report look up: sizes, units and platforms of channels, actions and findings by what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.values import said_number
from qingzhuang.documents.lighten.voice import Voice
from qingzhuang.domain.channels.inventory import MembersAre
from qingzhuang.domain.channels.result import Action, Finding


@dataclass(frozen=True)
class Facts:
    """Columns of the inventory by channel id; a channel whose size is not known is not in `sizes`."""

    sizes: Mapping[str, int]
    units: Mapping[str, str | None]
    platforms: Mapping[str, str | None]
    secrecy: Mapping[str, str | None]
    actions: Mapping[str, Action]

    def largest(self, channel_ids: Iterable[str], count: int) -> list[str]:
        """Return the `count` largest of `channel_ids`, of equal size in the order of their ids."""
        return nsmallest(count, channel_ids, key=lambda channel_id: (-self.sizes.get(channel_id, -1), channel_id))

    def sized(self, channel_id: str, voice: Voice) -> str:
        """Return the name of a channel with its size behind it."""
        size = self.sizes.get(channel_id)
        name = voice.channel(channel_id)
        return name if size is None else voice("sized", name=name, count=size, size=said_number(size))

    def unit(self, channel_id: str, voice: Voice) -> str:
        """Return the unit of a channel, or that none is given."""
        return self.units.get(channel_id) or voice("no_unit")


def facts_of(report: Report) -> Facts:
    """Return what the sections look up, read once from `report`."""
    channels = report.inventory.channels
    ids = channels["channel_id"].to_list()

    def by_id(column: str) -> dict[str, str | None]:
        return dict(zip(ids, channels[column].to_list(), strict=True))

    actions = {action.channel_id: action for action in report.result.actions}
    return Facts(sizes_of(report), by_id("unit"), by_id("platform"), by_id("secrecy"), actions)


def sizes_of(report: Report) -> dict[str, int]:
    """Return how many are in each channel: counted from the memberships, the stated head count where there are none."""
    channels = report.inventory.channels
    if report.inventory.members_are is MembersAre.PERSONS:
        counted = report.inventory.memberships.group_by("channel_id").len()
        none: dict[str, int] = dict.fromkeys(channels["channel_id"].to_list(), 0)
        return none | dict(zip(counted["channel_id"], counted["len"], strict=True))
    stated = channels.filter(channels["head_count"].is_not_null())
    return dict(zip(stated["channel_id"], stated["head_count"], strict=True))


def findings_by_rule(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    """Group findings by code and rule, in the order in which they first come."""
    grouped: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.code.value, finding.rule.id].append(finding)
    return dict(grouped)
