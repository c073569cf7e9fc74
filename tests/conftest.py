"""What holds for every test: reproducible examples, programs that a test needs, and no skip that goes unseen."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# The first call of a compiled kernel takes seconds, so no deadline. In CI the same examples are tried every time.
settings.register_profile("house", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


def skips_are_failures() -> bool:
    """Tell whether a skipped test fails the run: in CI everything that tests need is there."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*programs): skipped where one of these programs is not installed")


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = [program for mark in item.iter_markers("needs") for program in mark.args if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and skips_are_failures() and session.exitstatus in {0, 5}:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    verdict = "in CI each is a failure" if skips_are_failures() else "what they need is not on this machine"
    terminalreporter.section(f"{len(skipped)} skipped: {verdict}", yellow=True)
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.line(f"{report.nodeid}: {reason.removeprefix('Skipped: ')}")
