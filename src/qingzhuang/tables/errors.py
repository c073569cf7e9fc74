"""What can be wrong with what was handed in: one `Problem` a cell, all of them gathered, then raised at once as `BadInput`.

An error is only what has two readings or none; whatever has one reading is read, and said in a note where it is not obvious. A problem
carries a stable code and the place as the user sees it (file, sheet, row from 1, header as written); words are made by `describe`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SHOWN = 50
"""How many problems are listed; the rest is counted."""

KEPT = 5_000
"""How many problems are kept, so that a marked workbook can show them; the rest is only counted."""


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be read, and where: `row` and `column_number` count from 1, `column` is the header as written."""

    code: str
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    column_number: int | None = None


class BadInput(Exception):  # what was handed in is bad; the name is the finding
    """The input has problems, in order of place: `problems` to list (the first `SHOWN`), `marked` to show in their cells
    (the first `KEPT`), `total`, how many there are, and `source`, what was read."""

    def __init__(self, problems: Iterable[Problem], total: int, source: Path | None = None) -> None:
        """Keep `problems`, `total` and `source`; the text is for developers."""
        self.source = source
        self.marked = tuple(problems)
        self.problems = self.marked[:SHOWN]
        self.total = total
        super().__init__(f"{total} problem(s), first: {self.problems[0] if self.problems else None}")


class Problems:
    """Gathers problems while reading goes on; counts all, keeps `KEPT`."""

    def __init__(self) -> None:
        """Begin with none."""
        self.total = 0
        self._kept: list[Problem] = []
        self._order: dict[tuple[str, str | None], int] = {}

    def seen(self, file: str, sheet: str | None) -> None:
        """Note that `sheet` of `file` was opened, so that problems are listed in the order of the sheets."""
        self._order.setdefault((file, sheet), len(self._order))

    def room(self) -> int:
        """Return how many more problems are kept."""
        return KEPT - len(self._kept)

    def add(self, *problems: Problem) -> None:
        """Take `problems`."""
        self.add_counted(problems, len(problems))

    def add_counted(self, problems: Iterable[Problem], count: int) -> None:
        """Take the first of `count` problems; `problems` may be shorter than `count` once there is no more room."""
        for problem in problems:
            if self.room() <= 0:
                break
            self._kept.append(problem)
        self.total += count

    def raise_if_any(self, source: Path) -> None:
        """Raise `BadInput` with all that was gathered from `source`, in order of place."""
        if self.total:
            raise BadInput(sorted(self._kept, key=self._place), self.total, source)

    def _place(self, problem: Problem) -> tuple[int, int, int]:
        sheet = self._order.get((problem.file, problem.sheet), -1)
        return sheet, problem.row or 0, problem.column_number or 0
