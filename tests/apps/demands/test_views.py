"""The register's pages: a notice becomes a draft, the draft goes its way, and anyone can ask whether a number is real."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.conftest import AT, Office, SignIn, pass_until

from qingzhuang.apps.demands.actions import Draft, change_state, draft_demand
from qingzhuang.apps.demands.enums import State
from qingzhuang.apps.demands.models import Demand
from qingzhuang.apps.demands.queries import burden_on, verify_number
from qingzhuang.apps.orgs.enums import Role
from qingzhuang.apps.orgs.models import Unit
from qingzhuang.domain.demands.stages import StageName

NOTICE = """关于报送河道巡查情况的通知
各村：
各村每周报送一次巡查情况表，并上传不少于3张现场照片。
县水利局
2026年3月2日"""
MARKED = "机密★10年\n关于报送情况的通知"


def test_a_notice_that_is_pasted_becomes_a_draft(sign_in: SignIn, department: Unit, village: Unit) -> None:
    client = sign_in(Role.ISSUER, department)
    answer = client.post(reverse("new_demand"), {"text": NOTICE})
    demand = Demand.objects.get()
    assert answer["Location"] == reverse("edit_demand", args=[demand.pk])
    assert (demand.title, demand.issuer, demand.state) == ("关于报送河道巡查情况的通知", department, State.DRAFT)
    assert [(str(ask.per_year.normalize()), ask.items) for ask in demand.asks.all()] == [("52", 1), ("52", 3)]
    page = client.get(answer["Location"]).content.decode()
    assert "以截图照片代替实绩" in page


def test_a_marked_notice_is_kept_nowhere_and_not_shown_again(sign_in: SignIn, department: Unit) -> None:
    client = sign_in(Role.ISSUER, department)
    answer = client.post(reverse("new_demand"), {"text": MARKED})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "机密" in page
    assert "关于报送情况" not in page
    assert not Demand.objects.exists()
    assert "关于报送情况" not in client.post(reverse("findings"), {"text": MARKED}).content.decode()


def test_findings_are_said_while_one_types_and_nothing_is_kept(sign_in: SignIn, department: Unit) -> None:
    page = sign_in(Role.ISSUER, department).post(reverse("findings"), {"text": NOTICE}).content.decode()
    assert "上传不少于3张现场照片" in page
    assert not Demand.objects.exists()


def _fields(demand: Demand, **changed: str) -> dict[str, object]:
    asks = {"asks-TOTAL_FORMS": "1", "asks-INITIAL_FORMS": "0", "asks-0-kind": "field", "asks-0-text": "填表"}
    held = {
        "title": demand.title,
        "kind": "report",
        "line": "government",
        "levels": ["village"],
        "expires": "2027-01-01",
    }
    return {**held, **asks, "asks-0-per_year": "4", "asks-0-items": "2", "asks-0-hours_each": "0.5", **changed}


def test_a_draft_is_edited_and_submitted_on_the_page(sign_in: SignIn, demand: Demand, village: Unit) -> None:
    client = sign_in(Role.ISSUER, demand.issuer)
    assert client.post(reverse("edit_demand", args=[demand.pk]), _fields(demand)).status_code == 302
    demand.refresh_from_db()
    assert demand.hours == 4  # one village × 4 × 2 × 0.5
    client.post(reverse("submit_demand", args=[demand.pk]))
    demand.refresh_from_db()
    assert demand.state == State.SUBMITTED


@pytest.mark.parametrize("changed", [{"title": ""}, {"asks-0-per_year": "0"}, {"starts": "2027-02-01"}])
def test_what_is_wrong_in_a_field_is_said_and_what_was_typed_stays(
    sign_in: SignIn, demand: Demand, changed: dict[str, str]
) -> None:
    client = sign_in(Role.ISSUER, demand.issuer)
    answer = client.post(reverse("edit_demand", args=[demand.pk]), _fields(demand, **changed))
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert "填表" in answer.content.decode()


def test_the_office_finds_what_waits_and_decides_on_the_page(
    sign_in: SignIn, demand: Demand, office: Office, county: Unit
) -> None:
    pass_until(demand, office, StageName.COUNTERSIGNING)
    client = sign_in(Role.BURDEN_OFFICE, county)
    assert demand.title in client.get(reverse("queue")).content.decode()
    step = {"stage": "prior_review", "outcome": "returned", "reasons": "与水利年报重复"}
    page = client.post(reverse("take_step", args=[demand.pk]), step, follow=True).content.decode()
    assert "已退回" in page
    assert "与水利年报重复" in page


def test_a_no_is_said_in_words(sign_in: SignIn, demand: Demand, office: Office, county: Unit) -> None:
    pass_until(demand, office, StageName.COUNTERSIGNING)
    step = {"stage": "prior_review", "outcome": "returned", "reasons": ""}
    client = sign_in(Role.BURDEN_OFFICE, county)
    assert "请写明理由" in client.post(reverse("take_step", args=[demand.pk]), step, follow=True).content.decode()


def test_another_department_does_not_see_it(sign_in: SignIn, demand: Demand, county: Unit) -> None:
    from tests.apps.conftest import SINCE

    from qingzhuang.apps.orgs.actions import create_unit
    from qingzhuang.apps.orgs.enums import Level

    other = create_unit(code="D2", name="林业局", level=Level.DEPARTMENT, parent=county, since=SINCE, by=None, at=AT)
    client = sign_in(Role.ISSUER, other)
    for name in ("demand", "edit_demand"):
        assert client.get(reverse(name, args=[demand.pk])).status_code == 403
    assert client.post(reverse("submit_demand", args=[demand.pk])).status_code == 403


def test_a_village_sees_what_lands_on_it_with_its_hours(
    sign_in: SignIn, active: Demand, village: Unit, town: Unit
) -> None:
    assert burden_on(village, on=date(2026, 5, 1)).hours == 4  # 4 times × 2 pieces × half an hour
    assert burden_on(town, on=date(2026, 5, 1)).hours == 0
    assert burden_on(village, on=date(2027, 1, 1)).hours == 0
    page = sign_in(Role.CADRE, village).get(reverse("burden")).content.decode()
    assert village.name in page


def test_a_number_says_whose_it_is_and_of_a_public_demand_more(
    active: Demand, department: Unit, draft: Draft, office: Office
) -> None:
    page = Client().get(reverse("verify", args=[active.number]))
    assert page.status_code == 200
    assert "水利局" in page.content.decode()
    assert active.title not in page.content.decode()
    Demand.objects.filter(pk=active.pk).update(public=True)
    assert active.title in Client().get(reverse("verify", args=[active.number.lower()])).content.decode()


def test_what_is_not_in_force_is_not_valid(active: Demand, office: Office) -> None:
    on = date(2026, 5, 1)
    assert verify_number(active.number, on=on).valid
    assert not verify_number(active.number, on=date(2027, 1, 1)).valid
    change_state(demand=active, to=State.SUSPENDED, reasons="叫停", by=office.burden, at=AT)
    assert not verify_number(active.number, on=on).valid
    for wrong in ("D1-2026-0001-Z", "x", "D1-2026-0099-1", active.number[:-1] + "?"):
        assert not verify_number(wrong, on=on).valid
        assert Client().get(reverse("verify", args=[wrong])).status_code == 404


def test_no_page_lets_a_script_in(sign_in: SignIn, department: Unit, draft: Draft, office: Office) -> None:
    from dataclasses import replace

    evil = replace(draft, title="<script>alert(1)</script>")
    demand = draft_demand(issuer=department, draft=evil, by=office.issuer, at=AT)
    answer = sign_in(Role.ISSUER, department).get(reverse("demand", args=[demand.pk]))
    assert "<script>alert" not in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
