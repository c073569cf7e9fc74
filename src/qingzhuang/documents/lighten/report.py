"""What the four files are made of."""

from __future__ import annotations

from dataclasses import dataclass

from qingzhuang.domain.channels.inventory import DoubtfulNickname, InputFile, Inventory, Note
from qingzhuang.domain.channels.result import Lightening
from qingzhuang.engines.rules import PackHead


@dataclass(frozen=True)
class Report:
    """One lightening with all that a reader needs beside it.

    `notes` are those of the table reader; the notes of the domain are in `result.notes`, and a report shows both.
    """

    result: Lightening
    inventory: Inventory
    inputs: tuple[InputFile, ...]
    notes: tuple[Note, ...]
    doubtful: tuple[DoubtfulNickname, ...]
    packs: tuple[PackHead, ...]

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """The notes on the input and those on the plan, each once."""
        seen: list[Note] = []
        for note in (*self.notes, *self.result.notes):
            if note not in seen:
                seen.append(note)
        return tuple(seen)
