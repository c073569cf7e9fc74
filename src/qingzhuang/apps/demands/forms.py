"""Between what a person types and a draft: a notice that is pasted, and the fields of a demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from qingzhuang.apps.demands.actions import AskDraft, Draft
from qingzhuang.apps.demands.models import Demand
from qingzhuang.apps.orgs.enums import Level
from qingzhuang.apps.orgs.models import Unit
from qingzhuang.apps.orgs.queries import units_on
from qingzhuang.apps.policies.queries import book_on, checker_on
from qingzhuang.common.language import words
from qingzhuang.domain.demands import AskKind, Kind, Medium
from qingzhuang.domain.demands.burden import burden
from qingzhuang.domain.demands.stages import Line, Outcome
from qingzhuang.domain.notices import notice_of

LEVELS = (Level.DEPARTMENT, Level.TOWN, Level.VILLAGE)
"""The levels that a demand may be meant for."""
LONGEST = 100_000
"""Characters of a notice that is pasted."""


def _day() -> forms.DateInput:
    """Return the browser's own choice of a day, which takes and gives ISO 8601 alone."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class NoticeForm(forms.Form):
    """A notice, pasted; or nothing, to begin with empty fields."""

    text = forms.CharField(widget=forms.Textarea, required=False, max_length=LONGEST)


class DemandForm(forms.Form):
    """The fields of a demand."""

    title = forms.CharField(max_length=200)
    kind = forms.ChoiceField()
    line = forms.ChoiceField()
    levels = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    basis = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    starts = forms.DateField(required=False, widget=_day())
    due = forms.DateField(required=False, widget=_day())
    expires = forms.DateField(required=False, widget=_day())
    public = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the words of the reader's language on fields and choices."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        say = words()
        for name, field in self.fields.items():
            field.label = say(f"register.field_{name}")
        for name, choices in (("kind", Kind), ("line", Line)):
            self._offer(name, [(word.value, say(f"register.{name}_{word.value}")) for word in choices])
        self._offer("levels", [(level.value, say(f"orgs.level_{level.value}")) for level in LEVELS])
        self.fields["basis"].help_text = say("register.help_basis")

    def clean(self) -> dict[str, Any]:
        """Refuse a demand that ends before it begins."""
        held = super().clean() or {}
        starts, expires = held.get("starts"), held.get("expires")
        if starts and expires and expires <= starts:
            self.add_error("expires", words()("register.ends_before_it_begins"))
        return held

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class AskForm(forms.Form):
    """One ask."""

    kind = forms.ChoiceField(initial=AskKind.FIELD.value)
    text = forms.CharField(max_length=500)
    medium = forms.ChoiceField(required=False)
    per_year = forms.DecimalField(min_value=Decimal("0.001"), max_digits=8, decimal_places=3, initial=1)
    items = forms.IntegerField(min_value=1, initial=1)
    hours_each = forms.DecimalField(min_value=Decimal(0), max_digits=8, decimal_places=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the words of the reader's language on fields and choices."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        say = words()
        for name, field in self.fields.items():
            field.label = say(f"register.ask_{name}")
        kind, medium = self.fields["kind"], self.fields["medium"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(medium, forms.ChoiceField)
        kind.choices = [(one.value, say(f"register.ask_kind_{one.value.replace('-', '_')}")) for one in AskKind]
        medium.choices = [("", "—"), *((one.value, say(f"register.medium_{one.value}")) for one in Medium)]


AskForms = forms.formset_factory(AskForm, extra=1, can_delete=True, max_num=60)


class StepForm(forms.Form):
    """What came of a stage."""

    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    reasons = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000)
    leader = forms.CharField(required=False, max_length=60)
    paper = forms.CharField(required=False, max_length=60)

    def __init__(self, outcomes: Sequence[Outcome], *args: Any, **kwargs: Any) -> None:
        """Offer the outcomes that the stage has; a leader is asked for only where an opinion is one."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        say = words()
        if Outcome.OPINION not in outcomes:
            del self.fields["leader"]
        for name, field in self.fields.items():
            field.label = say(f"register.step_{name}")
        offered = self.fields["outcome"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(one.value, say(f"register.outcome_{one.value}")) for one in outcomes]


def draft_from_notice(text: str, *, issuer: Unit, on: date) -> Draft:
    """Read `text`, as the verb `check` does, and return the demand that it makes; what it does not say is left open."""
    notice = notice_of(text)
    read = checker_on(on).draft(notice)
    county = _county_of(issuer)
    meant = {str(target.level) for target in read.targets}
    targets = tuple((county, level) for level in LEVELS if level.value in meant)
    units = sum(_count(county, level, on) for _, level in targets) or 1
    lines = burden(read, book_on(on)).lines
    asks = tuple(
        AskDraft(
            kind=str(line.ask.kind),
            text=line.ask.text[:500],
            hours_each=_decimal(line.hours_each),
            per_year=_decimal(line.ask.per_year),
            items=line.ask.items,
            units=units,
            medium=str(line.ask.medium or ""),
        )
        for line in lines
    )
    return Draft(
        kind=str(read.kind),
        title=(read.title or words()("register.untitled"))[:200],
        text=text,
        basis=read.basis,
        starts=on,
        due=read.deadline.day if read.deadline else None,
        emergency=read.emergency,
        asks=asks,
        targets=targets,
    )


def draft_from_fields(demand: Demand, fields: DemandForm, asks: Any, *, on: date) -> Draft:
    """Return what the forms of `demand` say, both being valid; how many units deliver is counted, not typed."""
    held = fields.cleaned_data
    county = _county_of(demand.issuer)
    targets = tuple((county, level) for level in held["levels"])
    units = sum(_count(county, level, on) for _, level in targets) or 1
    listed = [one for one in asks.cleaned_data if one and not one.get("DELETE")]
    return Draft(
        kind=held["kind"],
        title=held["title"],
        line=held["line"],
        text=demand.text,
        basis=tuple(one.strip() for one in held["basis"].splitlines() if one.strip()),
        starts=held["starts"],
        due=held["due"],
        expires=held["expires"],
        emergency=demand.emergency,
        public=held["public"],
        asks=tuple(AskDraft(units=units, **{name: one[name] for name in AskForm.base_fields}) for one in listed),
        targets=targets,
    )


def fields_of(demand: Demand) -> dict[str, Any]:
    """Return the fields of `demand` as its form takes them."""
    names = ("title", "kind", "line", "starts", "due", "expires", "public")
    levels = list(demand.targets.values_list("level", flat=True))
    return {name: getattr(demand, name) for name in names} | {"levels": levels, "basis": "\n".join(demand.basis)}


def asks_of(demand: Demand) -> list[dict[str, Any]]:
    """Return the asks of `demand` as their forms take them."""
    return list(demand.asks.values(*AskForm.base_fields))


def _county_of(unit: Unit) -> Unit:
    """Return the county that `unit` is of, or the highest above it where there is none."""
    above = list(Unit.objects.get_ancestors(unit))
    return next((one for one in above if one.level == Level.COUNTY), above[0] if above else unit)


def _count(unit: Unit, level: str, on: date) -> int:
    return units_on(on).filter(path__startswith=unit.path, level=level).count()


def _decimal(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.001"))
