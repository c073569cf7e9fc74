"""Signs: named patterns with their company, laid over one another as the packs are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qingzhuang.engines.rules.anchors import Words
from qingzhuang.engines.rules.model import PatternSpec, Thresholds, Within
from qingzhuang.engines.rules.pack import Pack, SignSpec
from qingzhuang.engines.rules.patterns import Match, Pattern, Searched
from qingzhuang.engines.rules.weights import SignWeights, read_weights

Vocabulary = Mapping[str, tuple[str, ...]]
Around = Callable[[Within, int], tuple[int, int]]
"""Gives the span of the sentence, paragraph or text around an offset."""


class SignPattern:
    """One pattern of a sign, with its company."""

    def __init__(self, spec: PatternSpec, vocabulary: Vocabulary) -> None:
        """Keep the spec; expressions are compiled when first used."""
        self.spec = spec
        self._vocabulary = vocabulary

    @cached_property
    def find(self) -> Pattern:
        """The pattern itself."""
        return Pattern(self.spec.find, self._vocabulary)

    @cached_property
    def _with(self) -> list[Pattern]:
        return [Pattern(one, self._vocabulary) for one in self.spec.with_]

    @cached_property
    def _without(self) -> list[Pattern]:
        return [Pattern(one, self._vocabulary) for one in self.spec.without]

    @cached_property
    def _not_after(self) -> list[Pattern]:
        return [Pattern(f"(?:{one})$", self._vocabulary) for one in self.spec.not_after]

    @cached_property
    def _not_before(self) -> list[Pattern]:
        return [Pattern(f"^(?:{one})", self._vocabulary) for one in self.spec.not_before]

    def check(self) -> None:
        """Compile every expression; raises EngineInputError for the first that is none."""
        for pattern in (self.find, *self._with, *self._without, *self._not_after, *self._not_before):
            pattern.check()

    def matches(self, searched: Searched, around: Around) -> Iterable[Match]:
        """Return each match that is in the right company."""
        found = self.find.matches(searched)
        return [match for match in found if self._in_company(match, searched.text, around)] if found else ()

    def _in_company(self, match: Match, text: str, around: Around) -> bool:
        if self._with or self._without:
            start, end = around(self.spec.within, match.start)
            span = text[start : max(end, match.end)]
            if not all(one.found_in(span) for one in self._with) or any(one.found_in(span) for one in self._without):
                return False
        if self._not_after:
            before = text[max(0, match.start - 16) : match.start]
            if any(one.found_in(before) for one in self._not_after):
                return False
        if self._not_before:
            behind = text[match.end : match.end + 16]
            return not any(one.found_in(behind) for one in self._not_before)
        return True


class WeightsFile:
    """The weights of a pack, read when they are first needed."""

    def __init__(self, data: bytes) -> None:
        """Keep the file's bytes."""
        self._data = data

    @cached_property
    def weights(self) -> SignWeights:
        """The weights themselves; raises EngineInputError (`bad-weights`)."""
        return read_weights(self._data)


@dataclass(frozen=True)
class Weighed:
    """The weights that count for a sign, and from which scores on."""

    thresholds: Thresholds
    file: WeightsFile


@dataclass(frozen=True)
class Sign:
    """A named kind of words; `excuses` are those that count for it (None: all that the text may have)."""

    name: str
    excuses: frozenset[str] | None
    patterns: tuple[SignPattern, ...]
    weighed: Weighed | None = None

    @property
    def weights(self) -> SignWeights | None:
        """The weights that count for the sign; None where it has learned none."""
        weights = self.weighed.file.weights if self.weighed else None
        return weights if weights and self.name in weights.signs else None


Signs = tuple[Vocabulary, Mapping[str, Sign], Words]


def signs_of(packs: Iterable[Pack]) -> Signs:
    """Return the vocabularies and signs of all `packs`, later ones added to earlier ones of the same name, and the signs' words."""
    shared: dict[str, tuple[str, ...]] = {}
    specs: dict[str, list[SignSpec]] = {}
    file: WeightsFile | None = None
    for pack in packs:
        _add(shared, pack.vocabulary)
        file = WeightsFile(pack.weights) if pack.weights else file
        for spec in pack.signs:
            specs.setdefault(spec.name, []).append(spec)
    signs = {name: _sign(name, listed, shared, file) for name, listed in specs.items()}
    return shared, signs, words_sought(signs.values())


def words_of(specs: Iterable[SignSpec], shared: Vocabulary) -> Vocabulary:
    """Return the words that the patterns of one sign may use: the shared ones, and its own."""
    own = dict(shared)
    for spec in specs:
        _add(own, spec.vocabulary)
    return own


def _add(to: dict[str, tuple[str, ...]], more: Vocabulary) -> None:
    for name, words in more.items():
        to[name] = tuple(dict.fromkeys((*to.get(name, ()), *words)))


def _sign(name: str, specs: Sequence[SignSpec], shared: Vocabulary, file: WeightsFile | None) -> Sign:
    given = [spec.excuses for spec in specs if spec.excuses is not None]
    thresholds = [spec.weighed for spec in specs if spec.weighed is not None]
    weighed = Weighed(thresholds[-1], file) if thresholds and file else None
    excuses = frozenset(given[-1]) if given else None
    words = words_of(specs, shared)
    return Sign(name, excuses, tuple(SignPattern(p, words) for spec in specs for p in spec.patterns), weighed)


def words_sought(signs: Iterable[Sign]) -> Words:
    """Return the words that the patterns of `signs` cannot do without, to be found together."""
    return Words(anchor for sign in signs for pattern in sign.patterns for anchor in pattern.find.anchors)


def own_patterns(specs: Iterable[PatternSpec], vocabulary: Vocabulary, name: str) -> Sign:
    """Return a rule's own patterns as a sign."""
    return Sign(name, None, tuple(SignPattern(spec, vocabulary) for spec in specs))
