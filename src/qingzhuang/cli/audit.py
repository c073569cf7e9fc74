"""`qingzhuang audit verify`: whether the log is what was written."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from qingzhuang.cli.options import lang_option
from qingzhuang.cli.platform import set_up
from qingzhuang.domain.audit import Published
from qingzhuang.words import Words


class PublishedLink(click.ParamType[Published]):
    """A link of the chain as `verify` prints it."""

    name = "link"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Published:
        """Return the link; a text that is none is a usage error."""
        try:
            return value if isinstance(value, Published) else Published.read(value)
        except ValueError:
            self.fail(f"{value!r} 不是“序号:哈希”。Not N:HASH, as verify prints it.", param, ctx)


@click.group(short_help="verify the platform's log")
def audit() -> None:
    """平台的日志。

    The platform's log.
    """


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.option(
    "--published",
    type=PublishedLink(),
    metavar="N:HASH",
    help="以前公布过的一环，也要对上 · a link that was made known earlier, to be found again",
)
@lang_option
def verify(as_json: bool, published: Published | None, lang: str) -> int:
    """重算整条链：改过、删掉、插进的行都会被指出。有问题时退出码为 1。

    Recompute the whole chain; rows that were changed, removed or put in are named. Exits 1 where anything is wrong.
    """
    set_up()
    from qingzhuang.apps.audit_trail.queries import verify as verify_log

    words = Words(lang)
    found = verify_log(published=published)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        click.echo(words("audit.verified", count=found.head.position, head=found.head))
        for fault in found.faults:
            click.echo(words(f"audit.fault_{fault.kind}", position=fault.position, entry=fault.entry))
        if found.unchained:
            click.echo(
                words("audit.unchained", count=len(found.unchained), rows=", ".join(map(str, found.unchained[:20])))
            )
    return 1 if found.faults else 0
