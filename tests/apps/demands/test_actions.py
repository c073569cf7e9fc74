"""The way of a demand: every stage, every no, and a number for what passes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from tests.apps.conftest import AT, WAY, Office, account_of, pass_until

from qingzhuang.apps.audit_trail.models import Entry
from qingzhuang.apps.demands.actions import (
    Draft,
    change_state,
    draft_demand,
    edit_draft,
    expire_demands,
    record_from_above,
    submit_demand,
    take_step,
)
from qingzhuang.apps.demands.enums import NUMBERED, TRANSITIONS, State
from qingzhuang.apps.demands.errors import Incomplete, NotYourStage, SecretMark, WrongState
from qingzhuang.apps.demands.models import Demand, Series
from qingzhuang.apps.orgs.enums import Role
from qingzhuang.apps.orgs.models import Unit
from qingzhuang.domain.demands.control_number import ControlNumber
from qingzhuang.domain.demands.stages import Outcome, StageName


def test_a_draft_has_its_hours(demand: Demand) -> None:
    assert demand.hours == Decimal("12.00")  # 3 units × 4 times × 2 pieces × half an hour
    assert demand.state == State.DRAFT
    assert demand.number is None


@pytest.mark.parametrize("part", ["title", "text", "basis", "ask"])
def test_a_marked_text_is_refused_and_nothing_of_it_is_kept(
    department: Unit, draft: Draft, office: Office, part: str
) -> None:
    marked = "机密★10年"
    asks = (replace(draft.asks[0], text=marked),) if part == "ask" else draft.asks
    changed = {"asks": asks} if part == "ask" else {part: (marked,) if part == "basis" else marked}
    before = Entry.objects.count()
    with pytest.raises(SecretMark) as refused:
        draft_demand(issuer=department, draft=replace(draft, **changed), by=office.issuer, at=AT)
    assert refused.value.data == {"mark": "机密"}
    assert not Demand.objects.exists()
    assert Entry.objects.count() == before


def test_what_lacks_something_is_not_submitted(department: Unit, draft: Draft, office: Office) -> None:
    lacking = replace(draft, asks=(), targets=(), expires=None)
    demand = draft_demand(issuer=department, draft=lacking, by=office.issuer, at=AT)
    with pytest.raises(Incomplete) as refused:
        submit_demand(demand=demand, by=office.issuer, at=AT)
    assert refused.value.data == {"fields": ["asks", "targets", "expires"]}


def test_the_whole_way_ends_with_a_number(demand: Demand, office: Office) -> None:
    passed = pass_until(demand, office, StageName.NUMBERING)
    assert passed.state == State.ACTIVE
    assert passed.number == str(ControlNumber("D1", 2026, 1))
    assert [step.stage for step in passed.steps.all()] == list(WAY)
    done = Entry.objects.filter(on_kind="demands.demand", on_id=str(demand.pk)).values_list("action", flat=True)
    assert list(done) == ["demands.draft_demand", "demands.submit_demand", *["demands.take_step"] * 6]


def test_stages_are_passed_in_their_order_by_those_who_may(demand: Demand, office: Office, department: Unit) -> None:
    submit_demand(demand=demand, by=office.issuer, at=AT)
    passed = {"demand": demand, "outcome": Outcome.PASSED, "at": AT}
    with pytest.raises(WrongState, match="stage-not-due"):
        take_step(stage=StageName.PRIOR_REVIEW, by=office.burden, **passed)
    with pytest.raises(NotYourStage, match="not-your-stage"):
        take_step(stage=StageName.DEPARTMENT_REVIEW, by=office.burden, **passed)
    elsewhere = account_of(Role.CADRE, department)
    with pytest.raises(NotYourStage, match="not-your-stage"):
        take_step(stage=StageName.DEPARTMENT_REVIEW, by=elsewhere, **passed)
    assert demand.steps.count() == 1


@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REFUSED])
def test_what_goes_back_has_reasons(demand: Demand, office: Office, outcome: Outcome) -> None:
    pass_until(demand, office, StageName.COUNTERSIGNING)
    step = {"demand": demand, "stage": StageName.PRIOR_REVIEW, "outcome": outcome, "by": office.burden, "at": AT}
    with pytest.raises(Incomplete, match="reasons-lack"):
        take_step(**step)
    assert take_step(**step, reasons="与水利年报重复").state == State(outcome)


def test_what_came_back_is_mended_and_begins_its_way_anew(demand: Demand, draft: Draft, office: Office) -> None:
    pass_until(demand, office, StageName.COUNTERSIGNING)
    step = {"stage": StageName.PRIOR_REVIEW, "by": office.burden, "at": AT}
    take_step(demand=demand, outcome=Outcome.RETURNED, reasons="太勤", **step)
    edit_draft(demand=demand, draft=replace(draft, title="关于报送河道巡查情况的通知（改）"), by=office.issuer, at=AT)
    assert pass_until(demand, office, StageName.NUMBERING).state == State.ACTIVE
    assert [step.round for step in demand.steps.all()] == [1] * 4 + [2] * 7


def test_what_is_under_way_is_not_edited(demand: Demand, draft: Draft, office: Office) -> None:
    submit_demand(demand=demand, by=office.issuer, at=AT)
    with pytest.raises(WrongState, match="not-editable"):
        edit_draft(demand=demand, draft=draft, by=office.issuer, at=AT)


def test_what_the_rules_refuse_does_not_pass_the_prior_review(department: Unit, draft: Draft, office: Office) -> None:
    marked = replace(draft, text="各村每日上传工作截图，未上传的实行一票否决。")
    demand = draft_demand(issuer=department, draft=marked, by=office.issuer, at=AT)
    judgement = submit_demand(demand=demand, by=office.issuer, at=AT)
    assert judgement.refused
    assert {"screenshot-evidence", "one-vote-veto"} <= {finding["code"] for finding in judgement.findings}
    for stage in WAY[1:3]:
        take_step(demand=demand, stage=stage, outcome=Outcome.PASSED, by=office.issuer, at=AT)
    with pytest.raises(NotYourStage, match="rules-refuse-it"):
        take_step(demand=demand, stage=WAY[3], outcome=Outcome.PASSED, by=office.burden, at=AT)


def test_once_signed_nothing_is_refused_and_who_goes_on_is_named(demand: Demand, office: Office) -> None:
    pass_until(demand, office, StageName.SIGNING)
    step = {"demand": demand, "stage": StageName.NUMBERING, "by": office.burden, "at": AT}
    with pytest.raises(NotYourStage, match="no-such-outcome"):
        take_step(**step, outcome=Outcome.REFUSED, reasons="重复")
    with pytest.raises(Incomplete, match="leader-lacks"):
        take_step(**step, outcome=Outcome.OPINION, reasons="重复")
    assert take_step(**step, outcome=Outcome.OPINION, reasons="重复", leader="分管副县长").state == State.ACTIVE


def test_a_change_takes_the_place_of_what_it_changes(
    active: Demand, department: Unit, draft: Draft, office: Office
) -> None:
    change = draft_demand(issuer=department, draft=draft, replaces=active, by=office.issuer, at=AT)
    active.refresh_from_db()
    assert active.state == State.ACTIVE
    changed = pass_until(change, office, StageName.NUMBERING)
    active.refresh_from_db()
    assert (active.state, changed.state) == (State.CHANGED, State.ACTIVE)
    assert changed.number == str(ControlNumber("D1", 2026, 2))
    with pytest.raises(WrongState, match="not-to-be-changed"):
        draft_demand(issuer=department, draft=draft, replaces=active, by=office.issuer, at=AT)


def test_what_expires_ends_by_itself(active: Demand) -> None:
    assert expire_demands(on=date(2026, 12, 31), at=AT) == 0
    assert expire_demands(on=date(2027, 1, 1), at=AT) == 1
    active.refresh_from_db()
    assert active.state == State.EXPIRED


def test_a_demand_from_above_is_recorded_and_not_decided_on(county: Unit, draft: Draft, office: Office) -> None:
    above = record_from_above(issuer=county, draft=draft, by=office.burden, at=AT)
    assert (above.state, above.number) == (State.RECORDED, None)
    with pytest.raises(WrongState):
        submit_demand(demand=above, by=office.issuer, at=AT)


def test_a_state_leads_where_the_table_says_and_nowhere_else(active: Demand, office: Office) -> None:
    for origin, to in product(State, [State.SUSPENDED, State.ACTIVE, State.WITHDRAWN, State.EXPIRED]):
        Demand.objects.filter(pk=active.pk).update(state=origin)
        allowed = to in TRANSITIONS[origin] and origin != State.APPROVED
        try:
            change_state(demand=active, to=to, reasons="试", by=office.burden, at=AT)
        except WrongState:
            assert not allowed, (origin, to)
        else:
            assert allowed, (origin, to)


def test_numbers_begin_anew_each_year(demand: Demand, department: Unit, draft: Draft, office: Office) -> None:
    pass_until(demand, office, StageName.NUMBERING)
    later = AT + timedelta(days=365)
    second = draft_demand(issuer=department, draft=replace(draft, expires=date(2028, 1, 1)), by=office.issuer, at=later)
    submit_demand(demand=second, by=office.issuer, at=later)
    for stage in WAY[1:]:
        second = take_step(demand=second, stage=stage, outcome=Outcome.PASSED, by=office.for_stage(stage), at=later)
    assert second.number == str(ControlNumber("D1", 2027, 1))


@pytest.mark.parametrize("state", sorted(NUMBERED))
def test_the_database_gives_no_state_in_force_without_a_number(demand: Demand, state: State) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Demand.objects.filter(pk=demand.pk).update(state=state)


def _at_once(count: int, done: object) -> list[BaseException]:
    """Run `done` in `count` threads, each with its own connection; return what was raised."""
    raised: list[BaseException] = []
    barrier = threading.Barrier(count)

    def run(i: int) -> None:
        try:
            barrier.wait()
            done(i)
        except Exception as error:  # the test looks at them
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_fifty_approvals_at_once_give_fifty_consecutive_numbers(
    committed: None, department: Unit, draft: Draft, office: Office
) -> None:
    demands = [draft_demand(issuer=department, draft=draft, by=office.issuer, at=AT) for _ in range(50)]
    for demand in demands:
        pass_until(demand, office, StageName.SIGNING)
    step = {"stage": StageName.NUMBERING, "outcome": Outcome.PASSED, "by": office.burden, "at": AT}
    assert _at_once(50, lambda i: take_step(demand=demands[i], **step)) == []
    numbers = {ControlNumber.read(number).serial for number in Demand.objects.values_list("number", flat=True)}
    assert numbers == set(range(1, 51))
    assert Series.objects.get(issuer=department, year=2026).last == 50


def test_a_double_click_approves_once_and_of_two_who_decide_one_wins(
    committed: None, demand: Demand, office: Office
) -> None:
    pass_until(demand, office, StageName.COUNTERSIGNING)
    outcomes = [Outcome.PASSED, Outcome.RETURNED, Outcome.PASSED, Outcome.REFUSED]
    step = {"demand": demand, "stage": StageName.PRIOR_REVIEW, "reasons": "试", "by": office.burden, "at": AT}
    raised = _at_once(4, lambda i: take_step(outcome=outcomes[i], **step))
    assert [type(error) for error in raised] == [WrongState] * 3
    assert demand.steps.filter(stage=StageName.PRIOR_REVIEW).count() == 1
