"""The way through the gate: what the rules may say, and what may come of a stage."""

from __future__ import annotations

import pytest

from qingzhuang.domain.demands.stages import (
    BadStages,
    Line,
    Outcome,
    StageName,
    next_stage,
    outcomes_at,
    stages_of,
)


def _value(*names: str) -> dict[str, object]:
    return {"party": [{"stage": name, "by": "review"} for name in names]}


def test_stages_come_in_the_order_given() -> None:
    stages = stages_of(_value("drafting", "prior_review", "signing", "numbering"), Line.PARTY)
    assert [stage.name for stage in stages] == ["drafting", "prior_review", "signing", "numbering"]
    due = next_stage(stages, [StageName.DRAFTING])
    assert due
    assert due.name is StageName.PRIOR_REVIEW
    assert next_stage(stages, [stage.name for stage in stages]) is None


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (_value("drafting", "numbering"), "no-prior-review"),
        (_value("prior_review", "numbering"), "not-from-drafting-to-numbering"),
        (_value("drafting", "prior_review"), "not-from-drafting-to-numbering"),
        (_value(), "not-from-drafting-to-numbering"),
        (_value("drafting", "prior_review", "prior_review", "numbering"), "stage-twice"),
        (_value("drafting", "signing", "prior_review", "numbering"), "signed-before-reviewed"),
        (_value("drafting", "dancing", "numbering"), "not-stages"),
        ({"government": []}, "not-stages"),
        ({"party": ["drafting"]}, "not-stages"),
        (7, "not-stages"),
    ],
)
def test_what_is_no_way_is_refused(value: object, why: str) -> None:
    with pytest.raises(BadStages) as refused:
        stages_of(value, Line.PARTY)
    assert refused.value.why == why


def test_what_is_signed_is_refused_no_more() -> None:
    assert Outcome.REFUSED in outcomes_at(StageName.SIGNING, [StageName.DRAFTING])
    assert outcomes_at(StageName.NUMBERING, [StageName.SIGNING]) == {Outcome.PASSED, Outcome.OPINION}
    assert outcomes_at(StageName.DRAFTING, []) == {Outcome.PASSED}
