"""Rows of figures, written to RESULTS.md; sections that were not run again stay as they are."""

import os
import platform
import re
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
INTRODUCTION = """# Results

Written by `python -m bench [NAMES]`. Each ratio is between times measured in one run on one machine, on the same data.
"""


@dataclass
class Report:
    """The rows of one part: what was measured, the figure asked for, the figure found, and how."""

    part: str
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def row(self, name: str, asked: str, measured: str, note: str = "") -> None:
        """Add a row and print it."""
        self.rows.append((name, asked, measured, note))
        print(f"{name:58} asked {asked:16} measured {measured:20} {note}", flush=True)

    def section(self, on: date) -> str:
        """The section in Markdown, with the machine and the packages."""
        lines = [f"## {self.part}", "", f"{on.isoformat()}; {machine()}", ""]
        lines += ["| what | asked | measured | how |", "| --- | --- | --- | --- |"]
        lines += [f"| {' | '.join(row)} |" for row in self.rows]
        return "\n".join(lines) + "\n"


def write(reports: list[Report], on: date, path: Path = RESULTS) -> None:
    """Replace the sections of `reports` in the file, keep the others, in alphabetical order."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = {
        found.group(1): found.group(0) for found in re.finditer(r"^## (\S+)\n.*?(?=^## |\Z)", text, re.M | re.S)
    }
    sections |= {report.part: report.section(on) for report in reports}
    body = "\n".join(sections[name].rstrip() + "\n" for name in sorted(sections))
    path.write_text(INTRODUCTION + "\n" + body, encoding="utf-8")


def machine() -> str:
    """Processor, cores, memory, system and the versions that matter, in one line."""
    cpu = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.exists() and (found := re.search(r"model name\s*: (.+)", about.read_text(encoding="utf-8"))):
        cpu = found.group(1)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    packages = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "polars"))
    return (
        f"{cpu}, {cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}, {packages}"
    )
