"""The register's pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from qingzhuang.apps.demands import actions, queries
from qingzhuang.apps.demands.enums import EDITABLE, State
from qingzhuang.apps.demands.errors import SecretMark
from qingzhuang.apps.demands.forms import (
    AskForms,
    DemandForm,
    NoticeForm,
    StepForm,
    asks_of,
    draft_from_fields,
    draft_from_notice,
    fields_of,
)
from qingzhuang.apps.demands.models import Demand
from qingzhuang.apps.orgs.enums import Role
from qingzhuang.apps.orgs.models import Account, Unit
from qingzhuang.apps.orgs.queries import grants_of
from qingzhuang.apps.policies.queries import checker_on, stages_on
from qingzhuang.common.access import needs
from qingzhuang.common.errors import Refused
from qingzhuang.common.language import words
from qingzhuang.documents.check.values import Said, said
from qingzhuang.domain.demands.stages import Line, Outcome, StageName, next_stage, outcomes_at
from qingzhuang.domain.gate import Finding
from qingzhuang.domain.notices import notice_of
from qingzhuang.domain.notices.secrecy import secret_mark


@needs("demands.see_burden")
def burden(request: HttpRequest) -> HttpResponse:
    """Show what lands on the unit of the account, with the hours it costs."""
    today = localdate()
    unit = _unit_of(request, Role.CADRE) or _unit_of(request)
    held = {"unit": unit, "today": today, "burden": queries.burden_on(unit, on=today) if unit else None}
    return render(request, "demands/burden.html", held)


@needs("demands.draft")
def mine(request: HttpRequest) -> HttpResponse:
    """Show what the department of the account has drafted."""
    unit = _unit_of(request, Role.ISSUER)
    return render(
        request, "demands/mine.html", {"unit": unit, "demands": queries.drafted_by_unit(unit) if unit else ()}
    )


@needs("demands.draft")
def new(request: HttpRequest) -> HttpResponse:
    """Take a notice that is pasted, and make a draft of it."""
    form = NoticeForm(request.POST or None)
    issuer = _unit_of(request, Role.ISSUER)
    if request.method == "POST" and form.is_valid() and issuer:
        text = form.cleaned_data["text"]
        try:
            _refuse_marked(text)
            draft = draft_from_notice(text, issuer=issuer, on=localdate())
            made = actions.draft_demand(issuer=issuer, draft=draft, by=_account(request), at=now())
        except Refused as refused:
            # What was typed is not shown again: a marked text must not be on the page either.
            return render(request, "demands/new.html", {"form": NoticeForm(), "refused": _said(refused)}, status=422)
        return redirect("edit_demand", pk=made.pk)
    return render(request, "demands/new.html", {"form": form})


@needs("demands.draft")
@require_POST
def findings(request: HttpRequest) -> HttpResponse:
    """Say what the rules have against a notice while it is typed; nothing of it is kept."""
    text = request.POST.get("text", "")
    mark = secret_mark(text.splitlines())
    found = () if mark else checker_on(localdate()).check_notice(notice_of(text)).findings
    return render(request, "demands/findings.html", {"mark": mark, "found": _in_words(found), "text": text})


@needs("demands.see_demand")
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one demand: what it asks, its hours as a sum, what is against it, and how far it is."""
    shown = _demand(request, pk)
    last = shown.judgements.last()
    held = {
        "demand": shown,
        "asks": [(ask, ask.units * ask.per_year * ask.items * ask.hours_each) for ask in shown.asks.all()],
        "targets": shown.targets.select_related("unit"),
        "judgement": last,
        "found": _in_words(queries.findings_of(last)) if last else [],
        "steps": queries.steps_of(shown),
        "editable": shown.state in EDITABLE and _account(request).has_perm("demands.draft", shown),
        "stage": None,
    }
    if shown.state == State.SUBMITTED:
        passed = queries.passed_in(shown)
        stage = next_stage(stages_on(localdate(), Line(shown.line)), passed)
        if stage and _account(request).has_perm(f"demands.{stage.permission}", shown):
            held |= {"stage": stage.name, "form": StepForm(_outcomes(stage.name, passed))}
    return render(request, "demands/demand.html", held)


