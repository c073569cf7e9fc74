"""A demand 涉基层事项: what a higher unit asks of lower ones, in fields that rules, the register and people can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qingzhuang.domain.notices import Issuer


class Kind(StrEnum):
    """What is asked."""

    INSPECTION = "inspection"
    ASSESSMENT = "assessment"
    REPORT = "report"
    PLEDGE = "pledge"
    MANDATE = "mandate"
    TASK_FORCE = "task_force"
    CHANNEL = "channel"
    APP = "app"
    MEETING = "meeting"
    DOCUMENT = "document"


class AskKind(StrEnum):
    """What one ask wants delivered."""

    FIELD = "field"
    """A figure, a form, a statement or a written report."""
    EVIDENCE = "evidence"
    VISIT = "visit"
    SIGN_IN = "sign-in"
    SIGNATURE = "signature"


class Medium(StrEnum):
    """What evidence 佐证材料 is made of."""

    PHOTO = "photo"
    SCREENSHOT = "screenshot"
    VIDEO = "video"
    TRACK = "track"
    LEDGER = "ledger"
    MINUTES = "minutes"
    NOTES = "notes"
    DOCUMENT = "document"
    OTHER = "other"


class Level(StrEnum):
    """Whom a demand lands on: each unit of that level."""

    COUNTY = "county"
    DEPARTMENT = "department"
    TOWN = "town"
    VILLAGE = "village"


@dataclass(frozen=True)
class Span:
    """Where in the notice the words stand that something was read from: paragraph (index) and offsets, the end exclusive."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Ask:
    """One thing that a demand wants delivered 报送要求.

    `text` is said in the notice's own words; `items` are delivered each time, `per_year` times a year (1 for once) by
    each unit. `medium` says what evidence is made of, `levels` which of the targets deliver it: none for all of them."""

    kind: AskKind
    text: str
    per_year: Fraction = Fraction(1)
    items: int = 1
    medium: Medium | None = None
    levels: tuple[Level, ...] = ()
    span: Span | None = None


@dataclass(frozen=True)
class Target:
    """Units of one `level`; `count` of them where the demand says how many, `words` as it names them."""

    level: Level
    words: str
    count: int | None = None


@dataclass(frozen=True)
class Deadline:
    """By when: a day, or hours from receipt where the words leave less than a day; None where nothing is said."""

    words: str
    day: date | None = None
    hours: int | None = None


@dataclass(frozen=True)
class Joined:
    """A group or an app that people are to join; `ends` where the demand says when it closes."""

    kind: Kind
    name: str
    ends: str | None = None


@dataclass(frozen=True)
class Demand:
    """A demand as it is put to the gate."""

    kind: Kind
    title: str | None = None
    issuer: str | None = None
    issuer_kind: Issuer = Issuer.UNKNOWN
    number: str | None = None
    dated: date | None = None
    targets: tuple[Target, ...] = ()
    asks: tuple[Ask, ...] = ()
    deadline: Deadline | None = None
    joined: tuple[Joined, ...] = ()
    sanctions: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    emergency: bool = False
