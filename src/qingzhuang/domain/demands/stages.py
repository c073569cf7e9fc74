"""The way of a demand through the gate: stages in an order that the rules give, each passed by whoever may, or on paper.

拟稿 → 部门核稿 → 会签 → 前置审核(减负) → 县委办/政府办审核 → 签发 → 编号: which there are, and who passes them, is the parameter
`gate_stages`, by line (party or government). The gate stands before the signature: what is signed is refused no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

STAGES = "gate_stages"


class Line(StrEnum):
    """Whose document a demand is."""

    PARTY = "party"
    GOVERNMENT = "government"


class StageName(StrEnum):
    """A stage of the way."""

    DRAFTING = "drafting"
    DEPARTMENT_REVIEW = "department_review"
    COUNTERSIGNING = "countersigning"
    PRIOR_REVIEW = "prior_review"
    OFFICE_REVIEW = "office_review"
    SIGNING = "signing"
    NUMBERING = "numbering"


class Outcome(StrEnum):
    """What came of a stage."""

    PASSED = "passed"
    RETURNED = "returned"
    REFUSED = "refused"
    OPINION = "opinion"
    """Something is against it, but it was signed: the leader who goes on is named, with the reason."""


@dataclass(frozen=True)
class Stage:
    """A stage, and what one must be allowed to do in the register in order to pass it."""

    name: StageName
    permission: str


class BadStages(Exception):
    """A parameter `gate_stages` that is no way through the gate; carries why."""

    def __init__(self, why: str, value: object) -> None:
        """Keep why, and the value."""
        self.why, self.value = why, value
        super().__init__(f"{why}: {value}")


def stages_of(value: Any, line: Line) -> tuple[Stage, ...]:
    """Return the stages of `line` from the parameter's `value`; raises BadStages.

    A way begins with the drafting, ends with the numbering, has the prior review, and nothing twice; the prior review
    stands before the signature."""
    try:
        stages = tuple(Stage(StageName(one["stage"]), str(one["by"])) for one in value[line.value])
    except (KeyError, TypeError, ValueError) as error:
        raise BadStages("not-stages", value) from error
    names = [stage.name for stage in stages]
    if len(set(names)) != len(names):
        raise BadStages("stage-twice", names)
    if not names or names[0] is not StageName.DRAFTING or names[-1] is not StageName.NUMBERING:
        raise BadStages("not-from-drafting-to-numbering", names)
    if StageName.PRIOR_REVIEW not in names:
        raise BadStages("no-prior-review", names)
    if StageName.SIGNING in names and names.index(StageName.SIGNING) < names.index(StageName.PRIOR_REVIEW):
        raise BadStages("signed-before-reviewed", names)
    return stages


def next_stage(stages: Sequence[Stage], passed: Iterable[StageName]) -> Stage | None:
    """Return the stage that comes after those `passed`; None behind the last."""
    done = set(passed)
    return next((stage for stage in stages if stage.name not in done), None)


def outcomes_at(stage: StageName, passed: Iterable[StageName]) -> frozenset[Outcome]:
    """Return what may come of `stage`: what is signed is refused no more, and only an opinion is written on it."""
    if StageName.SIGNING in set(passed):
        return frozenset({Outcome.PASSED, Outcome.OPINION})
    if stage is StageName.DRAFTING:
        return frozenset({Outcome.PASSED})
    return frozenset({Outcome.PASSED, Outcome.RETURNED, Outcome.REFUSED})
