"""What every address answers to every role, as docs/reference/access.md shows it; `python -m tests.apps.access_table` writes it anew.

The test beside it walks the addresses and compares."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/access.md"
OURS = "qingzhuang.apps."
HEAD = """# 谁能打开什么 · Who may open what

每个地址、每个身份试一遍的结果；由测试写出并核对。Every address tried as every role; written and held by a test (`tests/apps/test_access_table.py`).

`✓` 打开 · opens；`→` 去登录 · asked to sign in；`—` 不对这个身份开放 · not open to the role；`✎` 只收提交 · takes what is sent, and shows nothing。
一件事项只对自己单位、下级单位或审计员打开；表里用的是自己单位的。A demand opens only for its own unit, those above it and auditors; the table uses one of the own unit.
"""

SAID = {200: "✓", 302: "→", 403: "—", 404: "✓", 405: "✎"}
"""How an answer's status is shown; 404 is the page of a number that is not valid, and open."""


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the name and the route of every address of the platform's own apps."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif pattern.callback.__module__.startswith(OURS):
                yield pattern.name or "", route

    yield from sorted(walk(get_resolver().url_patterns, "/"))


def table(clients: dict[str, Client], address: Callable[[str, str], str]) -> str:
    """Return the page: a row an address, a column a client; `address` fills the route of a name."""
    rows = ["| | " + " | ".join(clients) + " |", "| --- |" + " :-: |" * len(clients)]
    for name, route in addresses():
        answers = [SAID[client.get(address(name, route)).status_code] for client in clients.values()]
        rows.append(f"| `{route}` | " + " | ".join(answers) + " |")
    return HEAD + "\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    import pytest

    os.environ["WRITE_ACCESS_TABLE"] = "1"
    raise SystemExit(pytest.main(["-q", str(Path(__file__).with_name("test_access_table.py"))]))
