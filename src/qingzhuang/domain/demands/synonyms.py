"""Which terms of notices and forms mean the same: the groups of `synonyms.toml`, for `engines.similar`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def demand_synonyms() -> tuple[tuple[str, ...], ...]:
    """Return the groups of equivalent terms, in the order of the file; a term stands in one group only."""
    text = files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8")
    themes: dict[str, list[list[str]]] = tomllib.loads(text)
    return tuple(tuple(group) for groups in themes.values() for group in groups)
