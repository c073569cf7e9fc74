"""Demands 涉基层事项: what is asked of lower units, drafted from a notice or written by hand, and what it costs."""

from qingzhuang.domain.demands.demand import Ask, AskKind, Deadline, Demand, Joined, Kind, Level, Medium, Span, Target
from qingzhuang.domain.demands.draft import draft_demand, kind_of_notice
from qingzhuang.domain.demands.fields import BadDemand, demand_dict, demand_of

__all__ = [
    "Ask",
    "AskKind",
    "BadDemand",
    "Deadline",
    "Demand",
    "Joined",
    "Kind",
    "Level",
    "Medium",
    "Span",
    "Target",
    "demand_dict",
    "demand_of",
    "draft_demand",
    "kind_of_notice",
]
