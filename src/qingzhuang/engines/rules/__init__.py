"""Dated rules: which hold on a day, with which values, and who says so; and whether a text or a subject meets them.

The question: given rule packs as plain data, what is in force on a day? A pack is read by `read_pack`, which refuses
what it does not know and names the place; `open_book` lays packs over one another, so that a local pack changes a
number, a severity or a text without repeating the rest. A rule's condition on structured values is CEL (`Conditions`);
what it looks for in a text are patterns of RE2, alone or gathered under the name of a sign (`Sign`), and the weights that
a sign has learned from labelled texts (`weights`). `faults_of` tries
a pack's conditions and patterns before it is used.

>>> from datetime import date
>>> source = {"document": "a county's notice", "certainty": "own"}
>>> dated = [{"from": date(2019, 1, 1), "value": 90, "citation": source}, {"from": date(2024, 1, 1), "value": 60, "citation": source}]
>>> head = {"id": "local", "title": "a local pack", "issuer": "a county", "in_force": {"from": date(2019, 1, 1)}}
>>> pack = read_pack(head | {"parameters": {"idle_days": {"values": dated}}}, sha256="")
>>> open_book([pack], date(2020, 5, 1)).value("idle_days"), open_book([pack], date(2025, 5, 1)).value("idle_days")
(90, 60)

The cost: a text is searched once for each pattern, in time linear in its length (RE2: Cox, "Regular Expression Matching
Can Be Simple And Fast", 2007).

What it does not do: it reads no file (`tables.packs` does), and it knows no language: which words are excused by those
around them is for the caller to say."""

from qingzhuang.engines.rules.anchors import Words
from qingzhuang.engines.rules.book import RuleBook, is_in_force, open_book, strongest
from qingzhuang.engines.rules.conditions import Conditions
from qingzhuang.engines.rules.model import (
    Case,
    Cases,
    Certainty,
    Citation,
    PackHead,
    PatternSpec,
    Rule,
    Severity,
    TextCondition,
    Thresholds,
    Within,
)
from qingzhuang.engines.rules.pack import DatedValue, Pack, Parameter, read_pack
from qingzhuang.engines.rules.patterns import Match, Pattern, Searched
from qingzhuang.engines.rules.reader import Fault, PackError, Reader
from qingzhuang.engines.rules.signs import Sign, SignPattern, Weighed, own_patterns, signs_of, words_sought
from qingzhuang.engines.rules.verify import faults_of
from qingzhuang.engines.rules.weights import SignWeights

__all__ = [
    "Case",
    "Cases",
    "Certainty",
    "Citation",
    "Conditions",
    "DatedValue",
    "Fault",
    "Match",
    "Pack",
    "PackError",
    "PackHead",
    "Parameter",
    "Pattern",
    "PatternSpec",
    "Reader",
    "Rule",
    "RuleBook",
    "Searched",
    "Severity",
    "Sign",
    "SignPattern",
    "SignWeights",
    "TextCondition",
    "Thresholds",
    "Weighed",
    "Within",
    "Words",
    "faults_of",
    "is_in_force",
    "open_book",
    "own_patterns",
    "read_pack",
    "signs_of",
    "strongest",
    "words_sought",
]
