"""overlap_join on 1,000,000 sets: beside sparse_dot_topn, beside itself on 100,000, and its memory."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench import overlap_peers as peers
from bench.memberships import memberships
from bench.overlap import compare
from bench.report import Report
from bench.timing import around, medians, seconds
from qingzhuang.engines.overlap import overlap_join
from qingzhuang.engines.overlap.workers import cores

SETS = 1_000_000


def run(report: Report) -> None:
    """Both shapes for ours, the plain one for the peer."""
    sets, members = memberships(SETS)
    tenth = memberships(SETS // 10)
    overlap_join(*tenth)
    works = {"tenth": partial(overlap_join, *tenth), "ours": partial(overlap_join, sets, members)}
    times, found = medians(works, rounds=5)
    report.row(
        f"{SETS:,} sets: ours",
        "",
        f"{times['ours']:.2f} s",
        f"{len(sets):,} memberships, {found['ours'].height:,} pairs",
    )
    report.row(
        f"{SETS:,} sets: time of {SETS // 10:,}",
        "≤ 11 ×",
        f"{times['ours'] / times['tenth']:.1f} ×",
        f"{times['ours']:.2f} s against {times['tenth']:.3f} s",
    )
    peer = partial(peers.by_sparse_product, sets, members, threads=cores())
    taken, theirs, our_time, our_pairs = around(peer, works["ours"])
    compare(report, f"{SETS:,} sets: sparse_dot_topn", "≥ 10 ×", taken, our_time, theirs, our_pairs)
    del found, theirs, our_pairs
    memory(report, sets, members)
    del sets, members, works, peer
    popular = memberships(SETS, popular=True)
    taken, pairs = seconds(partial(overlap_join, *popular))
    report.row(
        f"{SETS:,} sets, one person in every fifth: ours",
        "not quadratic",
        f"{taken / times['ours']:.2f} ×",
        f"{taken:.2f} s against {times['ours']:.2f} s without; {pairs.height:,} pairs",
    )


def memory(report: Report, sets: np.ndarray, members: np.ndarray) -> None:
    """Peak memory of a process of its own, less what it had when the input was loaded."""
    about = alone(sets, members)
    report.row(
        f"{SETS:,} sets: peak memory above the input",
        "≤ 1.2 GiB",
        f"{about['peak'] - about['before']:.2f} GiB",
        f"{about['peak']:.2f} GiB in all",
    )


def alone(sets: np.ndarray, members: np.ndarray) -> dict[str, float]:
    """What `bench.overlap_alone` tells about a join of these arrays."""
    with TemporaryDirectory() as folder:
        np.save(Path(folder, "sets.npy"), sets)
        np.save(Path(folder, "members.npy"), members)
        command = [sys.executable, "-m", "bench.overlap_alone", folder]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    about: dict[str, float] = json.loads(answer)
    return about
