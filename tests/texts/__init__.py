"""Labelled texts: for each code, texts that have its fault and texts that only look like it.

`dev` is what the signs were written against; `heldout` was written apart, by others, before any sign was, and only
measures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from qingzhuang.domain.gate.cases import filled

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """A text, whether it has the fault of its code, and what makes it easy or hard."""

    text: str
    label: bool
    note: str


def read_texts(half: str, code: str) -> list[Labelled]:
    """Return the texts of `code` in `half` (dev or heldout)."""
    listed = []
    for path in sorted((FOLDER / half).glob(f"{code}*.jsonl")):
        if path.stem.split(".")[0] != code:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            listed.append(Labelled(filled(one["text"]), one["label"], one.get("note", "")))
    return listed
