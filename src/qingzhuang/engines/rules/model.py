"""Frozen shapes of a rule and of where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a rule weighs, strongest first."""

    REJECT = "reject"
    WARN = "warn"
    INFO = "info"


class Certainty(StrEnum):
    """How sure it is that the source says so: wording seen, secondary source, from memory, or set by the pack's own author."""

    VERIFIED = "V"
    SECONDARY = "S"
    MEMORY = "M"
    OWN = "own"


@dataclass(frozen=True)
class Citation:
    """Where a rule or a value comes from; texts by language (`zh-Hans`, `en`)."""

    document: Mapping[str, str]
    clause: Mapping[str, str]
    certainty: Certainty


class Within(StrEnum):
    """How far a pattern's company reaches."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TEXT = "text"


@dataclass(frozen=True)
class PatternSpec:
    """A pattern as a pack writes it: what to `find`, and in which company.

    Within the same sentence (or paragraph, or whole text) all of `with_` and none of `without` are there; right before
    the words stands none of `not_after`, right behind them none of `not_before`. `despite` names the excuses of the
    text (the caller knows which there are) that do not excuse these words."""

    find: str
    within: Within = Within.SENTENCE
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    despite: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Thresholds:
    """From which scores on the learned weights count: a sentence that reaches `finds`, and `about` on whether it is about the
    matter, shows the sign by itself; words that a pattern finds are kept where their sentence reaches `keeps`."""

    finds: float
    keeps: float
    about: float


@dataclass(frozen=True)
class TextCondition:
    """What a rule looks for in a text: named signs, and patterns of its own."""

    signs: tuple[str, ...] = ()
    patterns: tuple[PatternSpec, ...] = ()


@dataclass(frozen=True)
class Case:
    """An example that a rule must judge as said: a `text`, or the fields of a structured `subject`; on a day, if it matters."""

    text: str | None
    subject: Mapping[str, Any] | None
    on: date | None
    note: str


@dataclass(frozen=True)
class Cases:
    """Examples that a rule finds something in (`fails`), and that it has nothing against (`passes`)."""

    fails: tuple[Case, ...] = ()
    passes: tuple[Case, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule in force: `message` and `suggestion` are templates by language, filled with the evidence of a finding.

    `applies_to` names kinds of subject, empty for all; `when` holds a CEL condition by subject; `text` what to look for
    in a text. A rule with neither is applied by whoever knows its code."""

    id: str
    code: str
    severity: Severity
    message: Mapping[str, str]
    suggestion: Mapping[str, str]
    citation: Citation
    applies_to: tuple[str, ...] = ()
    when: Mapping[str, str] = field(default_factory=dict)
    text: TextCondition | None = None
    cases: Cases = Cases()
    pack: str = ""

    def applies(self, kind: str) -> bool:
        """Tell whether the rule is meant for `kind` of subject."""
        return not self.applies_to or kind in self.applies_to


@dataclass(frozen=True)
class PackHead:
    """Which pack was used: identity, source, days in force, who checked it against the source and when, and the digest of its text."""

    id: str
    title: Mapping[str, str]
    issuer: str
    number: str | None
    issued: date | None
    in_force_from: date
    in_force_until: date | None
    checked_by: str | None
    checked_on: date | None
    sha256: str
    local: bool = False
    """Whether the pack speaks for one place only, and so holds only where it is chosen."""
