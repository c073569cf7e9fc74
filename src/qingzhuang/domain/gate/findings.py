"""What the gate has against a notice or a demand, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qingzhuang.engines.rules import Rule


class Code(StrEnum):
    """The kinds of finding 问题; each has one rule or more behind it, in the rule packs."""

    SCREENSHOT_EVIDENCE = "screenshot-evidence"
    CHECK_IN = "check-in"
    POINTS_RANKING = "points-ranking"
    LIKES_AS_BASIS = "likes-as-basis"
    FORCED_INSTALL = "forced-install"
    INSTANT_REPLY = "instant-reply"
    GROUP_CREATION = "group-creation"
    ONE_VOTE_VETO = "one-vote-veto"
    PLEDGE_LETTER = "pledge-letter"
    LIABILITY_SHIFT = "liability-shift"
    TRACE_AS_BASIS = "trace-as-basis"
    TYPO_PENALTY = "typo-penalty"
    REPEAT_REPORTING = "repeat-reporting"
    SHORT_DEADLINE = "short-deadline"
    NO_BASIS = "no-basis"
    OWN_INSPECTION = "own-inspection"
    FREQUENCY = "frequency"
    ACCOMPANY = "accompany"
    AD_HOC_INDICATOR = "ad-hoc-indicator"
    TOO_LONG = "too-long"
    DIRECTIVE_FORM = "directive-form"
    ON_LOAN = "on-loan"
    MEETING_LENGTH = "meeting-length"
    TASK_FORCE = "task-force"
    ADDED_LAYER = "added-layer"
    BEGGING_FOR_RATINGS = "begging-for-ratings"


@dataclass(frozen=True)
class Place:
    """Where in the file: lines and columns from 1 in code points, the end exclusive; the page where the form has pages."""

    line: int
    column: int
    end_line: int
    end_column: int
    page: int | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that the gate has against a text.

    `words` are the words at fault; `excerpt` is the line of the file that holds their beginning, in which they start at
    `excerpt_start` (an offset from 0). `paragraph`, `start` and `end` are the same place in `Notice.paragraphs` (index,
    offsets; the end exclusive). `values` fill the templates of the rule's message and suggestion."""

    code: Code
    rule: Rule
    place: Place
    words: str
    excerpt: str
    excerpt_start: int
    paragraph: int
    start: int
    end: int
    values: Mapping[str, object] = field(default_factory=dict)
