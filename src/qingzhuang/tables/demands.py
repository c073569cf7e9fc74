"""Demands from and to YAML: read with the line of everything that is wrong, written so that a person likes to read it.

What was drafted from a notice is written with a comment that it is a draft, and with its burden line by line; both are
left out when it is read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path, PurePath
from typing import Any

import yaml

from qingzhuang.domain.demands import BadDemand, Demand, demand_dict, demand_of
from qingzhuang.domain.demands.burden import Burden, BurdenLine, burden
from qingzhuang.domain.notices import Notice
from qingzhuang.domain.notices.secrecy import secret_mark
from qingzhuang.engines.rules import RuleBook
from qingzhuang.tables.yaml_lines import BadYaml, YamlPlaces, field_name, load_once, outline
from qingzhuang.words import Words

MOST_BYTES = 1 << 18
_DEEPEST = 20
_WRITTEN = "# \t-'\"[]{},"
"""What YAML writes around a text: a mark stands alone within it."""


@dataclass(frozen=True)
class DemandFault:
    """One thing wrong with a demand's file: its line (from 1, 0 for the file as a whole), code, field and value."""

    line: int
    code: str
    field: str
    value: object = None


class BadDemandFile(Exception):
    """A file that holds no demand; `faults` are in the order of their lines, their words are `cli.fault_<code>`."""

    def __init__(self, faults: Iterable[DemandFault]) -> None:
        """Keep the faults."""
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.code, fault.field)))
        super().__init__("; ".join(f"{fault.line}: {fault.code} {fault.field}" for fault in self.faults))


class SecretDemand(Exception):
    """A file that carries a classification mark: `mark` names it, and nothing else of the file is kept."""

    def __init__(self, mark: str) -> None:
        """Keep the mark."""
        self.mark = mark
        super().__init__(mark)


def read_demand(path: Path, *, name: str, marks: Sequence[str] = ()) -> tuple[Demand, Notice]:
    """Return the demand in `path`, which its user calls `name`, and its words as a notice, each at its place in the file.

    `marks` are the classification marks that the county adds. Raises SecretDemand for a file that carries a mark,
    BadDemandFile for whatever else is no demand."""
    outcome = _attempt(path, name, marks)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _attempt(path: Path, name: str, marks: Sequence[str]) -> tuple[Demand, Notice] | SecretDemand | BadDemandFile:
    """Return what came of it; an error raised from here would carry the frames that hold the text."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        return _bad("no-file" if isinstance(error, FileNotFoundError) else "not-readable", "", error.strerror)
    if raw is None:
        return _bad("too-big", "", MOST_BYTES >> 10)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _bad("not-utf-8", "")
    if mark := secret_mark([PurePath(name).stem, *(line.strip(_WRITTEN) for line in text.splitlines())], marks):
        return SecretDemand(mark)
    try:
        shape = outline(raw, most=_DEEPEST)
        if shape.repeats or shape.depth > _DEEPEST:
            return _bad("repeats-itself" if shape.repeats else "no-demand", "")
        data = load_once(raw)
        places = YamlPlaces(raw)
    except BadYaml as error:
        return BadDemandFile([DemandFault(error.line, "not-yaml", "", error.problem)])
    if mark := secret_mark(_lines(data), marks):  # what is written with escapes or over several lines
        return SecretDemand(mark)
    if not isinstance(data, dict):
        return _bad("no-demand", "")
    try:
        return demand_of(data, at=places.origins, file=name)
    except BadDemand as error:
        return BadDemandFile(DemandFault(places.line(f.place), f.code, field_name(f), f.value) for f in error.faults)


def _bad(code: str, field: str, value: object = None) -> BadDemandFile:
    return BadDemandFile([DemandFault(0, code, field, value)])


def _lines(data: Any) -> Iterator[str]:
    """Yield the lines of all texts in `data`, keys among them."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _lines(key)
            yield from _lines(value)
    elif isinstance(data, list):
        for one in data:
            yield from _lines(one)
    else:
        yield from str(data).splitlines()


def write_demand(demand: Demand, path: Path, book: RuleBook, words: Words) -> None:
    """Write `demand` to `path` as YAML that `read_demand` reads back, with its burden by the parameters of `book`.

    Comments and the sums are in the language of `words`. Raises BadBurdenRules for a parameter that makes no sense."""
    cost = burden(demand, book)
    fields: dict[str, Any] = {**_rows(demand_dict(demand)), "burden": _burden(cost, book, words)}
    comments = {"asks": "asks", "burden": "burden"} | ({"targets": "targets"} if _uncounted(demand) else {})
    parts = [f"# {words('demands.header')}\n"]
    for key, value in fields.items():
        comment = f"\n# {words(f'demands.{comments[key]}_comment')}\n" if key in comments else ""
        parts.append(comment + yaml.dump({key: value}, Dumper=_Dumper, allow_unicode=True, width=10_000))
    path.write_text("".join(parts), encoding="utf-8", newline="\n")


def _rows(fields: dict[str, Any]) -> dict[str, Any]:
    for ask in fields.get("asks", ()):
        if "levels" in ask:
            ask["levels"] = _Row(ask["levels"])
    return fields


def _uncounted(demand: Demand) -> bool:
    return any(target.count is None for target in demand.targets)


def _burden(cost: Burden, book: RuleBook, words: Words) -> dict[str, Any]:
    """Return the burden as it is written: the hours a year and the sum, a line an ask and the total."""
    lines = [_line(line, words) for line in cost.lines]
    total = words("demands.total", hours=_number(cost.hours), on=book.on.isoformat())
    return {"hours_a_year": _plain(cost.hours), "sum": [*lines, total]}


def _line(line: BurdenLine, words: Words) -> str:
    units = [
        words(
            "demands.units_assumed" if landing.assumed else "demands.units",
            count=landing.units,
            level=words(f"demands.level_{landing.level}"),
        )
        for landing in line.landings
    ]
    listed = words("demands.and").join(units) or words("demands.one_unit")
    said = words(
        "demands.line",
        text=line.ask.text,
        units=f"({listed})" if len(units) > 1 else listed,
        times=_number(line.times),
        items=line.items,
        each=_number(line.hours_each),
        hours=_number(line.hours),
    )
    return said + (words("demands.every_household") if line.every_household else "")


def _number(value: Fraction) -> str:
    """Return `value` as people read it: exact up to two decimals, else rounded to them."""
    return f"{_decimal(value):,f}"


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(_decimal(value))


def _decimal(value: Fraction) -> Decimal:
    rounded = Decimal(round(value * 100)) / 100
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


class _Row(list[str]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Plain YAML with lists indented below their keys, in the order given."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **(options | {"sort_keys": False}))

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 -- PyYAML's signature
        super().increase_indent(flow, False)

    def represent_text(self, text: str) -> yaml.Node:
        """Write a text; one with line ends other than a line feed as escapes, for else they would be folded."""
        style = '"' if any(one in text for one in "\r\x85\u2028\u2029") else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def represent_row(self, row: _Row) -> yaml.Node:
        """Write a list of single words on one line."""
        return self.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- PyYAML's signature
        return True


_Dumper.add_representer(str, _Dumper.represent_text)
_Dumper.add_representer(_Row, _Dumper.represent_row)
