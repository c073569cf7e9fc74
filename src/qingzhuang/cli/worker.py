"""`qingzhuang worker`: background jobs, and the chain of the log."""

from __future__ import annotations

import click

from qingzhuang.cli.platform import make_ready, set_up


@click.command(short_help="run the platform's background jobs")
def worker() -> int:
    """跑后台任务，并把日志逐行连成链，直到按 Ctrl-C。

    Run background jobs and chain the rows of the log until Ctrl-C.
    """
    set_up()
    make_ready()
    from django.core.management import call_command

    from qingzhuang.apps.audit_trail.jobs import keep_chaining

    with keep_chaining():
        call_command("db_worker", interval=0.5, verbosity=1)
    return 0
