"""Changes of the organisation: done, refused, kept in the log, and the past kept with them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.apps.conftest import AT, SINCE

from qingzhuang.apps.audit_trail.models import Entry
from qingzhuang.apps.orgs.actions import (
    add_person,
    close_unit,
    create_account,
    create_post,
    create_unit,
    delegate,
    end_grant,
    fill_post,
    grant_role,
    lend,
    move_unit,
    rename_unit,
    vacate_post,
)
from qingzhuang.apps.orgs.enums import Level, Role, Secondment
from qingzhuang.apps.orgs.errors import BadPlace, Overlapping
from qingzhuang.apps.orgs.models import Grant, Person, Unit, UnitRecord
from qingzhuang.apps.orgs.queries import children_on, filled_posts, name_on, posts_on, units_on

NEW_YEAR = date(2026, 1, 1)


def test_a_unit_stands_where_its_level_fits(county: Unit, town: Unit) -> None:
    with pytest.raises(BadPlace, match="level-does-not-fit"):
        create_unit(code="X", name="某镇", level=Level.TOWN, parent=town, since=SINCE, by=None, at=AT)
    assert not Unit.objects.filter(code="X").exists()
    assert list(children_on(county, NEW_YEAR)) == [town]


def test_a_unit_that_is_renamed_was_once_called_otherwise(town: Unit) -> None:
    rename_unit(unit=town, name="云台街道", on=NEW_YEAR, by=None, at=AT)
    assert town.name == "云台街道"
    assert name_on(town, date(2025, 12, 31)) == "云台镇"
    assert name_on(town, NEW_YEAR) == "云台街道"
    with pytest.raises(Overlapping, match="unit-changed-later"):
        rename_unit(unit=town, name="云台乡", on=date(2025, 6, 1), by=None, at=AT)
    assert name_on(town, date(2025, 12, 31)) == "云台镇"


def test_a_unit_moves_with_all_below_it_and_never_below_itself(county: Unit, town: Unit, village: Unit) -> None:
    other = create_unit(code="T2", name="李庄镇", level=Level.TOWN, parent=county, since=SINCE, by=None, at=AT)
    move_unit(unit=village, parent=other, on=NEW_YEAR, by=None, at=AT)
    assert list(children_on(other, NEW_YEAR)) == [village]
    assert [record.parent for record in UnitRecord.objects.filter(unit=village)] == [town, other]
    with pytest.raises(BadPlace, match="unit-below-itself"):
        move_unit(unit=other, parent=village, on=NEW_YEAR, by=None, at=AT)


def test_a_unit_is_merged_with_all_that_it_has(county: Unit, town: Unit, village: Unit) -> None:
    with pytest.raises(BadPlace, match="unit-has-units"):
        close_unit(unit=town, on=NEW_YEAR, by=None, at=AT)
    post = create_post(unit=town, title="镇长", since=SINCE, by=None, at=AT)
    other = create_unit(code="T2", name="李庄镇", level=Level.TOWN, parent=county, since=SINCE, by=None, at=AT)
    close_unit(unit=town, on=NEW_YEAR, into=other, by=None, at=AT)
    post.refresh_from_db()
    village.refresh_from_db()
    assert (town.until, town.merged_into, post.until) == (NEW_YEAR, other, NEW_YEAR)
    assert list(children_on(other, NEW_YEAR)) == [village]
    assert town not in units_on(NEW_YEAR)
    assert town in units_on(date(2025, 12, 31))


def test_a_post_changes_hands_and_is_vacant_between(town: Unit) -> None:
    post = create_post(unit=town, title="文书", front_line=True, since=SINCE, by=None, at=AT)
    first, second = (add_person(code=code, name="某", by=None, at=AT) for code in "ab")
    fill_post(post=post, person=first, since=SINCE, by=None, at=AT)
    fill_post(post=post, person=second, since=NEW_YEAR, by=None, at=AT)
    vacate_post(post=post, on=date(2026, 2, 1), by=None, at=AT)
    held = [(holding.person, holding.since, holding.until) for holding in post.holdings.order_by("since")]
    assert held == [(first, SINCE, NEW_YEAR), (second, NEW_YEAR, date(2026, 2, 1))]
    assert list(filled_posts(town, date(2026, 1, 31))) == [post]
    assert list(filled_posts(town, date(2026, 2, 1))) == []
    with pytest.raises(Overlapping, match="post-held-later"):
        fill_post(post=post, person=first, since=NEW_YEAR, by=None, at=AT) and fill_post(
            post=post, person=second, since=SINCE, by=None, at=AT
        )


def test_who_is_lent_up_fills_no_post(county: Unit, town: Unit) -> None:
    posts = [create_post(unit=town, title="干事", since=SINCE, by=None, at=AT) for _ in range(2)]
    holdings = [
        fill_post(post=post, person=add_person(code=f"p{i}", name="某", by=None, at=AT), since=SINCE, by=None, at=AT)
        for i, post in enumerate(posts)
    ]
    until = date(2026, 7, 1)
    lent = {"holding": holdings[0], "to": county, "kind": Secondment.LENT_UP, "by": None, "at": AT}
    lend(**lent, since=NEW_YEAR, until=until)
    assert [(seen.count, seen.filled) for seen in posts_on(town, NEW_YEAR)] == [(2, 1)]
    assert [(seen.count, seen.filled) for seen in posts_on(town, until)] == [(2, 2)]
    with pytest.raises(Overlapping, match="lent-already"):
        lend(**lent, since=date(2026, 6, 30), until=None)
    lend(**lent, since=until, until=None)


def test_one_deputy_at_a_time(town: Unit) -> None:
    post = create_post(unit=town, title="镇长", since=SINCE, by=None, at=AT)
    deputies = [add_person(code=code, name="某", by=None, at=AT) for code in "ab"]
    delegate(post=post, deputy=deputies[0], since=NEW_YEAR, until=date(2026, 1, 8), by=None, at=AT)
    with pytest.raises(Overlapping, match="delegated-already"):
        delegate(post=post, deputy=deputies[1], since=date(2026, 1, 7), until=date(2026, 1, 9), by=None, at=AT)
    delegate(post=post, deputy=deputies[1], since=date(2026, 1, 8), until=date(2026, 1, 9), by=None, at=AT)


def test_a_role_ends_and_may_be_given_again(town: Unit) -> None:
    account = create_account(username="a", password=None, by=None, at=AT)
    grant = grant_role(account=account, role=Role.CADRE, unit=town, since=SINCE, by=None, at=AT)
    with pytest.raises(Overlapping, match="granted-already"):
        grant_role(account=account, role=Role.CADRE, unit=town, since=NEW_YEAR, by=None, at=AT)
    end_grant(grant=grant, on=NEW_YEAR, by=None, at=AT)
    grant_role(account=account, role=Role.CADRE, unit=town, since=NEW_YEAR, by=None, at=AT)
    assert Grant.objects.on(NEW_YEAR).filter(account=account).count() == 1


def test_every_change_is_in_the_log_with_names_of_fields_and_no_value(town: Unit) -> None:
    person = add_person(code="a", name="某甲", phone="13900000001", id_number="110101190001011234", by=None, at=AT)
    entry = Entry.objects.get(on_kind="orgs.person", on_id=str(person.pk))
    assert (entry.action, entry.fields) == ("orgs.add_person", ["code", "id_number", "name", "phone"])
    held = " ".join(str(value) for row in Entry.objects.values() for value in row.values())
    assert "13900000001" not in held
    assert "某甲" not in held


def test_numbers_are_encrypted_in_the_database(town: Unit) -> None:
    from django.db import connection

    person = add_person(code="a", name="某", phone="13900000001", by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_digest FROM orgs_person")
        (phone, digest), *_ = cursor.fetchall()
    assert "139" not in phone
    assert "139" not in digest
    assert Person.objects.get(pk=person.pk).phone == "13900000001"


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Unit, {"until": SINCE}),
        (Unit, {"level": "moon"}),
        (UnitRecord, {"until": SINCE}),
        (Grant, {"role": "king"}),
        (Grant, {"until": SINCE}),
    ],
)
def test_the_database_holds_what_the_words_say(town: Unit, model: type, change: dict[str, object]) -> None:
    account = create_account(username="a", password=None, by=None, at=AT)
    grant_role(account=account, role=Role.CADRE, unit=town, since=SINCE, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_a_merged_unit_has_ended(county: Unit, town: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=town.pk).update(merged_into=county)


def test_a_post_has_one_holder(town: Unit) -> None:
    post = create_post(unit=town, title="文书", since=SINCE, by=None, at=AT)
    people = [add_person(code=code, name="某", by=None, at=AT) for code in "ab"]
    fill_post(post=post, person=people[0], since=SINCE, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        post.holdings.create(person=people[1], since=NEW_YEAR)
