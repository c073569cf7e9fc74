"""How much a sentence speaks for a sign: its character n-grams, each with a weight learned from labelled texts.

A pattern knows the wordings that someone thought of. Weights know what many wordings have in common, and what those of
a prohibition, a complaint or a title have in common that make the same words harmless. A sentence is the set of its runs
of one to four characters, of its pairs of characters two to eight apart, and of the short runs of the sentences beside
it; runs in marked spans count once more as marked (as Das and Chen, "Yahoo! for Amazon", 2007, do for negations). Its
score is the weighed sum over that set, each gram by its rarity, the whole brought to length one: logistic regression in
the vector space of Salton, Wong and Yang (1975). A score of 0 means that the texts it was learned from leave it open.

One linear sum cannot tell both what a sentence speaks of and whether it is a fault: a pack's weights are two (`SignWeights`),
`fault`, learned from texts at fault and harmless ones on the same matter, and `matter`, learned from the texts of one
sign and those of the others.

The cost is linear in the text. All signs are summed at once: the weights of a gram are the bytes of one whole number,
four apart, so that adding two numbers adds every sign's weights.

>>> weights = Weights(("photo",), {"run": ("照片",)}, bytes([255, 200]), scale=(0.1,), bias=(-1.0,))
>>> [round(score, 2) for (score,) in weights.scores(["请报送照片。", "请报送。"])]
[0.27, -1.0]
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import add
from typing import Any

from qingzhuang.engines.errors import EngineInputError

Mark = tuple[int, int, int]
"""A span of a sentence and its mark, 1 or 2; of spans that overlap the lowest mark counts."""
Grams = Mapping[str, set[str]]
"""The grams of a sentence by kind, one of KINDS."""

KINDS = ("run", "pair", "around", "marked1", "marked2")
LONGEST = 4
GAPS = range(2, 9)
LONGEST_AROUND = 3
LONGEST_MATTER = 3
"""The runs that tell a matter are no longer than this."""
REACH = 60
"""How many characters of the sentences beside it belong to a sentence's surroundings."""
NOTHING = 128
"""The byte that stands for a weight of 0."""
RARITY = 0.5
"""The unit of the bytes that hold the squares of rarity."""
_LANE = 4


def grams_of(sentences: Sequence[str], marks: Sequence[Sequence[Mark]] = ()) -> Iterator[Grams]:
    """Yield the grams of each sentence of a text; `marks` are the marked spans of each."""
    return (grams_at(sentences, i, marks[i] if marks else ()) for i in range(len(sentences)))


def grams_at(sentences: Sequence[str], at: int, marks: Sequence[Mark] = ()) -> Grams:
    """Return the grams of one sentence of a text; `marks` are its marked spans."""
    sentence = sentences[at]
    around = (sentences[at - 1][-REACH:] if at else "", sentences[at + 1][:REACH] if at + 1 < len(sentences) else "")
    grams = {
        "run": _runs(sentence, LONGEST),
        "pair": set().union(*(map(add, sentence, sentence[gap:]) for gap in GAPS)),
        "around": _runs(around[0], LONGEST_AROUND) | _runs(around[1], LONGEST_AROUND),
    }
    for mark, place in _marked(sentence, marks):
        runs = (sentence[place : place + size] for size in _sizes(sentence, place))
        grams.setdefault(f"marked{mark}", set()).update(runs)
    return grams


