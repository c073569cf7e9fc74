"""What the register's rules say no to."""

from __future__ import annotations

from qingzhuang.common.errors import Refused


class WrongState(Refused):
    """The demand is not where this can be done: somebody was quicker, or the page is old."""


class NotYourStage(Refused):
    """The stage is another role's, or its outcome is not one that this stage has."""


class SecretMark(Refused):
    """The text carries a mark of secrecy; nothing of it is kept, and `mark` alone is named."""


class Incomplete(Refused):
    """A demand lacks what it must have before it is submitted."""
