"""YAML as plain values, and where in the file each of them stands.

Loading is safe and strict: a key given twice is an error, not a silent choice of the last, and a day that the calendar
does not have stays a text, to be refused with its line. `YamlPlaces` finds the line of a place, and for a text the
line and column of every part of it, through quotes, escapes and folded lines. A place is the way from the top: keys
and indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from qingzhuang.engines.rules import Fault

Place = tuple[str | int, ...]


class BadYaml(Exception):
    """Bytes that are no YAML: the `line` (from 1; 0 where it is not known) and what the parser has against it."""

    def __init__(self, line: int, problem: str) -> None:
        """Keep the line and the problem."""
        self.line = line
        self.problem = problem
        super().__init__(f"{line}: {problem}")


def load_once(raw: bytes) -> Any:
    """Return the plain values that `raw` writes; raises BadYaml."""
    try:
        return yaml.load(raw, Loader=_OnceLoader)  # noqa: S506 -- a safe loader that also refuses a key given twice
    except yaml.MarkedYAMLError as error:
        raise _bad(error) from error
    except RecursionError as error:
        raise BadYaml(0, "nested too deeply") from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, TypeError) as error:
        raise BadYaml(0, str(error)) from error


if TYPE_CHECKING:
    from yaml import SafeLoader as _Safe
else:
    # libyaml, ten times as fast, comes with PyYAML's wheels; without it the loader of pure Python does the same.
    _Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _OnceLoader(_Safe):
    """A safe loader for which a key given twice is an error, not a silent choice of the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"key given twice: {key.value}", key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """Return a date; a day that the calendar does not have stays a text, to be refused with its line."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_OnceLoader.add_constructor("tag:yaml.org,2002:timestamp", _OnceLoader.construct_day)


@dataclass(frozen=True)
class Outline:
    """What can be told of YAML before it is loaded: how deep it is nested, and whether it repeats a part by `*name`.

    A few lines that repeat themselves can stand for gigabytes, and loading what is nested without end takes the
    process with it."""

    depth: int
    repeats: bool


def outline(raw: bytes, *, most: int) -> Outline:
    """Return the outline of `raw`, without building anything of it, read as far as it is nested no deeper than `most`; raises BadYaml."""
    depth = deepest = 0
    repeats = False
    try:
        for event in yaml.parse(raw, Loader=_Safe):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                deepest = max(deepest, depth)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > most:
                break
            repeats = repeats or isinstance(event, yaml.AliasEvent)
    except yaml.MarkedYAMLError as error:
        raise _bad(error) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise BadYaml(0, str(error)) from error
    return Outline(deepest, repeats)


def _bad(error: yaml.MarkedYAMLError) -> BadYaml:
    return BadYaml(error.problem_mark.line + 1 if error.problem_mark else 0, str(error.problem))


def field_name(fault: Fault) -> str:
    """Return how a fault's place is written for people: keys and indices with dots between; a missing field as its own name."""
    steps = (*fault.place, fault.value) if fault.code == "missing-field" else fault.place
    return ".".join(str(step) for step in steps)


class YamlPlaces:
    """The places of one file that loads."""

    def __init__(self, raw: bytes) -> None:
        """Parse `raw` once more, keeping where everything stands; raises BadYaml."""
        self._text = raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
        try:
            self._root = yaml.compose(self._text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError) as error:
            raise BadYaml(0, str(error)) from error

    def line(self, place: Place) -> int:
        """Return the line of the key that names `place`, or of the nearest one above it that is there."""
        node, line = self._root, self._root.start_mark.line + 1 if self._root else 1
        for step in place:
            key, node = _step(node, step)
            if key is None:
                break
            line = key.start_mark.line + 1
        return line

    def origins(self, place: Place) -> tuple[tuple[int, int, int], ...]:
        """Return (offset, line, column) of each part of the text at `place` that runs on unbroken, the first at offset 0.

        For a table or a list that is where its key stands."""
        key = node = self._root
        for step in place:
            key, node = _step(node, step)
            if key is None:
                return ((0, self.line(place), 1),)
        if isinstance(node, yaml.ScalarNode):
            return _parts(self._text, node)
        return ((0, key.start_mark.line + 1, key.start_mark.column + 1),) if key else ((0, 1, 1),)


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Return the node that names `step` below `node`, and the node it leads to."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None


_ESCAPED = {"x": 4, "u": 6, "U": 10}
_BREAKS = "\n\r\x85\u2028\u2029"


def _parts(text: str, node: yaml.ScalarNode) -> tuple[tuple[int, int, int], ...]:
    """Follow the value of `node` through `text`: where it stops running beside it, another part begins."""
    at, line, column = node.start_mark.index, node.start_mark.line + 1, node.start_mark.column + 1
    if node.style in {"|", ">"}:  # the text begins on the line below the mark
        while at < node.end_mark.index and text[at] not in _BREAKS:
            at, column = at + 1, column + 1
    elif node.style:
        at, column = at + 1, column + 1
    parts: list[tuple[int, int, int]] = []
    together = False
    for offset, character in enumerate(node.value):
        while at < node.end_mark.index and not _writes(text, at, character, node.style):
            at, line, column = _on(text, at, line, column)
            together = False
        if not together:
            parts.append((offset, line, column))
        wide = _width(text, at, node.style)
        together = wide == 1 and text[at : at + 1] not in _BREAKS
        for _ in range(wide):
            at, line, column = _on(text, at, line, column)
    return tuple(parts) or ((0, line, column),)


def _writes(text: str, at: int, character: str, style: str | None) -> bool:
    """Tell whether what stands at `at` writes `character`; a line's end may write a space."""
    if style == '"' and text[at] == "\\":
        return text[at + 1] not in _BREAKS
    return text[at] == character or (text[at] in _BREAKS and character in " \n")


def _width(text: str, at: int, style: str | None) -> int:
    if style == '"' and text[at : at + 1] == "\\":
        return _ESCAPED.get(text[at + 1], 2)
    return 2 if style == "'" and text[at : at + 2] == "''" else 1


def _on(text: str, at: int, line: int, column: int) -> tuple[int, int, int]:
    """Return the place one character on."""
    if at < len(text) and text[at] in _BREAKS and text[at : at + 2] != "\r\n":
        return at + 1, line + 1, 1
    return at + 1, line, column + 1
