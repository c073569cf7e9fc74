"""Where each mark of an HTML chart goes.

Lengths along x are in percent of the chart's width and lengths along y in pixels, so that a chart grows with the page and its writing does
not: there is no view box to scale it. Each row has its label and its figures on one line and the marks under it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from qingzhuang.documents.lighten.blocks import Chart, Shape
from qingzhuang.documents.lighten.values import said_number

LEGEND = 34
BAR_ROW, DUMBBELL_ROW = 54, 46
LABEL_WIDTH = 32


@dataclass(frozen=True)
class Mark:
    """One row of a chart: its label and figures at `y`, its marks reaching to `before` and `after` percent."""

    label: str
    figures: str
    y: int
    before: float
    after: float


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be drawn: `height` in pixels, one mark a row."""

    chart: Chart
    height: int
    marks: tuple[Mark, ...]
    is_dumbbell: bool


def drawn(chart: Chart) -> Drawing:
    """Return where the marks of `chart` go."""
    is_dumbbell = chart.shape is Shape.DUMBBELL
    step = DUMBBELL_ROW if is_dumbbell else BAR_ROW
    left, width = (2.0, 96.0) if is_dumbbell else (0.0, 100.0)
    top = max((*chart.before, *chart.after, 1))
    marks = tuple(
        Mark(
            shortened(label),
            f"{said_number(before)} → {said_number(after)}",
            LEGEND + index * step + 20,
            round(left + width * before / top, 2),
            round(left + width * after / top, 2),
        )
        for index, (label, before, after) in enumerate(zip(chart.labels, chart.before, chart.after, strict=True))
    )
    return Drawing(chart, LEGEND + step * len(marks), marks, is_dumbbell)


def shortened(label: str, width: int = LABEL_WIDTH) -> str:
    """Return `label` cut to `width` Latin letters, of which a Chinese character takes two; the table has it whole."""
    taken = 0
    for index, letter in enumerate(label):
        taken += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if taken > width:
            return f"{label[: index - 1]}…"
    return label