@needs("demands.draft")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    shown = _demand(request, pk)
    if not _account(request).has_perm("demands.draft", shown):
        raise PermissionDenied("demands.draft")
    fields = DemandForm(request.POST or None, initial=fields_of(shown))
    asks = AskForms(request.POST or None, initial=asks_of(shown), prefix="asks")
    if request.method == "POST" and fields.is_valid() and asks.is_valid():
        draft = draft_from_fields(shown, fields, asks, on=localdate())
        try:
            actions.edit_draft(demand=shown, draft=draft, by=_account(request), at=now())
        except Refused as refused:
            messages.error(request, _said(refused), extra_tags="alarm")
        else:
            messages.success(request, words()("register.kept"), extra_tags="well")
        return redirect("demand", pk=pk)
    against = checker_on(localdate()).check_notice(notice_of(shown.text)).findings if shown.text else ()
    held = {"demand": shown, "fields": fields, "asks": asks, "found": _in_words(against)}
    return render(request, "demands/edit.html", held, status=422 if request.method == "POST" else 200)


@needs("demands.draft")
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft on its way."""
    shown = _demand(request, pk)
    if not _account(request).has_perm("demands.draft", shown):
        raise PermissionDenied("demands.draft")
    try:
        actions.submit_demand(demand=shown, by=_account(request), at=now())
    except Refused as refused:
        messages.error(request, _said(refused), extra_tags="alarm")
    else:
        messages.success(request, words()("register.submitted"), extra_tags="well")
    return redirect("demand", pk=pk)


@needs("demands.see_demand")
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the stage that is due, or send the demand back."""
    shown = _demand(request, pk)
    stage = request.POST.get("stage", "")
    form = StepForm(list(Outcome), request.POST)
    if stage not in set(StageName) or not form.is_valid():
        messages.error(request, words()("register.step_unclear"), extra_tags="alarm")
        return redirect("demand", pk=pk)
    held = {**form.cleaned_data, "outcome": Outcome(form.cleaned_data["outcome"])}
    try:
        actions.take_step(demand=shown, stage=StageName(stage), **held, by=_account(request), at=now())
    except Refused as refused:
        messages.error(request, _said(refused), extra_tags="alarm")
    else:
        messages.success(request, words()("register.step_taken"), extra_tags="well")
    return redirect("demand", pk=pk)


@needs("demands.review")
def queue(request: HttpRequest) -> HttpResponse:
    """Show what is under way in the office's area, the longest waiting first."""
    unit = _unit_of(request, Role.BURDEN_OFFICE)
    today = localdate()
    waiting = [(one, (today - localdate(one.state_since)).days) for one in queries.under_way(unit)] if unit else []
    return render(request, "demands/queue.html", {"unit": unit, "waiting": waiting})


@login_not_required
def look_up(request: HttpRequest) -> HttpResponse:
    """Take a number from whoever wants to know whether it is real."""
    number = request.GET.get("number", "").strip()
    return redirect("verify", number=number) if number else render(request, "demands/look_up.html")


@login_not_required
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether a number is valid, and no more of its demand than anyone may know."""
    found = queries.verify_number(number, on=localdate())
    return render(request, "demands/verify.html", {"found": found}, status=200 if found.valid else 404)


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _unit_of(request: HttpRequest, role: Role | None = None) -> Unit | None:
    """Return the unit that the account is `role` for; of several the first."""
    grants = grants_of(_account(request), localdate())
    found = (grants.filter(role=role) if role else grants).first()
    return found.unit if found else None


def _demand(request: HttpRequest, pk: int) -> Demand:
    """Return the demand, where the account may see it."""
    shown = get_object_or_404(Demand.objects.select_related("issuer"), pk=pk)
    if not _account(request).has_perm("demands.see_demand", shown):
        raise PermissionDenied("demands.see_demand")
    return shown


def _outcomes(stage: StageName, passed: list[StageName]) -> list[Outcome]:
    allowed = outcomes_at(stage, passed)
    return [one for one in Outcome if one in allowed]


def _refuse_marked(text: str) -> None:
    if mark := secret_mark(text.splitlines()):
        raise SecretMark("secret-mark", mark=mark)


def _said(refused: Refused) -> str:
    """Return a refusal in the reader's words."""
    data = dict(refused.data)
    if "fields" in data:
        data["fields"] = "、".join(words()(f"register.lacks_{name}") for name in refused.data["fields"])  # type: ignore[attr-defined]
    return words()(f"errors.{refused.code}", **data)


def _in_words(found: Iterable[Finding]) -> list[Said]:
    return [said(one, words()) for one in found]
