"""Draft a demand from a notice: what it asks for, how often, by when, of whom, on what basis, and what it threatens with.

A draft is read off the words, to be checked by whoever issues the demand; what the notice forbids, quotes, tells of or
has ended is not asked. It knows whole notices, chat messages and the cells of scoring tables."""

from qingzhuang.domain.demands.draft.draft import draft_demand
from qingzhuang.domain.demands.draft.kinds import kind_of_notice

__all__ = ["draft_demand", "kind_of_notice"]
