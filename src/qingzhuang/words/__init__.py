"""The words of the interface: every text that a user reads outside the rule packs, in 简体中文, 繁體中文 and English.

One TOML file per part of the program and language (`zh-Hans/report.toml`, `en/report.toml`); a key is `part.name`, a
text a `str.format` template. 繁體中文 is derived from 简体中文 by OpenCC, so that there is one Chinese text to keep
right. Chinese needs no plural; an English text that does has the keys `name` and `name_one`, chosen by `count`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
DEFAULT = "zh-Hans"


@cache
def catalogue(part: str, lang: str) -> dict[str, str]:
    """Return the texts of `part` as written for `lang` (`zh-Hans` or `en`)."""
    text = files(__package__).joinpath(lang, f"{part}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def to_traditional(text: str) -> str:
    """Return `text` in traditional characters (OpenCC, Taiwan's standard forms)."""
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")


class Words:
    """The texts in one language: `Words("en")("report.title", county="…")`."""

    def __init__(self, lang: str = DEFAULT) -> None:
        """Choose `lang`, one of `LANGUAGES`; raises ValueError for another."""
        if lang not in LANGUAGES:
            raise ValueError(lang)
        self.lang = lang

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of `key` filled with `values`; a key that is not in the catalogue is a KeyError."""
        part, name = key.split(".", 1)
        texts = catalogue(part, self._written)
        if values.get("count") == 1 and f"{name}_one" in texts:
            name = f"{name}_one"
        return self.finish(texts[name]).format_map(values)

    def pick(self, texts: Mapping[str, str], /, **values: object) -> str:
        """Return the text of a rule pack (by `zh-Hans` and `en`) in this language, filled with `values`."""
        return self.finish(texts[self._written]).format_map(values)

    def finish(self, text: str) -> str:
        """Return Chinese `text` in this language's characters."""
        return to_traditional(text) if self.lang == "zh-Hant" else text

    @property
    def _written(self) -> str:
        return "en" if self.lang == "en" else "zh-Hans"
