"""Change the organisation: each change with its row in the log, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from qingzhuang.apps.audit_trail.actions import record
from qingzhuang.apps.orgs.enums import BELOW, Level, Role, Secondment
from qingzhuang.apps.orgs.errors import BadPlace, Overlapping
from qingzhuang.apps.orgs.models import (
    Account,
    Dated,
    Delegation,
    Grant,
    Holding,
    Loan,
    Person,
    Post,
    Unit,
    UnitRecord,
)
from qingzhuang.common.fields import digest_of


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    level: Level,
    parent: Unit | None,
    since: date,
    urban: bool = False,
    by: Account | None,
    at: datetime,
) -> Unit:
    """Add a unit below `parent`; raises BadPlace where its level does not fit there."""
    _check_place(level, parent)
    new = Unit(code=code, name=name, level=level, urban=urban, since=since)
    if parent is None:
        unit: Unit = Unit.objects.add_root(instance=new)
    else:
        unit = Unit.objects.add_child(Unit.objects.get(pk=parent.pk), instance=new)
    UnitRecord.objects.create(unit=unit, name=name, parent=parent, since=since)
    values = {
        "code": code,
        "name": name,
        "level": level,
        "urban": urban,
        "parent": parent and parent.pk,
        "since": since,
    }
    record(action="orgs.create_unit", by=by, at=at, on=unit, values=values)
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, on: date, by: Account | None, at: datetime) -> None:
    """Give `unit` another name from `on`; what it was called before is kept."""
    _open_record(unit, on, name=name)
    Unit.objects.filter(pk=unit.pk).update(name=name)
    unit.refresh_from_db()
    record(action="orgs.rename_unit", by=by, at=at, on=unit, values={"name": name, "since": on})


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit, on: date, by: Account | None, at: datetime) -> None:
    """Put `unit`, with all below it, under `parent` from `on`; raises BadPlace below itself or where its level does not fit."""
    unit.refresh_from_db()
    parent.refresh_from_db()
    if parent.path.startswith(unit.path):
        raise BadPlace("unit-below-itself", unit=unit.code, parent=parent.code)
    _check_place(Level(unit.level), parent)
    _open_record(unit, on, parent=parent)
    Unit.objects.move(unit, parent, "last-child")
    unit.refresh_from_db()
    record(action="orgs.move_unit", by=by, at=at, on=unit, values={"parent": parent.pk, "since": on})


@transaction.atomic
def close_unit(*, unit: Unit, on: date, into: Unit | None = None, by: Account | None, at: datetime) -> None:
    """End `unit` on `on`, merged `into` another where one is given, to which all below it moves.

    Its posts and grants end with it. Raises BadPlace where what stands below it would be left without a place."""
    unit.refresh_from_db()
    below = list(Unit.objects.filter(path__startswith=unit.path, depth=unit.depth + 1, until=None))
    if below and into is None:
        raise BadPlace("unit-has-units", unit=unit.code, count=len(below))
    for child in below:
        assert into
        move_unit(unit=child, parent=into, on=on, by=by, at=at)
    for dated in (
        Post.objects.filter(unit=unit),
        Grant.objects.filter(unit=unit),
        UnitRecord.objects.filter(unit=unit),
    ):
        dated.filter(until=None).update(until=on)
    Holding.objects.filter(post__unit=unit, until=None).update(until=on)
    Unit.objects.filter(pk=unit.pk).update(until=on, merged_into=into)
    unit.refresh_from_db()
    record(action="orgs.close_unit", by=by, at=at, on=unit, values={"until": on, "merged_into": into and into.pk})


@transaction.atomic
def add_person(
    *, code: str, name: str, phone: str = "", id_number: str = "", by: Account | None, at: datetime
) -> Person:
    """Add a person; the numbers are kept encrypted."""
    digest = digest_of(phone) if phone else ""
    person = Person.objects.create(code=code, name=name, phone=phone, phone_digest=digest, id_number=id_number)
    values = {"code": code, "name": name, "phone": phone, "id_number": id_number}
    record(action="orgs.add_person", by=by, at=at, on=person, values=values)
    return person


@transaction.atomic
def create_post(
    *, unit: Unit, title: str, front_line: bool = False, since: date, by: Account | None, at: datetime
) -> Post:
    """Add a post to `unit`, vacant at first."""
    post = Post.objects.create(unit=unit, title=title, front_line=front_line, since=since)
    values = {"unit": unit.pk, "title": title, "front_line": front_line, "since": since}
    record(action="orgs.create_post", by=by, at=at, on=post, values=values)
    return post


@transaction.atomic
def fill_post(*, post: Post, person: Person, since: date, by: Account | None, at: datetime) -> Holding:
    """Give `post` to `person` from `since`; who held it till then leaves it. Raises Overlapping where that would be before they came."""
    _end_open(post.holdings.filter(until=None), since, "post-held-later")
    holding = Holding.objects.create(post=post, person=person, since=since)
    record(action="orgs.fill_post", by=by, at=at, on=post, values={"person": person.pk, "since": since})
    return holding


@transaction.atomic
def vacate_post(*, post: Post, on: date, by: Account | None, at: datetime) -> None:
    """End whoever holds `post` on `on`."""
    _end_open(post.holdings.filter(until=None), on, "post-held-later")
    record(action="orgs.vacate_post", by=by, at=at, on=post, values={"until": on})


@transaction.atomic
def lend(
    *,
    holding: Holding,
    to: Unit,
    kind: Secondment,
    since: date,
    until: date | None,
    by: Account | None,
    at: datetime,
) -> Loan:
    """Note that whoever holds a post works at `to`: lent up or sent down. Raises Overlapping where they already do elsewhere."""
    _check_free(Loan.objects.filter(holding=holding), since, until, "lent-already")
    loan = Loan.objects.create(holding=holding, to=to, kind=kind, since=since, until=until)
    values = {"to": to.pk, "kind": kind, "since": since, "until": until}
    record(action="orgs.lend", by=by, at=at, on=holding, values=values)
    return loan


@transaction.atomic
def delegate(*, post: Post, deputy: Person, since: date, until: date, by: Account | None, at: datetime) -> Delegation:
    """Let `deputy` act for `post` from `since` until before `until`; raises Overlapping where another already does."""
    _check_free(Delegation.objects.filter(post=post), since, until, "delegated-already")
    delegation = Delegation.objects.create(post=post, deputy=deputy, since=since, until=until)
    values = {"deputy": deputy.pk, "since": since, "until": until}
    record(action="orgs.delegate", by=by, at=at, on=post, values=values)
    return delegation


@transaction.atomic
def create_account(
    *,
    username: str,
    password: str | None,
    person: Person | None = None,
    demo: bool = False,
    by: Account | None,
    at: datetime,
) -> Account:
    """Make an account that may do nothing yet; without a password it is entered by another way."""
    account = Account.objects.create_user(username, password, person=person, demo=demo)
    values = {"username": username, "person": person and person.pk, "demo": demo}
    record(action="orgs.create_account", by=by, at=at, on=account, values=values)
    return account


@transaction.atomic
def grant_role(
    *,
    account: Account,
    role: Role,
    unit: Unit,
    since: date,
    until: date | None = None,
    by: Account | None,
    at: datetime,
) -> Grant:
    """Let `account` be `role` for `unit`; raises Overlapping where it is already."""
    _check_free(Grant.objects.filter(account=account, role=role, unit=unit), since, until, "granted-already")
    grant = Grant.objects.create(account=account, role=role, unit=unit, since=since, until=until)
    values = {"role": role, "unit": unit.pk, "since": since, "until": until}
    record(action="orgs.grant_role", by=by, at=at, on=account, values=values)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, on: date, by: Account | None, at: datetime) -> None:
    """End `grant` on `on`."""
    Grant.objects.filter(pk=grant.pk).update(until=on)
    grant.refresh_from_db()
    values: Mapping[str, object] = {"role": grant.role, "unit": grant.unit_id, "until": on}
    record(action="orgs.end_grant", by=by, at=at, on=grant.account, values=values)


def _check_place(level: Level, parent: Unit | None) -> None:
    if level not in BELOW[Level(parent.level) if parent else None]:
        raise BadPlace("level-does-not-fit", level=level.value, parent=parent and parent.level)


def _open_record(unit: Unit, on: date, *, name: str | None = None, parent: Unit | None = None) -> None:
    """End the open record of `unit` on `on`, and open another with what is new in it."""
    known = UnitRecord.objects.get(unit=unit, until=None)
    _end_open(UnitRecord.objects.filter(pk=known.pk), on, "unit-changed-later")
    UnitRecord.objects.create(unit=unit, name=name or known.name, parent=parent or known.parent, since=on)


def _end_open(rows: Dated, on: date, code: str) -> None:
    """End `rows` on `on`; raises Overlapping where one begins only then or later."""
    later = rows.filter(since__gte=on).first()
    if later:
        raise Overlapping(code, since=later.since, on=on)
    rows.update(until=on)


def _check_free(rows: Dated, since: date, until: date | None, code: str) -> None:
    """Raise Overlapping where one of `rows` holds on a day from `since` until before `until`."""
    meeting = rows.exclude(until__lte=since)
    if until is not None:
        meeting = meeting.exclude(since__gte=until)
    if found := meeting.first():
        raise Overlapping(code, since=found.since, until=found.until)
