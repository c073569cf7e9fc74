"""The log: one with the change it records, chained, and not to be changed unseen."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tests.apps.conftest import AT, SINCE, SignIn

from qingzhuang.apps.audit_trail.actions import chain_entries, erase_salt, record
from qingzhuang.apps.audit_trail.models import Entry, Link, Salt
from qingzhuang.apps.audit_trail.queries import Verified, verify
from qingzhuang.apps.orgs.actions import create_unit, rename_unit
from qingzhuang.apps.orgs.enums import Level, Role
from qingzhuang.apps.orgs.models import Unit
from qingzhuang.domain.audit import Fault, FaultKind, Published


def test_what_fails_leaves_no_row(town: Unit) -> None:
    before = Entry.objects.count()

    @transaction.atomic
    def fail_behind_a_change() -> None:
        rename_unit(unit=town, name="云台乡", on=AT.date(), by=None, at=AT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_behind_a_change()
    assert Entry.objects.count() == before


def test_no_row_without_a_transaction(committed: None) -> None:
    with pytest.raises(RuntimeError, match="outside the transaction"):
        record(action="a.b", by=None, at=AT, on=Entry(pk=1))


def test_rows_are_chained_once_and_verify(county: Unit, town: Unit) -> None:
    assert verify().unchained == tuple(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert chain_entries(most=1) == 1
    assert chain_entries() == Entry.objects.count() - 1
    assert chain_entries() == 0
    found = verify()
    last = Link.objects.order_by("-position").first()
    assert found == Verified(Published(Entry.objects.count(), last.hash), (), ())


def _forced(sql: str) -> None:
    """Do to the log what its triggers forbid."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in ("entry", "link"):
                cursor.execute(f"ALTER TABLE audit_trail_{table} DISABLE TRIGGER USER")
        else:
            for table in ("entry", "link"):
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER audit_trail_{table}_no_{verb}")
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("done", "kind"),
    [
        ("UPDATE audit_trail_entry SET action = 'x' WHERE id = (SELECT min(id) + 1 FROM audit_trail_entry)", "changed"),
        ("DELETE FROM audit_trail_entry WHERE id = (SELECT min(id) + 1 FROM audit_trail_entry)", "gone"),
        ("DELETE FROM audit_trail_link WHERE position = 2", "gap"),
        ("UPDATE audit_trail_link SET hash = 'x' WHERE position = 3", "changed"),
    ],
)
def test_what_was_done_to_a_row_is_found(county: Unit, town: Unit, village: Unit, done: str, kind: str) -> None:
    chain_entries()
    _forced(done)
    assert FaultKind(kind) in {fault.kind for fault in verify().faults}


def test_a_chain_that_was_made_anew_is_not_the_one_published(county: Unit, town: Unit) -> None:
    chain_entries()
    published = verify().head
    assert verify(published=published).faults == ()
    _forced("DELETE FROM audit_trail_link")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_trail_entry SET action = 'x' WHERE id = (SELECT min(id) FROM audit_trail_entry)")
    chain_entries()
    assert verify().faults == ()
    (fault,) = verify(published=published).faults
    assert fault.kind is FaultKind.REWRITTEN
    beyond = Published(published.position + 1, published.hash)
    assert verify(published=beyond).faults == (Fault(FaultKind.REWRITTEN, beyond.position, None),)


def test_a_row_put_in_between_is_not_in_the_chain(county: Unit) -> None:
    chain_entries()
    create_unit(code="T", name="某镇", level=Level.TOWN, parent=county, since=SINCE, by=None, at=AT)
    late = Entry.objects.order_by("-pk").first()
    assert verify().unchained == (late.pk,)


@pytest.mark.parametrize("table", ["entry", "link"])
@pytest.mark.parametrize("statement", ["UPDATE audit_trail_{} SET id = 0", "DELETE FROM audit_trail_{}"])
def test_the_database_itself_refuses(county: Unit, table: str, statement: str) -> None:
    chain_entries()
    statement = statement.replace("SET id", "SET hash" if table == "link" else "SET action").replace("= 0", "= 'x'")
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_after_the_salt_is_erased_the_chain_still_holds(town: Unit) -> None:
    chain_entries()
    erase_salt(on=town)
    assert not Salt.objects.filter(on_kind="orgs.unit", on_id=str(town.pk)).exists()
    assert verify().faults == ()


def test_the_log_is_the_auditors(sign_in: SignIn, county: Unit, town: Unit) -> None:
    page = sign_in(Role.AUDITOR, county).get(reverse("log"))
    assert page.status_code == 200
    assert "orgs.create_unit" in page.content.decode()
    refused = sign_in(Role.ADMINISTRATOR, county).get(reverse("log"))
    assert refused.status_code == 403
    assert "这一页不对您开放" in refused.content.decode()
    of_one = sign_in(Role.AUDITOR, town).get(reverse("log"), {"on": f"orgs.unit:{town.pk}"}).content.decode()
    assert of_one.count("orgs.create_unit") == 1
