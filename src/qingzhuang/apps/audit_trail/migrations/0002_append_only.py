"""The database itself refuses to change or remove a row of the log or of its chain."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("audit_trail_entry", "audit_trail_link")


def add_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE on both tables; PostgreSQL also TRUNCATE."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION audit_trail_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of the log are only ever added'; END $$"
        )
        for table in TABLES:
            editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_append_only()"
            )
    else:
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'rows of the log are only ever added'); END"
                )


def drop_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        else:
            for verb in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {table}_no_{verb}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION audit_trail_append_only()")


class Migration(migrations.Migration):
    """Triggers on the two tables of the log."""

    dependencies = [("audit_trail", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
