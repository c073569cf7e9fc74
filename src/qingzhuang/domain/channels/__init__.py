"""Channels (工作群): work groups and government apps, what is wrong with each, and the least burden that still
reaches everyone.

Read `inventory` for what is handed in, `rules` for what judges it, `findings` for what is found, `merges` for what
may be merged and at which cost, `plan` for what is chosen, `lighten` for the whole."""

from qingzhuang.domain.channels.inventory import (
    DoubtfulNickname,
    InputFile,
    Inventory,
    LastHeard,
    MembersAre,
    Note,
    Secrecy,
)
from qingzhuang.domain.channels.lighten import lighten
from qingzhuang.domain.channels.result import Action, Code, Figures, Finding, Lightening, ReasonCode, Step
from qingzhuang.domain.channels.rules import BadRules, ChannelRules, channel_rules

__all__ = [
    "Action",
    "BadRules",
    "ChannelRules",
    "Code",
    "DoubtfulNickname",
    "Figures",
    "Finding",
    "InputFile",
    "Inventory",
    "LastHeard",
    "Lightening",
    "MembersAre",
    "Note",
    "ReasonCode",
    "Secrecy",
    "Step",
    "channel_rules",
    "lighten",
]
