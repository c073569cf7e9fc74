"""The parts that a report is put together from; the HTML and the Word writer each know how to set one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Row = tuple[str, ...]


class Shape(StrEnum):
    """How a chart draws the two values of each row."""

    BARS = "bars"
    COLUMNS = "columns"
    DUMBBELL = "dumbbell"


@dataclass(frozen=True)
class Lines:
    """Paragraphs; `urgent` ones are about what is refused or overdue."""

    texts: tuple[str, ...]
    urgent: bool = False


@dataclass(frozen=True)
class Points:
    """A list of short statements, and what is said of those that were left out."""

    texts: tuple[str, ...]
    more: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under headers. `figures` are the columns with numbers, `more` says where the rows are that did not fit."""

    caption: str
    headers: Row
    rows: tuple[Row, ...]
    figures: frozenset[int] = frozenset()
    more: str = ""


@dataclass(frozen=True)
class Chart:
    """Two values for each label, before and after (`series`), counted in `measure`, with the table of the same figures."""

    name: str
    shape: Shape
    title: str
    description: str
    labels: tuple[str, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    series: tuple[str, str]
    measure: str
    table: Table


Block = Lines | Points | Table | Chart


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; `appendix` sections come last in print."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    urgent: bool = False
    appendix: bool = False


@dataclass(frozen=True)
class Contents:
    """A whole report: what it is, the one sentence that matters most, what follows it, and the sections."""

    title: str
    as_of: str
    headline: str
    leads: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Chart))
