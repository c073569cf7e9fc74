"""Frozen shapes of a rule and of where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


@dataclass(frozen=True)
class Rule:
    """One rule in force: `message` and `suggestion` are templates by language, filled with the evidence of a finding."""

    id: str
    code: str
    severity: Severity
    message: Mapping[str, str]
    suggestion: Mapping[str, str]
    citation: Citation


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
