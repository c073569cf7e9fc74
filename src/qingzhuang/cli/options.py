"""Options that verbs share, and the values they take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import click

from qingzhuang.words import DEFAULT, LANGUAGES

OFF = "off"


class Day(click.ParamType[date]):
    """A day as 2026-11-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; a text that is none is a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} 不是日期，请写成 2026-11-01。Not a date; write 2026-11-01.", param, ctx)


class Share(click.ParamType["Fraction | str"]):
    """An exact share in (0, 1], as 0.8 or 4/5, or `off`."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction | str:
        """Return the share as a fraction, exactly as written, or `off`."""
        if value == OFF:
            return OFF
        if isinstance(value, Fraction):
            return value
        try:
            share = Fraction(value)
        except (ValueError, ZeroDivisionError):
            share = Fraction(0)
        if not 0 < share <= 1:
            self.fail(f"{value!r} 应大于 0、不超过 1，或者写 off。Give a share in (0, 1], or off.", param, ctx)
        return share


def today() -> date:
    """Return the day on this machine's calendar; the one place where the clock is read."""
    return datetime.now().astimezone().date()


def on_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--on DATE`: the day judged, today unless given."""
    return click.option("--on", type=Day(), default=today, show_default="today", metavar="DATE", help="the day judged")(
        command
    )


def rules_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rules DIR`: packs laid over the built-in ones, in the order given."""
    return click.option(
        "--rules",
        metavar="DIR",
        multiple=True,
        help="叠加的规则包：文件夹或内置名称 · rule pack laid over the built-in ones: a folder or a built-in name",
    )(command)


def lang_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--lang`: the language of words and reports."""
    return click.option("--lang", type=click.Choice(LANGUAGES), default=DEFAULT, show_default=True, help="language")(
        command
    )


def share_option(name: str, default: str | None, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--name` that takes a share or `off`."""
    return click.option(
        f"--{name}", type=Share(), default=default, metavar="SHARE|off", show_default=default is not None, help=text
    )
