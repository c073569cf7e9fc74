"""The pages of the organisation."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse
from tests.apps.conftest import AT, SINCE, SignIn

from qingzhuang.apps.orgs.actions import add_person, create_post, fill_post, rename_unit
from qingzhuang.apps.orgs.enums import Role
from qingzhuang.apps.orgs.models import Unit


def test_a_stranger_is_asked_to_sign_in(county: Unit) -> None:
    answer = Client().get(reverse("units"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_the_tree_and_a_unit_in_it(sign_in: SignIn, county: Unit, town: Unit, village: Unit) -> None:
    client = sign_in(Role.CADRE, village)
    assert "云台镇" in client.get(reverse("units")).content.decode()
    page = client.get(reverse("unit", args=[town.pk])).content.decode()
    assert "清河县" in page
    assert "石桥村" in page


def test_a_unit_page_counts_posts_and_names_nobody(sign_in: SignIn, town: Unit) -> None:
    post = create_post(unit=town, title="文书", front_line=True, since=SINCE, by=None, at=AT)
    person = add_person(code="a", name="某甲", by=None, at=AT)
    fill_post(post=post, person=person, since=SINCE, by=None, at=AT)
    page = sign_in(Role.AUDITOR, town).get(reverse("unit", args=[town.pk])).content.decode()
    assert "文书" in page
    assert "某甲" not in page


def test_what_a_unit_was_called(sign_in: SignIn, town: Unit) -> None:
    rename_unit(unit=town, name="云台街道", on=date(2026, 1, 1), by=None, at=AT)
    page = sign_in(Role.CADRE, town).get(reverse("unit", args=[town.pk])).content.decode()
    assert "2020年1月1日 至 2026年1月1日：云台镇" in page


def test_the_language_is_the_readers(sign_in: SignIn, town: Unit) -> None:
    client = sign_in(Role.CADRE, town)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert "Units" in client.get(reverse("units")).content.decode()
    client.post(reverse("set_language"), {"language": "zh-hant", "next": "/"})
    assert "單位" in client.get(reverse("units")).content.decode()
