"""The whole command `qingzhuang lighten`, four reports written, on counties of 10,000 and 100,000 groups: seconds and peak memory.

`python -m bench.lighten VERB …` is the command itself, and says its own peak memory at the end.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.overlap_alone import resident
from bench.report import Report

ASKED = {10_000: "≤ 10 s", 100_000: "≤ 60 s and 3 GiB"}
RUNS = 3


def run(report: Report) -> None:
    """Measure each size; the slowest run, which is the one that fills the caches, is not counted."""
    for channels, asked in ASKED.items():
        with tempfile.TemporaryDirectory() as folder:
            timed("demo", folder, "--channels", str(channels))
            source = next((str(path) for path in Path(folder).glob("county.xlsx")), folder)
            runs = sorted(timed("lighten", source, "--out", f"{folder}/plan") for _ in range(RUNS + 1))
            seconds, peak = runs[RUNS // 2]
            name = f"lighten, {channels:,} groups, four reports"
            report.row(name, asked, f"{seconds:.1f} s, {peak:.2f} GiB", f"median of {RUNS}")


def timed(*arguments: str) -> tuple[float, float]:
    """Return wall seconds and peak memory in GiB of one process."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "bench.lighten", *arguments]
    ended = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return time.perf_counter() - start, float(ended.stderr.split()[-1])


def main() -> None:
    """Run the command and say its peak memory, in GiB, last."""
    from qingzhuang.cli import main as qingzhuang

    try:
        qingzhuang(sys.argv[1:])
    finally:
        print(f"\n{resident('VmHWM')}", file=sys.stderr)


if __name__ == "__main__":
    main()
