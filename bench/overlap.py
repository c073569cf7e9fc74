"""overlap_join on 100,000 sets beside all peers, and how soon a second process has its first result."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import polars as pl

from bench import overlap_peers as peers
from bench.memberships import memberships
from bench.report import Report
from bench.timing import around, medians
from qingzhuang.engines.overlap import overlap_join
from qingzhuang.engines.overlap.workers import cores

SETS = 100_000


def run(report: Report) -> None:
    """Both shapes of memberships, then the start."""
    for popular in (False, True):
        beside_peers(report, popular=popular)
    start(report)


def beside_peers(report: Report, *, popular: bool) -> None:
    """The same arrays to everyone; sparse_dot_topn in turns with ours, the slow ones once."""
    sets, members = memberships(SETS, popular=popular)
    shape = f"{SETS:,} sets, one person in every fifth" if popular else f"{SETS:,} sets"
    ours = partial(overlap_join, sets, members)
    jaccard_only = partial(overlap_join, sets, members, containment=None)
    ours()
    times, found = medians(
        {"ours": ours, "sparse": partial(peers.by_sparse_product, sets, members, threads=cores())}, rounds=5
    )
    report.row(
        f"{shape}: ours", "", f"{times['ours']:.3f} s", f"{len(sets):,} memberships, {found['ours'].height:,} pairs"
    )
    compare(
        report, f"{shape}: sparse_dot_topn", "≥ 8 ×", times["sparse"], times["ours"], found["sparse"], found["ours"]
    )
    slow: list[tuple[str, str, Callable[[], pl.DataFrame], Callable[[], pl.DataFrame]]] = [
        ("SetSimilaritySearch, Jaccard", "≥ 30 ×", partial(peers.by_setsimilaritysearch, sets, members), jaccard_only)
    ]
    if not popular:  # the self-joins would hold two hundred million rows more
        slow += [
            ("DuckDB", "≥ 40 ×", partial(peers.by_duckdb, sets, members, threads=cores()), ours),
            ("Polars", "≥ 40 ×", partial(peers.by_polars, sets, members), ours),
        ]
    for name, asked, theirs, mine in slow:
        taken, their_pairs, our_time, our_pairs = around(theirs, mine)
        compare(report, f"{shape}: {name}", asked, taken, our_time, their_pairs, our_pairs)


def compare(
    report: Report, name: str, asked: str, theirs: float, ours: float, their_pairs: Any, our_pairs: Any
) -> None:
    """One row: how many times as fast, and whether the pairs are the same."""
    report.row(
        name,
        asked,
        f"{theirs / ours:.1f} ×",
        f"{theirs:.2f} s against {ours:.3f} s; {peers.same(our_pairs, their_pairs)}",
    )


def start(report: Report) -> None:
    """Whole processes, the first of which fills the caches: compiled loops, and bytecode, as any installation has it.

    Where an environment forbids bytecode, Python translates all of numba and Polars at every start: a second more.
    """
    sets, members = memberships(10_000)
    with TemporaryDirectory() as folder:
        np.save(Path(folder, "sets.npy"), sets)
        np.save(Path(folder, "members.npy"), members)
        command = [sys.executable, "-m", "bench.overlap_alone", folder]
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder, "bytecode"))}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times = [seconds_to_result(command, environment) for _ in range(8)]
    report.row(
        "10,000 sets, second process, from start to result", "≤ 1.5 s", f"{median(times[1:]):.2f} s", "median of 7"
    )


def seconds_to_result(command: list[str], environment: dict[str, str]) -> float:
    """From the start of a process until its join is done; perf_counter is one clock for all processes."""
    begun = perf_counter()
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return float(json.loads(answer)["done"]) - begun
