"""Dated rules: which hold on a day, with which values, and who says so.

The question: given rule packs as plain data, what is in force on a day? A pack is read by `read_pack`, which refuses
what it does not know and names the place; `open_book` lays packs over one another, so that a local pack changes a
number, a severity or a text without repeating the rest.

>>> from datetime import date
>>> source = {"document": "a county's notice", "certainty": "own"}
>>> dated = [{"from": date(2019, 1, 1), "value": 90, "citation": source}, {"from": date(2024, 1, 1), "value": 60, "citation": source}]
>>> head = {"id": "local", "title": "a local pack", "issuer": "a county", "in_force": {"from": date(2019, 1, 1)}}
>>> pack = read_pack(head | {"parameters": {"idle_days": {"values": dated}}}, sha256="")
>>> open_book([pack], date(2020, 5, 1)).value("idle_days"), open_book([pack], date(2025, 5, 1)).value("idle_days")
(90, 60)

What it does not do: it reads no file (`tables.packs` does), and it evaluates no condition yet: the values are used
by the domain."""

from qingzhuang.engines.rules.book import RuleBook, is_in_force, open_book
from qingzhuang.engines.rules.model import Certainty, Citation, PackHead, Rule, Severity
from qingzhuang.engines.rules.pack import DatedValue, Fault, Pack, PackError, Parameter, read_pack

__all__ = [
    "Certainty",
    "Citation",
    "DatedValue",
    "Fault",
    "Pack",
    "PackError",
    "PackHead",
    "Parameter",
    "Rule",
    "RuleBook",
    "Severity",
    "is_in_force",
    "open_book",
    "read_pack",
]
