"""Where the header of a grid is, how many rows it has, and which table it heads.

Real files have titles above the header, headers of two or three rows with merged cells, and sheets named Sheet1. For each kind of table
the rows at the top are tried as its header; the one under which most columns are known wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qingzhuang.tables.grid import Grid, Merge
from qingzhuang.tables.headers import COMPULSORY, PHONE, SERIAL, Kind, hint_of_name, kind_of_name, match

_MOST_HEADER_ROWS = 3
_FILLERS = frozenset({SERIAL, PHONE})


@dataclass(frozen=True)
class Layout:
    """A header found: which columns (from 0) hold which field, and the first row (from 0) below it.

    `unknown` are columns with a header that means nothing here, `repeated` those whose field another column already
    holds; `serial_ids` says that a running number (序号) has to serve as id.
    """

    kind: Kind
    header_row: int
    first_row: int
    headers: Sequence[str]
    fields: Mapping[str, int]
    phones: Sequence[int] = ()
    unknown: Sequence[int] = ()
    repeated: Sequence[int] = ()
    serial_ids: bool = False

    @property
    def score(self) -> int:
        """Return how many columns are understood; a compulsory one counts more."""
        return len(self.fields) + 2 * sum(
            any(field in self.fields for field in group) for group in COMPULSORY[self.kind]
        )

    @property
    def missing(self) -> list[str]:
        """Return the compulsory columns that are not there, the first of each group standing for it."""
        return [group[0] for group in COMPULSORY[self.kind] if not any(field in self.fields for field in group)]


def find_layout(grid: Grid, kind: Kind) -> Layout | None:
    """Return the best header of `grid` for `kind`, None where no row has a known header; of equals, the one of fewest rows,
    then the topmost."""
    best: Layout | None = None
    best_rank = (0, 0)
    for row in range(len(grid.head)):
        for depth in _depths(grid, row):
            layout = _layout(kind, _names(grid, row, depth), row, depth, clean=grid.clean)
            if layout.fields and (layout.score, -depth) > best_rank:
                best, best_rank = layout, (layout.score, -depth)
    return best


def choose_kind(grid: Grid, fallback: Kind | None = None) -> tuple[Kind | None, Layout | None]:
    """Return which table `grid` is, by its name or, where that says nothing, by its headers; (None, None) where neither says.

    `fallback` is what a file that stands alone is taken for.
    """
    name = grid.place.sheet if grid.place.sheet is not None else grid.place.path.stem
    named = kind_of_name(name)
    if named is not None:
        return named, find_layout(grid, named)
    hint = hint_of_name(name) or hint_of_name(grid.place.path.stem)
    found = [layout for kind in Kind if (layout := find_layout(grid, kind)) is not None]
    whole = [layout for layout in found if not layout.missing and _speaks(layout, hint)]
    part = [layout for layout in found if len(layout.fields) >= 3 or layout.kind in {hint, fallback}]
    for layouts in (whole, part):
        if layouts:
            best = max(layouts, key=lambda layout: (_weight(layout), layout.kind == hint))
            return best.kind, best
    return None, None


def _speaks(layout: Layout, hint: Kind | None) -> bool:
    """Tell whether a layout says enough to be believed: a lone 单位 or 姓名 column heads many things."""
    return (
        len(layout.fields) >= 2
        or layout.kind == hint
        or (layout.kind is Kind.CHANNELS and set(layout.fields) == {"channel_id"})
    )


def _weight(layout: Layout) -> float:
    """Return how well a kind fits; memberships beat channels where there is nothing but who is in which group."""
    score: float = len(layout.fields)
    if layout.kind is Kind.MEMBERSHIPS and score >= 2:
        score += 0.5
    if layout.kind is Kind.UNITS and "parent" not in layout.fields:
        score -= 1
    return score - len(layout.unknown) / 100


def _depths(grid: Grid, row: int) -> list[int]:
    """Return the header heights worth trying at `row`: one, and more where merged cells or blanks say that names go on below."""
    if grid.clean:
        return [1]
    least = deepest = 1
    for (top, left), (bottom, right) in grid.merges:
        if top == row:
            least = max(least, bottom - top + 1)
            deepest = max(deepest, least, 2 if right > left else 1)
    if any(cell is None for cell in grid.head[row]) and any(grid.head[row]):
        deepest = max(deepest, 2)
    return [depth for depth in range(least, min(deepest, _MOST_HEADER_ROWS) + 1) if row + depth <= len(grid.head)]


def _names(grid: Grid, row: int, depth: int) -> list[list[str]]:
    """Return each column's header texts from top to bottom, a merged text once for each column that it spans."""
    lines = [list(line) for line in grid.head[row : row + depth]]
    for line_number, line in enumerate(lines[:-1]):
        _spread(line, grid.merges, row + line_number)
        if not grid.merges:
            _spread_over_blanks(line, lines[line_number + 1])
    return [[text for text in column if text] for column in zip(*lines, strict=True)]


def _spread(line: list[str | None], merges: Sequence[Merge], row: int) -> None:
    for (top, left), (_, right) in merges:
        if top == row:
            line[left : right + 1] = [line[left]] * (right - left + 1)


def _spread_over_blanks(line: list[str | None], below: Sequence[str | None]) -> None:
    """Carry a text on over the blanks to its right that have a text below: a CSV has lost its merged cells."""
    for column in range(1, len(line)):
        if line[column] is None and below[column] and below[column - 1]:
            line[column] = line[column - 1]


def _layout(kind: Kind, names: list[list[str]], row: int, depth: int, *, clean: bool) -> Layout:
    found: dict[str, tuple[int, int]] = {}
    phones: list[int] = []
    unknown: list[int] = []
    repeated: list[int] = []
    for column, texts in enumerate(names):
        matched = _match(kind, texts)
        if matched is None:
            if texts:
                unknown.append(column)
            continue
        field, rank = matched
        if field == PHONE:
            phones.append(column)
        elif field not in found or rank < found[field][0]:
            if field in found and field not in _FILLERS:
                repeated.append(found[field][1])
            found[field] = (rank, column)
        elif field not in _FILLERS:
            repeated.append(column)
    fields = {field: column for field, (_, column) in found.items()}
    serial = fields.pop(SERIAL, None)
    serial_ids = kind is Kind.CHANNELS and "channel_id" not in fields and serial is not None
    if serial_ids and serial is not None:
        fields["channel_id"] = serial
    headers = [" ".join(dict.fromkeys(texts)) for texts in names]
    return Layout(
        kind, row, 0 if clean else row + depth, headers, fields, phones, unknown, sorted(repeated), serial_ids
    )


def _match(kind: Kind, texts: Sequence[str]) -> tuple[str, int] | None:
    """Return what a header means: all of its rows together, else the lowest."""
    if not texts:
        return None
    return match(kind, "".join(dict.fromkeys(texts))) or match(kind, texts[-1])
