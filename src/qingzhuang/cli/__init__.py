"""The command `qingzhuang` (alias `qz`): one module per verb, imported when it is called.

Exit 0: done, nothing against. 1: done, and the answer is no. 2: input or usage unusable. 3: not decided in the time
given. 130: stopped."""

from __future__ import annotations

import sys
from importlib import import_module

import click

VERBS = {
    "check": "说出一份通知哪里会被退回、依据和改法 · what is wrong with a notice, by which clause, and how to put it right",
    "rules": "哪天有哪些规则、各依据什么 · which rules are in force on a day, and what each rests on",
    "lighten": "把一个县的工作群清单变成负担最小的整合方案 · a county's work groups into a plan of least burden",
    "overlap": "找出成员重合的每一对群 · every pair of groups that share members",
    "serve": "网页平台 · the web platform",
    "worker": "平台的后台任务 · the background jobs of the platform",
    "audit": "核对平台的日志 · verify the log of the platform",
    "manage": "Django 自己的命令 · Django's own commands, with the settings of the platform",
    "demo": "写一个虚构的县来试用 · a fictional county to try things on",
}


class Verbs(click.Group):
    """The verbs, each imported only when it is called, so that the command starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb's module and return its command."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"qingzhuang.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section("命令 Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="qingzhuang", prog_name="qingzhuang")
def verbs() -> None:
    """轻装：看清、审核、精简、公平评价一个县要基层做的每一件事。

    See, check, cut and fairly judge everything that a county asks of its grassroots.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit with its code."""
    try:
        code = verbs.main(arguments, prog_name="qingzhuang", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n已停止，没有留下写了一半的文件。Stopped; nothing half-written.", err=True)
        code = 130
    except BrokenPipeError:
        code = 0
    except OSError as error:
        click.echo(f"{error.filename or ''}: {error.strerror or error}", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
