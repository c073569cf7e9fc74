"""Change the register: every step of a demand's way, each with its row in the log, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from qingzhuang.apps.audit_trail.actions import record, record_all
from qingzhuang.apps.demands.enums import EDITABLE, NUMBERED, TRANSITIONS, State
from qingzhuang.apps.demands.errors import Incomplete, NotYourStage, SecretMark, WrongState
from qingzhuang.apps.demands.models import Ask, Demand, Judgement, Series, Step, Target
from qingzhuang.apps.demands.queries import kept_finding, passed_in, round_of, subject_of
from qingzhuang.apps.orgs.models import Account, Unit
from qingzhuang.apps.policies.queries import book_on, checker_on, stages_on
from qingzhuang.domain.demands.control_number import ControlNumber
from qingzhuang.domain.demands.stages import Line, Outcome, StageName, next_stage, outcomes_at
from qingzhuang.domain.notices import notice_of
from qingzhuang.domain.notices.secrecy import secret_mark
from qingzhuang.engines.rules import Severity


@dataclass(frozen=True)
class AskDraft:
    """One ask as it is drafted: hours for each piece, pieces each time, times a year, units that deliver it."""

    kind: str
    text: str
    hours_each: Decimal
    per_year: Decimal = Decimal(1)
    items: int = 1
    units: int = 1
    medium: str = ""

    @property
    def hours(self) -> Decimal:
        """Hours a year over all units."""
        return self.units * self.per_year * self.items * self.hours_each


@dataclass(frozen=True)
class Draft:
    """A demand as it is drafted; `targets` are units with the level at or below them that is meant."""

    kind: str
    title: str
    line: str = Line.GOVERNMENT
    text: str = ""
    basis: tuple[str, ...] = ()
    starts: date | None = None
    due: date | None = None
    expires: date | None = None
    emergency: bool = False
    public: bool = False
    asks: tuple[AskDraft, ...] = ()
    targets: tuple[tuple[Unit, str], ...] = ()

    @property
    def hours(self) -> Decimal:
        """Hours a year over all asks and units."""
        return sum((ask.hours for ask in self.asks), Decimal(0)).quantize(Decimal("0.01"))

    @property
    def fields(self) -> dict[str, Any]:
        """What stands in the demand's own row."""
        apart = {"asks", "targets", "basis"}
        held = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in apart}
        return {**held, "basis": list(self.basis), "hours": self.hours}


@transaction.atomic
def draft_demand(
    *, issuer: Unit, draft: Draft, replaces: Demand | None = None, by: Account | None, at: datetime
) -> Demand:
    """Begin a demand of `issuer`, or the change of one in force; raises SecretMark before anything of it is kept."""
    _check_secrecy(draft)
    if replaces is not None:
        replaces = _locked(replaces)
        if replaces.state != State.ACTIVE or replaces.issuer_id != issuer.pk:
            raise WrongState("not-to-be-changed", state=replaces.state)
    demand = Demand.objects.create(
        issuer=issuer, replaces=replaces, drafted_by=by, drafted_at=at, state_since=at, **draft.fields
    )
    _write_parts(demand, draft)
    record(action="demands.draft_demand", by=by, at=at, on=demand, values=_values(draft))
    return demand


@transaction.atomic
def edit_draft(*, demand: Demand, draft: Draft, by: Account, at: datetime) -> Demand:
    """Put `draft` in the place of what `demand` said; only before it is submitted, or when it came back."""
    _check_secrecy(draft)
    demand = _locked(demand)
    if demand.state not in EDITABLE:
        raise WrongState("not-editable", state=demand.state)
    for name, value in draft.fields.items():
        setattr(demand, name, value)
    demand.save()
    demand.asks.all().delete()
    demand.targets.all().delete()
    _write_parts(demand, draft)
    record(action="demands.edit_draft", by=by, at=at, on=demand, values=_values(draft))
    return demand


@transaction.atomic
def submit_demand(*, demand: Demand, by: Account, at: datetime) -> Judgement:
    """Judge `demand` and send it on its way; its drafting is the first stage passed. Raises Incomplete, or WrongState."""
    demand = _locked(demand)
    lacking = [
        name
        for name, there in (
            ("asks", demand.asks.exists()),
            ("targets", demand.targets.exists()),
            ("expires", demand.expires is not None),
        )
        if not there
    ]
    if lacking:
        raise Incomplete("demand-lacks", fields=lacking)
    _move(demand, State.SUBMITTED, at)
    judgement = _judge(demand, at)
    step = {"stage": StageName.DRAFTING, "outcome": Outcome.PASSED}
    Step.objects.create(demand=demand, round=round_of(demand) + 1, by=by, at=at, **step)
    values = {"state": demand.state, "refused": judgement.refused, "findings": len(judgement.findings)}
    record(action="demands.submit_demand", by=by, at=at, on=demand, values=values)
    return judgement


