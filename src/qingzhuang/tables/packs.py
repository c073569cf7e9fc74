"""Rule packs from their folders: YAML in, with the line of everything that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from qingzhuang.engines.rules import Fault, Pack, PackError, read_pack

FILE = "pack.yaml"


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


def built_in_packs() -> list[str]:
    """Return the names of the packs that come with the program, `base` first."""
    folders = [entry.name for entry in files("qingzhuang.rule_packs").iterdir() if entry.joinpath(FILE).is_file()]
    return sorted(folders, key=lambda name: (name != "base", name))


def load_packs(chosen: Iterable[str | Path], *, lists: tuple[str, ...]) -> list[Pack]:
    """Return the built-in `base` and, laid over it in order, each of `chosen`.

    A pack is the folder that holds its `pack.yaml`, a folder of such folders, or the name of a built-in one. Raises
    BadPack."""
    base = Path(str(files("qingzhuang.rule_packs").joinpath("base", FILE)))
    return [load_pack(path, lists=lists) for path in (base, *(path for one in chosen for path in find_packs(one)))]


def find_packs(chosen: str | Path) -> list[Path]:
    """Return the `pack.yaml` files that `chosen` stands for; raises BadPack where there is none."""
    folder = Path(chosen)
    if (folder / FILE).is_file():
        return [folder / FILE]
    if found := sorted(folder.glob(f"*/{FILE}")):
        return found
    if not folder.exists() and str(chosen) in built_in_packs():
        return [Path(str(files("qingzhuang.rule_packs").joinpath(str(chosen), FILE)))]
    raise BadPack([PackFault(str(chosen), 0, "no-pack", FILE)])


def load_pack(path: Path, *, lists: tuple[str, ...]) -> Pack:
    """Return the pack written in `path`; raises BadPack with every fault and its line."""
    raw = path.read_bytes()
    try:
        root = yaml.compose(raw, Loader=yaml.SafeLoader)
        data = yaml.load(raw, Loader=_OnceLoader)  # noqa: S506 -- a SafeLoader that also refuses a key given twice
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadPack([PackFault(str(path), line, "not-yaml", "", error.problem)]) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise BadPack([PackFault(str(path), 0, "not-yaml", "", str(error))]) from error
    try:
        return read_pack(data, sha256=hashlib.sha256(raw).hexdigest(), list_names=lists)
    except PackError as error:
        raise BadPack(_with_line(path, root, fault) for fault in error.faults) from error


class _OnceLoader(yaml.SafeLoader):
    """A safe loader for which a key given twice is an error, not a silent choice of the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key given twice: {key.value}", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return, no-untyped-call, unused-ignore]

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """Return a date; a day that the calendar does not have stays a text, to be refused with its line."""
        try:
            return self.construct_yaml_timestamp(node)  # type: ignore[no-untyped-call, unused-ignore]
        except ValueError:
            return node.value


_OnceLoader.add_constructor("tag:yaml.org,2002:timestamp", _OnceLoader.construct_day)


def _with_line(path: Path, root: yaml.Node | None, fault: Fault) -> PackFault:
    node, line = root, root.start_mark.line + 1 if root else 0
    for step in fault.place:
        key, node = _step(node, step)
        if key is None:
            break
        line = key.start_mark.line + 1
    field = ".".join(str(step) for step in fault.place)
    if fault.code == "missing-field":
        field = f"{field}.{fault.value}".lstrip(".")
    return PackFault(str(path), line, fault.code, field, fault.value)


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Return the node that names `step` below `node`, and the node it leads to."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None
