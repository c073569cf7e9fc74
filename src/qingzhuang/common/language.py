"""The reader's language, which Django's middleware has chosen, as the catalogue names it."""

from __future__ import annotations

from django.utils.translation import get_language

from qingzhuang.words import DEFAULT, LANGUAGES, Words


def language() -> str:
    """Return the language in use, one of `LANGUAGES`."""
    in_use = (get_language() or DEFAULT).lower()
    return next((lang for lang in LANGUAGES if lang.lower() == in_use), DEFAULT)


def words() -> Words:
    """Return the catalogue in the language in use."""
    return Words(language())
