"""Labelled texts: for each code, texts that have its fault and texts that only look like it.

`dev` is what the signs were written against and their weights learned from, in sets of different writers; `heldout` was
written apart, by others, before any sign was, and only measures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from qingzhuang.domain.gate.cases import filled

FOLDER = Path(__file__).parent
FIRST_SET = "first"


@dataclass(frozen=True)
class Labelled:
    """A text, whether it has the fault of its code, what makes it easy or hard, and the words at fault where they are marked."""

    text: str
    label: bool
    note: str
    at: str = ""
    set: str = FIRST_SET


def read_texts(half: str, code: str) -> list[Labelled]:
    """Return the texts of `code` in `half` (dev or heldout)."""
    listed = []
    for path in _files(half):
        name, _, written = path.stem.partition(".")
        if name != code:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            listed.append(
                Labelled(
                    filled(one["text"]), one["label"], one.get("note", ""), one.get("at", ""), written or FIRST_SET
                )
            )
    return listed


def digest_of(half: str) -> str:
    """Return the digest of all texts of `half`."""
    digest = sha256()
    for path in _files(half):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(half: str) -> list[Path]:
    return sorted((FOLDER / half).glob("*.jsonl"))
