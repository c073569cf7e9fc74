"""`qingzhuang manage …`: Django's own commands, with the platform's settings."""

from __future__ import annotations

import click

from qingzhuang.cli.platform import set_up


@click.command(
    short_help="Django's own commands",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> int:
    """Django 自己的命令：`qingzhuang manage migrate`。

    Django's own commands: `qingzhuang manage migrate`.
    """
    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["qingzhuang manage", *arguments])
    return 0