@transaction.atomic
def take_step(
    *,
    demand: Demand,
    stage: StageName,
    outcome: Outcome,
    reasons: str = "",
    leader: str = "",
    paper: str = "",
    by: Account,
    at: datetime,
) -> Demand:
    """Pass the next stage of `demand`, or send it back, or refuse it; the last gives it its number and puts it in force.

    What the rules refuse passes the prior review only where the text is emended, or was signed before (then the office
    writes an opinion, and `leader` goes on). Raises WrongState where the demand stands elsewhere, NotYourStage where
    `by` has not the stage's role for the issuer or the stage has no such outcome."""
    demand = _locked(demand)
    if demand.state != State.SUBMITTED:
        raise WrongState("not-under-way", state=demand.state)
    passed = passed_in(demand)
    day = localdate(at)
    due = next_stage(stages_on(day, Line(demand.line)), passed)
    if due is None or due.name != stage:
        raise WrongState("stage-not-due", stage=stage, due=due and due.name)
    if not by.has_perm(f"demands.{due.permission}", demand):
        raise NotYourStage("not-your-stage", stage=stage)
    if outcome not in outcomes_at(due.name, passed):
        raise NotYourStage("no-such-outcome", stage=stage, outcome=outcome)
    if outcome != Outcome.PASSED and not reasons.strip():
        raise Incomplete("reasons-lack")
    if outcome == Outcome.OPINION and not leader.strip():
        raise Incomplete("leader-lacks")
    if stage == StageName.PRIOR_REVIEW and outcome == Outcome.PASSED and demand.judgements.latest("pk").refused:
        raise NotYourStage("rules-refuse-it", stage=stage)
    step = {
        "stage": stage,
        "outcome": outcome,
        "reasons": reasons.strip(),
        "leader": leader.strip(),
        "paper": paper.strip(),
    }
    Step.objects.create(demand=demand, round=round_of(demand), by=by, at=at, **step)
    if outcome in {Outcome.RETURNED, Outcome.REFUSED}:
        _move(demand, State(outcome), at)
    elif stage == StageName.NUMBERING:
        _approve(demand, at)
    record(action="demands.take_step", by=by, at=at, on=demand, values={**step, "state": demand.state})
    return demand


@transaction.atomic
def change_state(*, demand: Demand, to: State, reasons: str, by: Account | None, at: datetime) -> Demand:
    """Suspend, resume, withdraw or end `demand`; raises WrongState where its state does not lead there, Incomplete without reasons."""
    if not reasons.strip():
        raise Incomplete("reasons-lack")
    demand = _locked(demand)
    if to not in {State.SUSPENDED, State.ACTIVE, State.WITHDRAWN, State.EXPIRED} or demand.state == State.APPROVED:
        raise WrongState("no-such-way", state=demand.state, to=to)
    _move(demand, to, at)
    record(action="demands.change_state", by=by, at=at, on=demand, values={"state": to, "reasons": reasons.strip()})
    return demand


def expire_demands(*, on: date, at: datetime) -> int:
    """End what expires on `on` or did before; return how many there were."""
    due = Demand.objects.filter(state__in=[State.ACTIVE, State.SUSPENDED, State.RECORDED], expires__lte=on)
    for demand in due:
        change_state(demand=demand, to=State.EXPIRED, reasons="expires", by=None, at=at)
    return len(due)


@transaction.atomic
def record_from_above(*, issuer: Unit, draft: Draft, by: Account, at: datetime) -> Demand:
    """Note a demand from above the installation: nothing is decided on it, its hours stand under its issuer."""
    demand = draft_demand(issuer=issuer, draft=draft, by=by, at=at)
    demand.state = State.RECORDED
    demand.save(update_fields=["state"])
    record(action="demands.record_from_above", by=by, at=at, on=demand, values={"state": demand.state})
    return demand


@dataclass(frozen=True)
class PastDemand:
    """A demand that went its way before it came into the register: drafted when, and in which state now."""

    issuer: Unit
    draft: Draft
    drafted_at: datetime
    state: State


