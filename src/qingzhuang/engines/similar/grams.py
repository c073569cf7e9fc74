"""What a form is indexed by and looked for with: pairs of neighbouring symbols, and single ones."""

from __future__ import annotations

PRIVATE = "\U000f0000"  # numbers and words stand from here on (see `forms`)


def pairs(form: str) -> list[str]:
    """Return each two neighbouring symbols, in order, as often as they stand there."""
    return [form[place : place + 2] for place in range(len(form) - 1)]


def indexed(form: str) -> list[str]:
    """Return all that an entry can be found by."""
    return [*pairs(form), *form]


def sought(form: str) -> list[str]:
    """Return what to look for first, each once: pairs, numbers and words; of a form of one symbol, that."""
    return list(dict.fromkeys([*pairs(form), *(symbol for symbol in form if symbol >= PRIVATE)])) or [*form]
