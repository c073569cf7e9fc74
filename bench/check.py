"""`qingzhuang check`: notices a second on one core, a ten-page notice, and the time to start.

The notices are made from the neutral sentences of the cases and from the development texts, whose faults are many: one
page with three of them among neutral paragraphs is nearer to life, one of nothing but them is the worst case."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from tests.texts import read_texts

from bench.report import Report
from qingzhuang.domain.gate import Checker, Code
from qingzhuang.domain.gate.cases import filled
from qingzhuang.domain.notices import notice_of
from qingzhuang.domain.packs import LISTS
from qingzhuang.tables.packs import load_packs

ON = date(2026, 11, 1)
COUNT = 1000
PAGE, PAGES = 600, 6000
RUNS = 5


def run(report: Report) -> None:
    """Measure the checker alone on one core, then the whole command."""
    rng = random.Random(1)
    pool = [one.text for code in Code for one in read_texts("dev", code) if len(one.text) < 200]
    checker = Checker(load_packs([], lists=LISTS), today=ON)
    checker.check_notice(notice_of(_page(rng, pool, 3, PAGE)))
    for faults, asked, name in ((3, "≥ 100 a second", "three faults a page"), (14, "", "nothing but faults")):
        pages = [_page(rng, pool, faults, PAGE) for _ in range(COUNT)]
        seconds = _timed(checker, pages)
        report.row(f"{COUNT:,} one-page notices, {name}", asked, f"{COUNT / seconds:.0f} a second", "one core")
    long = _page(rng, pool, 30, PAGES)
    report.row("a ten-page notice, after start", "< 0.5 s", f"{_timed(checker, [long]):.3f} s", "30 faults")
    for name, environment in (("with bytecode", {}), ("without bytecode", {"PYTHONDONTWRITEBYTECODE": "1"})):
        report.row(
            f"start of the command, {name}",
            "< 0.4 s",
            f"{_start(environment):.2f} s",
            f"median of {RUNS}, a one-line notice",
        )


def _page(rng: random.Random, pool: list[str], faults: int, size: int) -> str:
    """Return a notice of about `size` characters with some of the texts of `pool`."""
    texts = rng.sample(pool, faults)
    rest = max(size - sum(map(len, texts)), 0)
    body = "\n".join([*texts, filled(f"{{fill:{rest}}}")] if rest else texts)
    return f"关于做好有关工作的通知\n各乡镇人民政府：\n{body}\n清河县水利局\n2026年3月2日\n"


def _timed(checker: Checker, pages: list[str]) -> float:
    start = time.perf_counter()
    for page in pages:
        checker.check_notice(notice_of(page))
    return time.perf_counter() - start


def _start(environment: dict[str, str]) -> float:
    """Return the seconds of the whole command on a notice of one line."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_text("请报送情况。", encoding="utf-8")
        command = [sys.executable, "-m", "qingzhuang.cli", "check", str(path)]
        seconds = []
        for _ in range(RUNS + 1):
            start = time.perf_counter()
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=kept | environment)
            seconds.append(time.perf_counter() - start)
        return median(seconds[1:])
