"""The whole command `qingzhuang lighten`, four reports written, on counties of 10,000 and 100,000 groups: seconds and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.report import Report

ASKED = {10_000: "≤ 10 s", 100_000: "≤ 60 s and 3 GiB"}
RUNS = 3


def run(report: Report) -> None:
    """Measure each size; the first run, which compiles, is not counted."""
    for channels, asked in ASKED.items():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [*_command("demo"), folder, "--channels", str(channels)], check=True, stdout=subprocess.DEVNULL
            )
            source = next((path for path in Path(folder).glob("county*")), Path(folder))
            lighten = [*_command("lighten"), str(source), "--out", f"{folder}/plan"]
            measured = sorted(_timed(lighten) for _ in range(RUNS + 1))[:RUNS]
            seconds, peak = measured[RUNS // 2]
            report.row(
                f"lighten, {channels:,} groups, four reports",
                asked,
                f"{seconds:.1f} s, {peak:.2f} GiB",
                f"median of {RUNS}",
            )


def _command(verb: str) -> list[str]:
    return [sys.executable, "-m", "qingzhuang.cli", verb]


def _timed(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak memory in GiB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return time.perf_counter() - start, usage.ru_maxrss / 2**20
