"""The register: demands, what they ask and of whom, and every step of their way."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from qingzhuang.apps.demands.enums import NUMBERED, State
from qingzhuang.apps.orgs.enums import Level
from qingzhuang.apps.orgs.models import Unit
from qingzhuang.domain.demands import AskKind, Kind, Medium
from qingzhuang.domain.demands.stages import Line, Outcome, StageName


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the words of the domain as choices of a field; what a reader sees of them is in the catalogue."""
    return [(word.value, word.value) for word in words]


def _known(field: str, words: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [word.value for word in words]}), name=name)


def new_code() -> str:
    """Return 128 random bits, by which the QR code shows what a number alone does not."""
    return secrets.token_hex(16)


class Demand(models.Model):
    """A demand 涉基层事项; what it says of itself, where it is on its way, and the number it carries."""

    kind = models.CharField(max_length=12, choices=_choices(Kind))
    title = models.CharField(max_length=200)
    issuer = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="demands")
    line = models.CharField(max_length=10, choices=_choices(Line), default=Line.GOVERNMENT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    text = models.TextField(blank=True, default="")
    """The notice that it was read from, where there is one."""
    basis = models.JSONField(default=list)
    """The higher documents or approvals that it cites, in its own words."""
    starts = models.DateField(null=True)
    due = models.DateField(null=True)
    expires = models.DateField(null=True)
    emergency = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    """Whether the page of its number says more than that it is valid and whose it is."""
    hours = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    """Hours a year, over all targets."""
    number = models.CharField(max_length=60, unique=True, null=True)
    code = models.CharField(max_length=32, unique=True, default=new_code)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    state_since = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "state_since"], name="demand_state"),
            models.Index(fields=["issuer", "state"], name="demand_issuer"),
        ]
        constraints: ClassVar = [
            _known("kind", Kind, "demand_kind"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="demand_state_known"),
            _known("line", Line, "demand_line"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="demand_hours"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(NUMBERED)) | Q(number__isnull=False), name="demand_approved_has_number"
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(expires=None) | Q(expires__gt=F("starts")), name="demand_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def access_unit(self) -> Unit:
        """Whose it is: its issuer's."""
        return self.issuer


class Ask(models.Model):
    """One thing that a demand wants delivered, and what it costs each unit that delivers it."""

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="asks")
    kind = models.CharField(max_length=10, choices=_choices(AskKind))
    text = models.CharField(max_length=500)
    medium = models.CharField(max_length=10, choices=_choices(Medium), blank=True, default="")
    per_year = models.DecimalField(max_digits=8, decimal_places=3, default=1)
    items = models.PositiveIntegerField(default=1)
    units = models.PositiveIntegerField(default=1)
    hours_each = models.DecimalField(max_digits=8, decimal_places=3)

    class Meta:
        constraints: ClassVar = [
            _known("kind", AskKind, "ask_kind"),
            models.CheckConstraint(condition=Q(per_year__gt=0, hours_each__gte=0), name="ask_costs"),
        ]

    def __str__(self) -> str:
        return self.text


class Target(models.Model):
    """Every unit of `level` at or below `unit` is meant."""

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="targets")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["demand", "unit", "level"], name="target_once"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="target_level"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "level"], name="target_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.level}"


class Judgement(models.Model):
    """What the rules had against a demand when it was submitted: the findings, the day judged, and the packs judged by."""

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="judgements")
    at = models.DateTimeField()
    on = models.DateField()
    packs = models.CharField(max_length=64)
    """SHA-256 over the packs' digests."""
    findings = models.JSONField(default=list)
    refused = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.demand}: {len(self.findings)}"


class Step(models.Model):
    """A stage of the way that was passed, or where the demand went back; on paper where `paper` names the sheet 呈批单."""

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="steps")
    round = models.PositiveSmallIntegerField()
    """Counts how often the demand has been submitted; each time the way begins anew."""
    stage = models.CharField(max_length=20, choices=_choices(StageName))
    outcome = models.CharField(max_length=10, choices=_choices(Outcome))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=60, blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    leader = models.CharField(max_length=60, blank=True, default="")
    """Who goes on in spite of an opinion."""
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["demand", "round", "stage"], name="step_once"),
            _known("stage", StageName, "step_stage"),
            _known("outcome", Outcome, "step_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.RETURNED, Outcome.REFUSED, Outcome.OPINION]) | ~Q(reasons=""),
                name="step_no_has_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.OPINION) | ~Q(leader=""), name="step_opinion_has_leader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.outcome}"


class Series(models.Model):
    """The last number that an issuer was given in a year; locked while the next is given."""

    issuer = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issuer", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.year}: {self.last}"
