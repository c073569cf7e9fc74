"""What the organisation's rules say no to."""

from __future__ import annotations

from qingzhuang.common.errors import Refused


class BadPlace(Refused):
    """A unit cannot stand there: the level does not fit below the other, or below itself."""


class Overlapping(Refused):
    """Two things that hold one after another would hold at the same time."""
