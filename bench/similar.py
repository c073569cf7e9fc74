"""The nearest five among 1,000,000 generated demands of 8 to 40 characters: time, memory, what is found; beside peers.

The demands come from `bench.similar_titles`, the rewordings from `bench.similar_edits`: synonyms and abbreviations once from
the table that the index is given, and once, as `unseen`, from pairs that are not in it. A rewording counts as found when the
entry it was made from is among the five. Every process is its own, so that times and memory are those of one who asks. The
table and the pairs are by one hand, the generator too; what people write to each other is harder than any of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from bench import similar_peers as peers
from bench.report import Report
from bench.similar_edits import EDITS
from bench.similar_pairs import measure_pairs
from bench.similar_titles import entries

ENTRIES = 1_000_000
QUESTIONS, QUESTIONS_OF_PEERS, QUESTIONS_OF_FTS5 = 400, 100, 20  # of each kind


class Question(NamedTuple):
    """A rewording, of what kind it is, and the entry it was made from."""

    kind: str
    text: str
    origin: int


def run(report: Report) -> None:
    """Ours, then the peers on the first of the same questions, then the pairs."""
    measure_pairs(report)
    asked = questions()
    with TemporaryDirectory() as folder:
        recalls = {"ours": ours(report, folder, asked)}
    texts = [entry.text for entry in entries(ENTRIES)]
    for name, limit, make in (
        ("Tantivy alone", QUESTIONS_OF_PEERS, peers.by_tantivy),
        ("exact TF-IDF", QUESTIONS_OF_PEERS, lambda texts, _: peers.by_tfidf(texts)),
        ("SQLite FTS5", QUESTIONS_OF_FTS5, peers.by_fts5),
    ):
        with TemporaryDirectory() as folder:
            recalls[name] = peer(report, name, make(texts, Path(folder)), first(asked, limit))
    for kind, (found, count) in recalls["ours"].items():
        beside = [f"{name} {of[kind][0]:.2f}" for name, of in recalls.items() if name != "ours"]
        asked_for = "≥ 0.95" if kind in ("synonym", "order", "abbreviation", "number", "insertion") else "reported"
        report.row(f"recall@5: {kind}", asked_for, f"{found:.3f}", f"{count} questions; {', '.join(beside)}")


def questions(seed: int = 25) -> list[Question]:
    """Return rewordings of entries from all over the register, as many of each kind, in random order."""
    rng = Random(seed)
    step = ENTRIES // (QUESTIONS * 8)
    origins = [(place, entry) for place, entry in enumerate(entries(ENTRIES)) if place % step == 0]
    asked = []
    for kind, edit in EDITS.items():
        rng.shuffle(origins)
        made = (Question(kind, text, place) for place, entry in origins if (text := edit(entry, rng)))
        asked += [question for question, _ in zip(made, range(QUESTIONS), strict=False)]
    rng.shuffle(asked)
    return asked


def first(asked: list[Question], limit: int) -> list[Question]:
    """Return the first `limit` questions of each kind."""
    counts: dict[str, int] = defaultdict(int)
    chosen = []
    for question in asked:
        counts[question.kind] += 1
        if counts[question.kind] <= limit:
            chosen.append(question)
    return chosen


def ours(report: Report, folder: str, asked: list[Question]) -> dict[str, tuple[float, int]]:
    """Build, ask and update, each in a process of its own; return recall by kind."""
    built = alone("build", folder, str(ENTRIES))
    report.row(
        f"{ENTRIES:,} entries written to an index",
        "",
        f"{built['seconds']:.0f} s, {built['bytes'] / 1e6:.0f} MB",
        f"peak memory {built['peak']:.2f} GiB; generating the entries is in both",
    )
    answer = alone("ask", folder, questions="\n".join(question.text for question in asked))
    report.row(
        "nearest five: p50, p95",
        "p95 ≤ 25 ms",
        in_ms(answer["times"]),
        f"{len(asked):,} questions, Tantivy {version('tantivy')}",
    )
    report.row("memory of the whole process", "< 2 GiB", f"{answer['peak']:.2f} GiB", "peak, from start to end")
    report.row("opened by a new process", "", f"{answer['opened']:.2f} s", "every file's checksum is verified")
    changed = alone("update", folder)
    report.row(
        "an entry changed and committed", "", f"{1e3 * changed['median']:.0f} ms", "median of 50, each then found"
    )
    return recall(asked, [[int(key) for key in found] for found in answer["found"]])


def alone(work: str, *arguments: str, questions: str = "") -> dict[str, Any]:
    """Return what `bench.similar_alone` tells."""
    command = [sys.executable, "-m", "bench.similar_alone", work, *arguments]
    ended = subprocess.run(command, input=questions, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def peer(report: Report, name: str, search: peers.Search, asked: list[Question]) -> dict[str, tuple[float, int]]:
    """Ask a peer; return recall by kind."""
    times, found = [], []
    for question in asked:
        begun = perf_counter()
        found.append(search(question.text))
        times.append(perf_counter() - begun)
    report.row(f"{name}: p50, p95", "", in_ms(times), f"{len(asked):,} questions; bigrams of the texts as written")
    return recall(asked, found)


def recall(asked: list[Question], found: list[list[int]]) -> dict[str, tuple[float, int]]:
    """Return for each kind the share of questions whose origin is among the found, and how many there were."""
    hits: dict[str, list[bool]] = {kind: [] for kind in EDITS}
    for question, places in zip(asked, found, strict=True):
        hits[question.kind].append(question.origin in places)
    return {kind: (sum(each) / len(each), len(each)) for kind, each in hits.items()}


def in_ms(times: list[float]) -> str:
    """Return median and 95th percentile."""
    p50, p95 = np.percentile(times, [50, 95]) * 1e3
    return f"{p50:.1f}, {p95:.1f} ms"
