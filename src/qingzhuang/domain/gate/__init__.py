"""The gate 准入: what the rules in force say against a notice or a demand."""

from qingzhuang.domain.gate.check import Checker, DayFrom, Judgement
from qingzhuang.domain.gate.findings import Code, Finding, Place
from qingzhuang.domain.gate.judge import Gate
from qingzhuang.domain.gate.subjects import VARIABLES

__all__ = ["VARIABLES", "Checker", "Code", "DayFrom", "Finding", "Gate", "Judgement", "Place"]
