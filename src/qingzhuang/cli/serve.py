"""`qingzhuang serve`: the web platform."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import click

from qingzhuang.cli.platform import make_ready, set_up


@click.command(short_help="serve the web platform")
@click.option("--demo", is_flag=True, help="虚构的县和各身份的试用账号 · a fictional county, and a login for each role")
@click.option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上 · on which address")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口 · port")
def serve(demo: bool, host: str, port: int) -> int:
    """建好数据库，提供网页平台，直到按 Ctrl-C。

    Make the database ready and serve the web platform until Ctrl-C. Background jobs need `qingzhuang worker` beside it;
    with --demo one is started along.
    """
    set_up(mode="demo" if demo else None)
    make_ready()
    if demo:
        _load_demo()
    click.echo(f"http://{host}:{port}/")
    with _worker() if demo else nullcontext():
        _serve(host, port)
    return 0


def _load_demo() -> None:
    from django.core.management import call_command

    call_command("load_demo")


@contextmanager
def _worker() -> Iterator[None]:
    """Run a worker beside, until the block ends."""
    process = subprocess.Popen([sys.executable, "-m", "qingzhuang.cli", "worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _serve(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "qingzhuang.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_access=False,
    )
    server.serve()
