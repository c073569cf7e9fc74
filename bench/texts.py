"""How well the signs read: precision and recall per code on the labelled texts of tests/texts, with Wilson intervals.

The held-out half was written before the signs and by other hands; it only measures. A code is met where both figures
reach the target and the lower ends of both intervals are at least 0.80."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt

from tests.texts import read_texts

from bench.report import Report
from qingzhuang.domain.gate import Code, Gate
from qingzhuang.domain.notices import notice_of
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import open_book
from qingzhuang.tables.packs import built_in_packs, load_packs

ON = date(2026, 11, 1)
PRECISION, RECALL, LOWEST = 0.95, 0.90, 0.80
Z = 1.959963984540054  # the normal quantile of 0.975


@dataclass
class Counts:
    """Right and wrong of one code."""

    hits: int = 0
    missed: int = 0
    false: int = 0
    passed: int = 0

    def row(self) -> tuple[str, bool]:
        """The figures in words, and whether they meet the target."""
        found, there = self.hits + self.false, self.hits + self.missed
        precision, recall = self.hits / max(found, 1), self.hits / max(there, 1)
        p, r = wilson(self.hits, found), wilson(self.hits, there)
        met = precision >= PRECISION and recall >= RECALL and min(p[0], r[0]) >= LOWEST
        return f"{precision:.3f} [{p[0]:.2f}, {p[1]:.2f}], {recall:.3f} [{r[0]:.2f}, {r[1]:.2f}]", met

    def add(self, other: Counts) -> None:
        """Add the counts of `other`."""
        self.hits += other.hits
        self.missed += other.missed
        self.false += other.false
        self.passed += other.passed

    def note(self) -> str:
        """The counts themselves."""
        return f"{self.hits} found, {self.missed} missed, {self.false} false, {self.passed} rightly passed"


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927); of nothing the whole range."""
    if not total:
        return 0.0, 1.0
    share = hits / total
    middle = share + Z * Z / (2 * total)
    half = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    return (middle - half) / (1 + Z * Z / total), (middle + half) / (1 + Z * Z / total)


def counts_of(half: str, code: Code, gate: Gate) -> Counts:
    """Judge every text of `code` in `half`."""
    counts = Counts()
    for one in read_texts(half, code):
        found = any(finding.code == code for finding in gate.judge_notice(notice_of(one.text)))
        if one.label:
            counts.hits += found
            counts.missed += not found
        else:
            counts.false += found
            counts.passed += not found
    return counts


def run(report: Report) -> None:
    """A row for each code, on the held-out half, and the sums of both halves."""
    packs = load_packs([name for name in built_in_packs() if name != "base"], lists=LISTS)
    gate = Gate(open_book(packs, ON))
    asked = f"≥ {PRECISION}, {RECALL}"
    met = 0
    for half in ("heldout", "dev"):
        total = Counts()
        for code in Code:
            counts = counts_of(half, code, gate)
            total.add(counts)
            if half == "heldout":
                figures, good = counts.row()
                met += good
                report.row(code, asked, figures, counts.note() + ("" if good else "; **missed**"))
        report.row(f"all codes, {half} texts", asked, total.row()[0], total.note())
    report.row("codes that meet the target", str(len(Code)), str(met), "precision, recall with 95 % Wilson intervals")
