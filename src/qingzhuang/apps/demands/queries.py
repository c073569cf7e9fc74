"""Read the register."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Max, Q, QuerySet

from qingzhuang.apps.demands.enums import IN_FORCE, State
from qingzhuang.apps.demands.models import Ask, Demand, Judgement, Step
from qingzhuang.apps.orgs.models import Unit
from qingzhuang.apps.orgs.queries import path_of
from qingzhuang.apps.policies.queries import book_on
from qingzhuang.domain.demands import Ask as DomainAsk
from qingzhuang.domain.demands import AskKind, Deadline, Kind, Medium
from qingzhuang.domain.demands import Demand as DomainDemand
from qingzhuang.domain.demands.control_number import BadNumber, ControlNumber
from qingzhuang.domain.demands.due import next_due
from qingzhuang.domain.demands.stages import Outcome, StageName
from qingzhuang.domain.gate import Code, Finding, Place


def round_of(demand: Demand) -> int:
    """Return how often `demand` has been submitted."""
    return demand.steps.aggregate(last=Max("round"))["last"] or 0


def passed_in(demand: Demand) -> list[StageName]:
    """Return the stages that `demand` has passed since it was last submitted."""
    passed = demand.steps.filter(round=round_of(demand), outcome__in=[Outcome.PASSED, Outcome.OPINION])
    return [StageName(stage) for stage in passed.values_list("stage", flat=True)]


def subject_of(demand: Demand) -> DomainDemand:
    """Return `demand` as the gate judges it."""
    return DomainDemand(
        kind=Kind(demand.kind),
        title=demand.title,
        issuer=demand.issuer.name,
        number=demand.number,
        asks=tuple(_ask(ask) for ask in demand.asks.all()),
        deadline=Deadline(words=f"{demand.due:%Y-%m-%d}", day=demand.due) if demand.due else None,
        basis=tuple(demand.basis),
        emergency=demand.emergency,
    )


def _ask(ask: Ask) -> DomainAsk:
    medium = Medium(ask.medium) if ask.medium else None
    return DomainAsk(AskKind(ask.kind), ask.text, Fraction(ask.per_year), ask.items, medium)


@dataclass(frozen=True)
class Verified:
    """What the public page says of a number: whether it is valid, and of a demand marked public more than whose it is."""

    number: str
    valid: bool
    issuer: str = ""
    title: str = ""
    kind: str = ""
    expires: date | None = None


def verify_number(text: str, *, on: date) -> Verified:
    """Return what anyone may know of the number in `text`; an unannounced inspection is not there until it is done."""
    try:
        number = str(ControlNumber.read(text))
    except BadNumber:
        return Verified(text.strip()[:60], valid=False)
    demand = Demand.objects.filter(number=number).select_related("issuer").first()
    if demand is None:
        return Verified(number, valid=False)
    valid = demand.state == State.ACTIVE and (demand.expires is None or demand.expires > on)
    if not demand.public:
        return Verified(number, valid, demand.issuer.name)
    return Verified(number, valid, demand.issuer.name, demand.title, demand.kind, demand.expires)


def landing_on(unit: Unit, *, on: date) -> QuerySet[Demand]:
    """Return the demands in force on `on` that land on `unit`."""
    over = [*path_of(unit).values_list("pk", flat=True), unit.pk]
    return (
        Demand.objects.filter(
            Q(expires=None) | Q(expires__gt=on),
            Q(starts=None) | Q(starts__lte=on),
            targets__unit__in=over,
            targets__level=unit.level,
            state__in=IN_FORCE,
        )
        .select_related("issuer")
        .prefetch_related("asks")
        .distinct()
    )


@dataclass(frozen=True)
class Owed:
    """What one unit owes one demand: hours a year, the day on which something is due next (none: nothing is), and the hours of that."""

    demand: Demand
    hours: Decimal
    due: date | None
    hours_due: Decimal


@dataclass(frozen=True)
class BurdenOf:
    """What lands on one unit: by issuer, in hours a year, the most first; and demand by demand, what is due soonest first."""

    on: date
    by_issuer: tuple[tuple[str, Decimal], ...]
    owed: tuple[Owed, ...]

    @property
    def hours(self) -> Decimal:
        """Hours a year."""
        return sum((one.hours for one in self.owed), Decimal(0))

    @property
    def today(self) -> Decimal:
        """Hours of what is due today."""
        return sum((one.hours_due for one in self.owed if one.due == self.on), Decimal(0))

    @property
    def this_week(self) -> Decimal:
        """Hours of what is due today or in the six days after."""
        return sum((one.hours_due for one in self.soon), Decimal(0))

    @property
    def soon(self) -> tuple[Owed, ...]:
        """What is due today or in the six days after."""
        return tuple(one for one in self.owed if one.due and one.due < self.on + WEEK)

    @property
    def later(self) -> tuple[Owed, ...]:
        """What is due after that, or nothing of which is due any more."""
        return tuple(one for one in self.owed if not one.due or one.due >= self.on + WEEK)


WEEK = timedelta(days=7)


def burden_on(unit: Unit, *, on: date) -> BurdenOf:
    """Return the hours a year that the demands in force cost `unit` alone, and what is due next."""
    owed = [_owed(demand, on) for demand in landing_on(unit, on=on)]
    issuers: dict[str, Decimal] = {}
    for one in owed:
        issuers[one.demand.issuer.name] = issuers.get(one.demand.issuer.name, Decimal(0)) + one.hours
    ranked = sorted(issuers.items(), key=lambda one: (-one[1], one[0]))
    owed.sort(key=lambda one: (one.due is None, one.due or on, one.demand.pk))
    return BurdenOf(on, tuple(ranked), tuple(owed))


def _owed(demand: Demand, on: date) -> Owed:
    """Return what a unit that delivers every ask of `demand` owes it."""
    asks = list(demand.asks.all())
    hours = sum((ask.per_year * ask.items * ask.hours_each for ask in asks), Decimal(0))
    days = [(next_due(demand.due, Fraction(ask.per_year), on), ask) for ask in asks if demand.due]
    due = min((day for day, _ in days if day and not (demand.expires and day >= demand.expires)), default=None)
    hours_due = sum((ask.items * ask.hours_each for day, ask in days if day and day == due), Decimal(0))
    return Owed(demand, hours, due, hours_due)


def drafted_by_unit(unit: Unit) -> QuerySet[Demand]:
    """Return what `unit` has drafted, the newest first."""
    return Demand.objects.filter(issuer=unit).order_by("-pk")


def under_way(unit: Unit) -> QuerySet[Demand]:
    """Return what is under way among `unit` and all below it, the longest waiting first."""
    return (
        Demand.objects.filter(state=State.SUBMITTED, issuer__path__startswith=unit.path)
        .select_related("issuer")
        .order_by("state_since", "pk")
    )


def steps_of(demand: Demand) -> QuerySet[Step]:
    """Return every step of `demand`, the first first."""
    return demand.steps.select_related("by").order_by("pk")


def kept_finding(finding: Finding) -> dict[str, Any]:
    """Return `finding` as a judgement keeps it: its rule by its id, its values as texts."""
    held = {name: getattr(finding, name) for name in _KEPT}
    values = {name: str(value) for name, value in finding.values.items()}
    return {**held, "code": str(finding.code), "rule": finding.rule.id, "severity": str(finding.rule.severity)} | {
        "place": asdict(finding.place),
        "values": values,
    }


def findings_of(judgement: Judgement) -> list[Finding]:
    """Return what `judgement` found, in the words of the rules of its day; a rule that no pack holds any more is left out."""
    rules = book_on(judgement.on).rules
    return [
        Finding(
            Code(one["code"]),
            rules[one["rule"]],
            Place(**one["place"]),
            values=one["values"],
            **{name: one[name] for name in _KEPT},
        )
        for one in judgement.findings
        if one["rule"] in rules
    ]


_KEPT = ("words", "excerpt", "excerpt_start", "paragraph", "start", "end")
