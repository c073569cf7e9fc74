"""The navigation: each app adds its pages when it starts, so that the frame knows none of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A page of the navigation: its `view`'s name, the key of its `words`, and who sees it (everybody, where none is named)."""

    view: str
    words: str
    permission: str = ""


PLACES: list[Place] = []
