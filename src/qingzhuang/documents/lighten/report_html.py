"""report.html: one file that needs nothing else, for a phone, a screen, paper and a screen reader."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Template

from qingzhuang.documents.lighten.blocks import Block, Chart, Lines, Points
from qingzhuang.documents.lighten.content import contents
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.svg import drawn
from qingzhuang.documents.lighten.values import clean
from qingzhuang.documents.pages import environment
from qingzhuang.words import Words


def write_report_html(report: Report, path: Path, words: Words) -> None:
    """Write report.html to `path`."""
    said = contents(report, words)
    stream = template().stream(
        report=said, lang=words.lang, say=lambda name, **values: words(f"report.{name}", **values)
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream)


@cache
def template() -> Template:
    """Return the page's template; every value that is put into it is escaped."""
    made = environment(__package__, clean)
    made.tests["urgent"] = lambda block: isinstance(block, Lines) and block.urgent
    made.filters |= {"kind": kind, "drawn": drawn}
    return made.get_template("report.html.jinja")


def kind(block: Block) -> str:
    """Return which macro sets `block`."""
    if isinstance(block, Lines):
        return "lines"
    if isinstance(block, Points):
        return "points"
    return "chart" if isinstance(block, Chart) else "table"
