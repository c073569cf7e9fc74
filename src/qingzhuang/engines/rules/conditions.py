"""Conditions of rules, written in CEL (the Common Expression Language) and checked for types before they run.

This is the one place that knows which library evaluates CEL (docs/decisions/0009-conditions-in-cel-patterns-in-re2.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from qingzhuang.engines.errors import EngineInputError

PARAMETERS = "params."


class Conditions:
    """CEL over named, typed variables: compile once, evaluate often.

    `variables` gives each variable's type: `bool`, `int`, `double`, `string`, `list(string)` or `list(map)`; the names
    may have dots. `parameters` are names of a rule book's parameters, seen in an expression as `params.<name>`.

    >>> size = Conditions({"notice.characters": "int"}, ["most"])
    >>> size.holds("notice.characters > params.most", {"notice.characters": 5, "params.most": 4})
    True
    """

    def __init__(self, variables: Mapping[str, str], parameters: Any = ()) -> None:
        """Declare what expressions may speak of."""
        self._types = {**variables, **{PARAMETERS + name: "dyn" for name in parameters}}
        self._compiled: dict[str, Any] = {}

    def compile(self, expression: str) -> None:
        """Check `expression`; raises EngineInputError (`bad-condition`, with `why`) where it is not a condition."""
        self._expression(expression)

    def holds(self, expression: str, values: Mapping[str, Any]) -> bool:
        """Tell whether `expression` is true of `values`.

        Raises EngineInputError where it does not compile (`bad-condition`) or cannot be evaluated on these values, as
        where a list has no such entry (`condition-failed`)."""
        known = {name: value for name, value in values.items() if name in self._types}
        result = self._expression(expression).eval(data=known)
        if result.type() != _cel().Type.BOOL:
            raise EngineInputError("condition-failed", condition=expression, why=str(result.plain_value()))
        return bool(result.plain_value())

    def _expression(self, expression: str) -> Any:
        if expression not in self._compiled:
            try:
                compiled = _environment(tuple(sorted(self._types.items()))).compile(expression)
            except RuntimeError as error:
                raise EngineInputError("bad-condition", condition=expression, why=_plain(str(error))) from error
            if compiled.return_type() != _cel().Type.BOOL:
                kind = compiled.return_type().name()
                raise EngineInputError("bad-condition", condition=expression, why=f"the result is {kind}, not a bool")
            self._compiled[expression] = compiled
        return self._compiled[expression]


@cache
def _cel() -> Any:
    from cel_expr_python import cel

    return cel


@cache
def _environment(types: tuple[tuple[str, str], ...]) -> Any:
    kinds = _cel().Type
    known = {
        "bool": kinds.BOOL,
        "int": kinds.INT,
        "double": kinds.DOUBLE,
        "string": kinds.STRING,
        "list(string)": kinds.List(kinds.STRING),
        "list(map)": kinds.List(kinds.Map(kinds.STRING, kinds.DYN)),
        "dyn": kinds.DYN,
    }
    return _cel().NewEnv(variables={name: known[kind] for name, kind in types})


def _plain(message: str) -> str:
    """Return CEL's message without its status words and drawing: `1:7: undeclared reference to 'notice.size'`."""
    first = message.removeprefix("INVALID_ARGUMENT: ").split("\n")[0]
    return re.sub(r"^ERROR: <input>:| \(in container ''\)| \[INVALID_ARGUMENT\]", "", first)