@transaction.atomic
def import_register(*, past: Iterable[PastDemand], by: Account | None, at: datetime) -> int:
    """Put demands into the register as they stand, each numbered in the order in which they were drafted; return how many.

    Nothing is judged: it was decided before. Raises SecretMark, and then nothing is kept."""
    last: dict[tuple[int, int], int] = {
        (issuer, year): last for issuer, year, last in Series.objects.values_list("issuer", "year", "last")
    }
    made: list[tuple[Demand, Draft]] = []
    for one in sorted(past, key=lambda one: one.drafted_at):
        _check_secrecy(one.draft)
        demand = Demand(
            issuer=one.issuer,
            drafted_by=by,
            drafted_at=one.drafted_at,
            state=one.state,
            state_since=one.drafted_at,
            **one.draft.fields,
        )
        if one.state in NUMBERED:
            key = one.issuer.pk, localdate(one.drafted_at).year
            last[key] = last.get(key, 0) + 1
            demand.number = str(ControlNumber(one.issuer.code, key[1], last[key]))
        made.append((demand, one.draft))
    Demand.objects.bulk_create([demand for demand, _ in made], batch_size=500)
    Ask.objects.bulk_create((ask for one in made for ask in _asks(*one)), batch_size=500)
    Target.objects.bulk_create((target for one in made for target in _targets(*one)), batch_size=500)
    series = [Series(issuer_id=issuer, year=year, last=count) for (issuer, year), count in last.items()]
    Series.objects.bulk_create(
        series, update_conflicts=True, unique_fields=["issuer", "year"], update_fields=["last"], batch_size=500
    )
    values = [(demand, {**_values(draft), "state": demand.state}) for demand, draft in made]
    record_all(action="demands.import_register", by=by, at=at, values=values)
    return len(made)


def _locked(demand: Demand) -> Demand:
    return Demand.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=demand.pk)


def _move(demand: Demand, to: State, at: datetime) -> None:
    if to not in TRANSITIONS[State(demand.state)]:
        raise WrongState("no-such-way", state=demand.state, to=to)
    demand.state, demand.state_since = to, at
    demand.save(update_fields=["state", "state_since", "number"])


def _approve(demand: Demand, at: datetime) -> None:
    """Give `demand` the next number of its issuer and year, put it in force, and end what it changes."""
    year = localdate(at).year
    Series.objects.get_or_create(issuer=demand.issuer, year=year)
    Series.objects.filter(issuer=demand.issuer, year=year).update(last=F("last") + 1)
    last = Series.objects.get(issuer=demand.issuer, year=year).last
    demand.number = str(ControlNumber(demand.issuer.code, year, last))
    _move(demand, State.APPROVED, at)
    _move(demand, State.ACTIVE, at)
    if demand.replaces is not None:
        _move(_locked(demand.replaces), State.CHANGED, at)


def _judge(demand: Demand, at: datetime) -> Judgement:
    day = localdate(at)
    checker, book = checker_on(day), book_on(day)
    subject = subject_of(demand)
    found = checker.check_demand(subject, notice_of(demand.text or demand.title))
    findings = [kept_finding(one) for one in found.findings]
    packs = hashlib.sha256("".join(sorted(head.sha256 for head in book.packs)).encode()).hexdigest()
    refused = any(one.rule.severity is Severity.REJECT for one in found.findings)
    return Judgement.objects.create(demand=demand, at=at, on=day, packs=packs, findings=findings, refused=refused)


def _write_parts(demand: Demand, draft: Draft) -> None:
    Ask.objects.bulk_create(_asks(demand, draft))
    Target.objects.bulk_create(_targets(demand, draft))


def _asks(demand: Demand, draft: Draft) -> list[Ask]:
    return [Ask(demand=demand, **{name: getattr(ask, name) for name in ask.__dataclass_fields__}) for ask in draft.asks]


def _targets(demand: Demand, draft: Draft) -> list[Target]:
    return [Target(demand=demand, unit=unit, level=level) for unit, level in draft.targets]


def _values(draft: Draft) -> Mapping[str, object]:
    asks = [[getattr(ask, name) for name in ask.__dataclass_fields__] for ask in draft.asks]
    return {**draft.fields, "asks": asks, "targets": [[unit.pk, level] for unit, level in draft.targets]}


def _check_secrecy(draft: Draft) -> None:
    """Raise SecretMark, naming the mark alone, before anything of a marked text is kept."""
    said: Sequence[str] = [draft.title, *draft.text.splitlines(), *draft.basis, *(ask.text for ask in draft.asks)]
    if mark := secret_mark(said):
        raise SecretMark("secret-mark", mark=mark)
