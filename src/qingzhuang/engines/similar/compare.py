"""Two texts compared, or one with those found near it: by what is written, and by a model where there is one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar.encoder import Encoder, cosines, encoder_of
from qingzhuang.engines.similar.forms import Forms
from qingzhuang.engines.similar.measure import Measure, Weights

MODEL_SHARE = 0.5  # of the score, where there is a model


class Match(NamedTuple):
    """An entry that is near: its `key`, its `text` as it was added, and a `score` of 0 to 1, 1 for the same form."""

    key: str
    text: str
    score: float


def similarity(
    a: str, b: str, *, synonyms: Iterable[Iterable[str]] = (), model: str | Path | Encoder | None = None
) -> float:
    """Return how much two texts say the same, 0 to 1, with no index to say which characters are rare.

    1 for texts of the same form, 0 where either has no letter and no digit. Groups of synonyms that are tuples throughout are read
    once, and a model that is a folder is opened each time: hand in its `encoder_of` for many pairs, or see `Index.similarity`.

    >>> similarity("关于上报2026年度台账的通知", "關於報送二〇二六年度清冊的通知", synonyms=[["上报", "报送"], ["台账", "清册"]])
    1.0
    """
    return compared(a, b, _forms_of(synonyms), Weights(), encoder_of(model))


def compared(a: str, b: str, forms: Forms, weights: Weights, encoder: Encoder | None) -> float:
    """Return how much two texts say the same under `forms`, weighed by `weights`."""
    form, other = forms.form(text_of(a)), forms.form(text_of(b))
    if not form or not other:
        return 0.0
    score = Measure(form, weights).score(other)
    return score if encoder is None else encoded(encoder, a, [Match("", b, score)])[0].score


def encoded(encoder: Encoder, text: str, matches: list[Match]) -> list[Match]:
    """Return `matches` with the model's cosine in their scores, in the order of these."""
    if not matches:
        return []
    means = cosines(encoder, text, [match.text for match in matches])
    mixed = [
        match._replace(score=(1 - MODEL_SHARE) * match.score + MODEL_SHARE * float(mean))
        for match, mean in zip(matches, means, strict=True)
    ]
    return sorted(mixed, key=lambda match: -match.score)


def text_of(text: object) -> str:
    """Return `text` if it is one. Raises EngineInputError `text-unusable`."""
    if isinstance(text, str):
        return text
    raise EngineInputError("text-unusable", text=text)


def _forms_of(synonyms: Iterable[Iterable[str]]) -> Forms:
    """Return the forms under `synonyms`, made once for a table of tuples that comes again and again."""
    if isinstance(synonyms, tuple):
        with suppress(TypeError):  # a list among the tuples
            return _kept(synonyms)
    return Forms(synonyms)


_kept = lru_cache(maxsize=4)(Forms)
