"""Rule packs from their folders: YAML in, with the file and line of everything that is wrong.

A pack is a folder with a `pack.yaml`; what it would make too long to read may stand beside it: `vocabulary.yaml`, and in
`signs/` one file for each sign, named after it. `weights.json` holds the weights that its signs have learned."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules import Fault, Pack, PackError, faults_of, read_pack
from qingzhuang.engines.rules.weights import read_weights
from qingzhuang.tables.yaml_lines import BadYaml, YamlPlaces, field_name, load_once

FILE = "pack.yaml"
VOCABULARY = "vocabulary.yaml"
SIGNS = "signs"
WEIGHTS = "weights.json"
BASE = "base"


@dataclass(frozen=True)
class PackFault:
    """One thing wrong with a pack file: where (line from 1, 0 for the file as a whole), its code, the field and its value."""

    file: str
    line: int
    code: str
    field: str
    value: object = None


class BadPack(Exception):
    """A rule pack that cannot be used; nothing of it is. `faults` are in the order of their lines."""

    def __init__(self, faults: Iterable[PackFault]) -> None:
        """Keep the faults."""
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.code)))
        super().__init__("; ".join(f"{f.file}:{f.line}: {f.code} {f.field}" for f in self.faults))


@dataclass(frozen=True)
class Judging:
    """What a condition may speak of (`variables`: names and types, by subject), and the `codes` that a judging rule may have."""

    variables: Mapping[str, Mapping[str, str]]
    codes: Collection[str]


@dataclass(frozen=True)
class _Source:
    """The files of one pack: their plain values put together, and the bytes behind each place."""

    folder: Path
    data: Any
    parts: Mapping[tuple[str, ...], tuple[Path, bytes]] = field(default_factory=dict)
    weights: bytes = b""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(b"".join([*(raw for _, raw in self.parts.values()), self.weights])).hexdigest()


@cache
def built_in_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with the program, `base` first."""
    folders = [entry.name for entry in files("qingzhuang.rule_packs").iterdir() if entry.joinpath(FILE).is_file()]
    return tuple(sorted(folders, key=lambda name: (name != BASE, name)))


def load_packs(chosen: Iterable[str | Path], *, lists: tuple[str, ...], judging: Judging | None = None) -> list[Pack]:
    """Return the built-in packs that hold everywhere and, laid over them in order, each of `chosen`.

    A pack is the folder that holds its `pack.yaml`, a folder of such folders, or the name of a built-in one. The packs
    that hold everywhere come in the order of the days on which they came into force, `base` first. With `judging`, the
    conditions, patterns and cases of chosen packs are tried too; those of the built-in ones are by our tests. Raises
    BadPack."""
    built_in = {name: load_pack(_built_in(name), lists=lists) for name in built_in_packs()}
    packs = [pack for pack in built_in.values() if not pack.head.local]
    packs.sort(key=lambda pack: (pack.head.id != BASE, pack.head.in_force_from))
    for one in chosen:
        if not Path(one).exists() and str(one) in built_in:
            # A pack that holds everywhere is there already; naming it changes nothing.
            packs += [built_in[str(one)]] if built_in[str(one)].head.local else []
            continue
        for folder in find_packs(one):
            packs.append(load_pack(folder, lists=lists, below=packs, judging=judging))
    return packs


def find_packs(chosen: str | Path) -> list[Path]:
    """Return the folders of the packs that `chosen`, a folder, stands for; raises BadPack where there is none."""
    folder = Path(chosen)
    if (folder / FILE).is_file():
        return [folder]
    if found := sorted(path.parent for path in folder.glob(f"*/{FILE}")):
        return found
    raise BadPack([PackFault(str(chosen), 0, "no-pack", FILE)])


def load_pack(
    folder: Path, *, lists: tuple[str, ...], below: Sequence[Pack] = (), judging: Judging | None = None
) -> Pack:
    """Return the pack in `folder`; raises BadPack with every fault, its file and its line."""
    source = _read(folder)
    try:
        pack = read_pack(source.data, sha256=source.sha256, list_names=lists, weights=source.weights)
    except PackError as error:
        raise BadPack(_located(source, fault) for fault in error.faults) from error
    if judging and source.weights:
        try:
            read_weights(source.weights)
        except EngineInputError as error:
            why = error.data["why"]
            raise BadPack([PackFault(str(folder / WEIGHTS), 0, error.code, WEIGHTS, why)]) from error
    if judging and (faults := faults_of(pack, below, variables=judging.variables, codes=judging.codes)):
        raise BadPack(_located(source, fault) for fault in faults)
    return pack


def _built_in(name: str) -> Path:
    return Path(str(files("qingzhuang.rule_packs").joinpath(name)))


def _read(folder: Path) -> _Source:
    """Read the files of a pack and put their values together."""
    data, raw = _yaml(folder / FILE)
    parts: dict[tuple[str, ...], tuple[Path, bytes]] = {(): (folder / FILE, raw)}
    if not isinstance(data, dict):
        return _Source(folder, data, parts)
    beside: list[tuple[str, ...]] = []
    if (folder / VOCABULARY).is_file():
        beside.append(("vocabulary",))
    beside += [(SIGNS, path.stem) for path in sorted((folder / SIGNS).glob("*.yaml"))]
    for place in beside:
        path = folder / VOCABULARY if place == ("vocabulary",) else folder / SIGNS / f"{place[1]}.yaml"
        value, raw = _yaml(path)
        parts[place] = path, raw
        target = data
        for step in place[:-1]:
            target = target.setdefault(step, {})
        if place[-1] in target:
            raise BadPack([PackFault(str(path), 1, "given-twice", ".".join(place))])
        target[place[-1]] = value
    weights = folder / WEIGHTS
    return _Source(folder, data, parts, weights.read_bytes() if weights.is_file() else b"")


def _yaml(path: Path) -> tuple[Any, bytes]:
    try:
        raw = path.read_bytes()
        return load_once(raw), raw
    except BadYaml as error:
        raise BadPack([PackFault(str(path), error.line, "not-yaml", "", error.problem)]) from error


def _located(source: _Source, fault: Fault) -> PackFault:
    """Return `fault` with the file that holds its place, and the line there."""
    at = max((part for part in source.parts if fault.place[: len(part)] == part), key=len)
    path, raw = source.parts[at]
    line = YamlPlaces(raw).line(fault.place[len(at) :])
    return PackFault(str(path), line, fault.code, field_name(fault), fault.value)