class Weights:
    """One kind of learned weights of some signs.

    `grams` are those known, by kind. `table` holds a row of bytes for each, in the order of KINDS and of their names: a
    sign's weight times rarity, in units of `scale`, above NOTHING; and behind the signs' the square of the rarity in
    units of RARITY. `bias` is a sign's score of a text without known grams. Raises EngineInputError (`bad-weights`)
    where these do not fit together."""

    def __init__(
        self,
        signs: tuple[str, ...],
        grams: Mapping[str, Sequence[str]],
        table: bytes,
        *,
        scale: tuple[float, ...],
        bias: tuple[float, ...],
    ) -> None:
        """Keep the weights; a row becomes a number when its gram is first met."""
        self.signs, self.grams, self.table = signs, grams, table
        self.scale, self.bias = scale, bias
        self._width = len(signs) + 1
        count = sum(map(len, grams.values()))
        if not {*grams} <= {*KINDS} or len(table) != count * self._width or not len(scale) == len(bias) == len(signs):
            raise EngineInputError("bad-weights", why="sizes")
        self._rows: dict[str, _Rows] = {}
        first = 0
        for kind in KINDS:
            listed = grams.get(kind, ())
            self._rows[kind] = _Rows(
                dict(zip(listed, range(first, first + len(listed)), strict=True)), table, self._width
            )
            first += len(listed)

    def scores(self, sentences: Sequence[str], marks: Sequence[Sequence[Mark]] = ()) -> list[list[float]]:
        """Return how much each sentence of a text speaks for each sign: a row a sentence, in the order of `signs`."""
        return [self.score(grams) for grams in grams_of(sentences, marks)]

    def short_runs(self, sentence: str, longest: int) -> list[float]:
        """Return the scores of a sentence by its runs up to `longest` alone, for weights that know no other grams."""
        return self.score({"run": _runs(sentence, longest)})

    def score(self, grams: Grams) -> list[float]:
        """Return how much a sentence of these grams speaks for each sign."""
        total, count = 0, 0
        for kind, held in grams.items():
            rows = self._rows[kind]
            known = rows.places.keys() & held
            total += sum(map(rows.__getitem__, known))
            count += len(known)
        if not count:
            return list(self.bias)
        *sums, rarity = memoryview(total.to_bytes(self._width * _LANE, "little")).cast("I").tolist()
        length = sqrt(rarity * RARITY)
        zero = NOTHING * count
        return [b + s * (x - zero) / length for x, s, b in zip(sums, self.scale, self.bias, strict=True)]

    def telling(self, sign: str, sentence: str, marks: Sequence[Mark] = ()) -> list[float]:
        """Return how much each character of `sentence` speaks for `sign`, by the grams that begin at it."""
        column = self.signs.index(sign)
        told = [0.0] * len(sentence)

        def tell(at: int, kind: str, gram: str) -> None:
            place = self._rows[kind].places.get(gram)
            if place is not None:
                told[at] += (self.table[place * self._width + column] - NOTHING) * self.scale[column]

        for at in range(len(sentence)):
            for size in _sizes(sentence, at):
                tell(at, "run", sentence[at : at + size])
            for gap in GAPS:
                if at + gap < len(sentence):
                    tell(at, "pair", sentence[at] + sentence[at + gap])
        for mark, at in _marked(sentence, marks):
            for size in _sizes(sentence, at):
                tell(at, f"marked{mark}", sentence[at : at + size])
        return told

    def loudest(self, sign: str, most: int) -> list[str]:
        """Return the runs of two characters or more, without punctuation, that speak most for `sign`, loudest first."""
        column = self.signs.index(sign)
        rows = self._rows["run"].places
        runs = sorted(
            (run for run in rows if len(run) > 1 and run.isalnum()),
            key=lambda run: -self.table[rows[run] * self._width + column],
        )
        return runs[:most]

    def to_plain(self) -> dict[str, Any]:
        """Return the weights as plain values, the table in base 64."""
        held = {name: getattr(self, name) for name in ("signs", "grams", "scale", "bias")}
        return held | {"table": base64.b64encode(self.table).decode()}


@dataclass(frozen=True, eq=False)
class SignWeights:
    """What the signs of a pack have learned: whether a sentence is a fault, and whether it speaks of their matter at all.

    `learned_from` is the digest of the texts that they were learned from."""

    fault: Weights
    matter: Weights
    learned_from: str = ""

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs that have weights."""
        return self.fault.signs

    def to_json(self) -> str:
        """Return the weights as the text of a file: the grams to be read, the tables in base 64."""
        held = {"learned_from": self.learned_from, "fault": self.fault.to_plain(), "matter": self.matter.to_plain()}
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def read_weights(data: bytes) -> SignWeights:
    """Return the weights in a file; raises EngineInputError (`bad-weights`) for one that holds none."""
    try:
        held = json.loads(data)
        fault, matter = (_from_plain(held[part]) for part in ("fault", "matter"))
        if fault.signs != matter.signs:
            raise EngineInputError("bad-weights", why="signs")
        return SignWeights(fault, matter, str(held["learned_from"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, EngineInputError):
            raise
        raise EngineInputError("bad-weights", why=f"{type(error).__name__}: {error}") from error


def _from_plain(held: Mapping[str, Any]) -> Weights:
    table = base64.b64decode(held["table"], validate=True)
    scale, bias = (tuple(map(float, held[name])) for name in ("scale", "bias"))
    return Weights(tuple(held["signs"]), held["grams"], table, scale=scale, bias=bias)


class _Rows(dict[str, int]):
    """The rows of the grams of one kind as numbers, made when first asked for."""

    def __init__(self, places: dict[str, int], table: bytes, width: int) -> None:
        super().__init__()
        self.places, self._table, self._width = places, table, width

    def __missing__(self, gram: str) -> int:
        start = self.places[gram] * self._width
        lanes = bytearray(self._width * _LANE)
        lanes[::_LANE] = self._table[start : start + self._width]
        self[gram] = row = int.from_bytes(lanes, "little")
        return row


def _runs(text: str, longest: int) -> set[str]:
    runs = set(text)
    longer: Sequence[str] = text
    for size in range(1, longest):
        longer = list(map(add, longer, text[size:]))
        runs.update(longer)
    return runs


def _sizes(sentence: str, at: int) -> range:
    return range(1, min(LONGEST, len(sentence) - at) + 1)


def _marked(sentence: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Yield the mark and the place of every character of `sentence` in a marked span."""
    at_place = {
        at: mark
        for start, end, mark in sorted(marks, key=lambda one: -one[2])
        for at in range(start, min(end, len(sentence)))
    }
    return ((mark, at) for at, mark in at_place.items())
