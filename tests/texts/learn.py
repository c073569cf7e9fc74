"""Learn the weights of the signs from the development texts: `make learn`, after texts were added or the excuses changed.

Whether a sentence is a fault is learned for all codes in one logistic regression whose features stand twice, once shared
by all codes and once for each alone (Daumé, "Frustratingly Easy Domain Adaptation", 2007): what makes a prohibition
harmless is learned from all, what makes a photograph evidence from its own texts. Which matter it is about is learned for
each code from its texts, at fault or not, beside those of all others.

A text is a bag of sentences of which at least one is meant (Andrews, Tsochantaridis and Hofmann, "Support Vector Machines
for Multiple-Instance Learning", 2002): the one that speaks loudest is taken for it, and the regression run again. The
texts of other codes, and those without any fault, stand for ordinary office prose. The rules' own examples are learned too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tests.texts import Labelled, digest_of, read_texts

from qingzhuang.domain.gate import Code, Gate
from qingzhuang.domain.gate.weighing import marks_of
from qingzhuang.domain.notices import Reading, notice_of
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import SignWeights, open_book
from qingzhuang.engines.rules.weights import KINDS, LONGEST_MATTER, NOTHING, RARITY, Grams, Weights, grams_of
from qingzhuang.tables.packs import BASE, WEIGHTS, load_packs

ON = date(2026, 11, 1)
SIGNS = tuple(str(code) for code in Code)
ORDINARY_TEXTS = "ordinary"
MOST_SENTENCES = 60
SEED = 1

KEPT = 65_536
"""How many grams are kept for faults, those that weigh most."""
SEEN = 3
"""In how many sentences a gram must stand to be learned."""
SHARED = 0.5
"""How much what is shared by all codes counts beside what is of one alone."""
STRENGTH = 30.0
"""The inverse of the penalty on large weights."""
OTHERS, OTHERS_COUNT = 2, 0.02
"""For how many other codes each text stands as ordinary prose, and how much each of its sentences counts there."""
ORDINARY, ORDINARY_COUNT = 8, 0.1
"""The same of the texts that have no fault of any code."""

MATTER_KEPT, MATTER_SEEN, MATTER_STRENGTH = 12_000, 5, 10.0
MATTER_SHARE = 0.25
"""How much a code's own sentences count together, beside those of all others together."""

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]
Gram = tuple[str, str]
"""A gram with its kind."""


class Numbered:
    """Grams and the numbers that stand for them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[Gram, int] = {}

    def of(self, grams: Grams) -> Numbers:
        """Return the numbers of `grams`, in order."""
        numbers = [
            self._numbers.setdefault((kind, gram), len(self._numbers)) for kind, held in grams.items() for gram in held
        ]
        return np.array(sorted(numbers), dtype=np.int64)

    def grams(self) -> list[Gram]:
        """Return the grams in the order of their numbers."""
        return list(self._numbers)


@dataclass(frozen=True)
class Bag:
    """One labelled text: its sentences' grams, its code (None: no fault of any), and the codes that the patterns find in it."""

    one: Labelled
    code: int | None
    sentences: list[Numbers]
    found: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Learned:
    """The numbers of the grams kept, with their rarity, and the weights found: grams by codes, and a bias by code."""

    grams: Numbers
    rarity: Scores
    table: Scores
    bias: Scores

    def scores(self, bag: Bag) -> Scores:
        """Return how loudly the loudest sentence of `bag` speaks for each code."""
        rows = _matrix(bag.sentences, self.grams, self.rarity)
        loudest: Scores = (rows @ self.table + self.bias).max(axis=0)
        return loudest


class Bags:
    """Many bags, with their sentences one below the other."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        """Count the sentences of each."""
        self.bags = bags
        self.sentences = [sentence for bag in bags for sentence in bag.sentences]
        sizes = np.array([len(bag.sentences) for bag in bags])
        self.starts = np.concatenate(([0], np.cumsum(sizes)))
        of_bag = np.repeat(np.arange(len(bags)), sizes)
        self.size = sizes[of_bag]
        """How many sentences stand in the bag of each sentence."""
        self.code = np.array([-1 if bag.code is None else bag.code for bag in bags])[of_bag]
        self.faulty = np.array([bag.one.label for bag in bags])[of_bag]

    def loudest(self, loud: Scores, of: Collection[int]) -> Numbers:
        """Return the sentence that speaks loudest in each bag of `of`."""
        spans = ((self.starts[i], self.starts[i + 1]) for i in of)
        return np.array([a + int(np.argmax(loud[a:b])) for a, b in spans if b > a], dtype=np.int64)

    def known(self, seen: int, among: NDArray[np.bool_] | None = None) -> tuple[Numbers, Numbers, Scores]:
        """Return the grams `among` those asked for that stand in `seen` sentences, in how many, and their rarity."""
        grams, counts = np.unique(np.concatenate(self.sentences), return_counts=True)
        wanted = (counts >= seen) & (True if among is None else among[grams])
        grams, counts = grams[wanted], counts[wanted]
        return grams, counts, np.log(len(self.sentences) / counts) + 1


def bags_of(half: str, numbered: Numbered) -> list[Bag]:
    """Read all texts of `half`."""
    patterns_alone = [replace(pack, weights=b"") for pack in load_packs([], lists=LISTS)]
    gate = Gate(open_book(patterns_alone, ON))
    bags = []
    for number, code in [*enumerate(SIGNS), (None, ORDINARY_TEXTS)]:
        cases = _cases_of(code) if half == "dev" else []
        for one in [*read_texts(half, code), *cases]:
            reading = Reading(notice_of(one.text))
            grams = zip(
                reading.sentences,
                grams_of(reading.sentences, [marks_of(reading, i) for i in range(len(reading.sentences))]),
                strict=True,
            )
            held = [numbered.of(one) for sentence, one in grams if sentence.strip()]
            found = frozenset(str(finding.code) for finding in gate.judge_reading(reading) if number is not None)
            bags.append(Bag(one, number, held[:MOST_SENTENCES], found))
    return bags


def _cases_of(code: str) -> Iterator[Labelled]:
    """Yield the examples that the rules of `code` carry, the plainest of all."""
    for pack in load_packs([], lists=LISTS):
        for rule in pack.rules:
            if rule.code == code and rule.text and rule.cases:
                for label, cases in ((True, rule.cases.fails), (False, rule.cases.passes)):
                    yield from (Labelled(case.text, label, "", set="cases") for case in cases if case.text)


def learn_faults(listed: Sequence[Bag]) -> Learned:
    """Learn what a fault is, first from all grams, then from those that weighed most."""
    bags = Bags(listed)
    grams, counts, rarity = bags.known(SEEN)
    first = _fit_faults(bags, grams, rarity, rounds=1, others=False)
    kept = _heaviest(first.table, rarity, counts, KEPT)
    return _fit_faults(bags, grams[kept], rarity[kept], rounds=2, others=True)


def learn_matters(listed: Sequence[Bag], numbered: Numbered) -> Learned:
    """Learn which matter a sentence is about, from short runs alone, in the same two steps."""
    bags = Bags(listed)
    short = np.array([kind == "run" and len(gram) <= LONGEST_MATTER for kind, gram in numbered.grams()])
    grams, counts, rarity = bags.known(MATTER_SEEN, short)
    first = _fit_matters(bags, grams, rarity)
    kept = _heaviest(first.table, rarity, counts, MATTER_KEPT)
    return _fit_matters(bags, grams[kept], rarity[kept])


def weights_of(learned: Learned, named: Sequence[Gram]) -> Weights:
    """Return what was learned as the signs use it: a byte a weight; `named` are the grams by their numbers."""
    weights = learned.table * learned.rarity[:, None]
    scale = np.abs(weights).max(axis=0) / (NOTHING - 1)
    rarity = np.minimum(np.round(learned.rarity**2 / RARITY), 255)
    table = np.column_stack([np.round(weights / scale) + NOTHING, rarity]).astype(np.uint8)
    kept = [named[number] for number in learned.grams]
    order = sorted(range(len(kept)), key=lambda i: (KINDS.index(kept[i][0]), kept[i][1]))
    grams = {kind: [kept[i][1] for i in order if kept[i][0] == kind] for kind in KINDS}
    scales, biases = (tuple(float(f"{one:.6g}") for one in values) for values in (scale, learned.bias))
    return Weights(SIGNS, grams, table[order].tobytes(), scale=scales, bias=biases)


def write_weights() -> None:
    """Learn from all development texts, and write what the base pack holds."""
    numbered = Numbered()
    bags = bags_of("dev", numbered)
    faults, matters = learn_faults(bags), learn_matters(bags, numbered)
    fault, matter = (weights_of(learned, numbered.grams()) for learned in (faults, matters))
    path = Path(str(files("qingzhuang.rule_packs"))) / BASE / WEIGHTS
    path.write_text(SignWeights(fault, matter, digest_of("dev")).to_json() + "\n", encoding="utf-8")


def crossed(sets: Collection[str]) -> Iterator[tuple[Bag, float, float]]:
    """Yield each bag of `sets` with its scores for its code, as fault and as matter, learned from the other sets alone."""
    numbered = Numbered()
    bags = bags_of("dev", numbered)
    others = [bag for bag in bags if bag.one.set not in sets or bag.code is None]
    faults, matters = learn_faults(others), learn_matters(others, numbered)
    for bag in bags:
        if bag.code is not None and bag.one.set in sets:
            yield bag, float(faults.scores(bag)[bag.code]), float(matters.scores(bag)[bag.code])


def _fit_faults(bags: Bags, grams: Numbers, rarity: Scores, *, rounds: int, others: bool) -> Learned:
    rows = _matrix(bags.sentences, grams, rarity)
    own = _doubled(rows, bags.code)
    beside = list(_beside(bags)) if others else []
    at, code, count = (np.array(part) for part in zip(*beside, strict=True)) if beside else (np.zeros(0, int),) * 3
    ordinary = _doubled(rows[at], code)

    def fit(taken: NDArray[np.bool_], weight: Scores) -> Any:
        features = sp.vstack([own[taken], ordinary])
        labels = np.concatenate((bags.faulty[taken], np.zeros(len(at), dtype=bool)))
        return _regression(STRENGTH).fit(features, labels, sample_weight=np.concatenate((weight[taken], count)))

    faulty = [i for i, bag in enumerate(bags.bags) if bag.one.label]
    model = fit(bags.code >= 0, np.where(bags.faulty, 1 / bags.size, 1 / np.sqrt(bags.size)))
    for _ in range(rounds):
        taken = (bags.code >= 0) & ~bags.faulty
        taken[bags.loudest(model.decision_function(own), faulty)] = True
        model = fit(taken, np.where(bags.faulty, 1.0, 1 / np.sqrt(bags.size)))
    weights, many = model.coef_[0], len(grams)
    shared, alone = weights[:many], weights[many : many * (1 + len(SIGNS))].reshape(len(SIGNS), many)
    bias = weights[many * (1 + len(SIGNS)) :] + model.intercept_[0]
    return Learned(grams, rarity, shared[:, None] * SHARED + alone.T, bias)


def _fit_matters(bags: Bags, grams: Numbers, rarity: Scores) -> Learned:
    rows = _matrix(bags.sentences, grams, rarity)
    table, bias = np.zeros((len(grams), len(SIGNS))), np.zeros(len(SIGNS))
    for code in range(len(SIGNS)):
        own = bags.code == code
        meant = [i for i, bag in enumerate(bags.bags) if bag.code == code]

        def fit(taken: NDArray[np.bool_], weight: Scores, own: NDArray[np.bool_] = own) -> Any:
            counted = weight.copy()
            counted[own] *= MATTER_SHARE * weight[~own].sum() / weight[own & taken].sum()
            return _regression(MATTER_STRENGTH).fit(rows[taken], own[taken], sample_weight=counted[taken])

        model = fit(np.ones(len(own), dtype=bool), np.where(own, 1 / bags.size, 1 / np.sqrt(bags.size)))
        taken = ~own
        taken[bags.loudest(model.decision_function(rows), meant)] = True
        model = fit(taken, np.where(own, 1.0, 1 / np.sqrt(bags.size)))
        table[:, code], bias[code] = model.coef_[0], model.intercept_[0]
    return Learned(grams, rarity, table, bias)


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=300, solver="liblinear", random_state=SEED)


def _heaviest(table: Scores, rarity: Scores, counts: Numbers, most: int) -> Numbers:
    weight = np.abs(table).max(axis=1) * rarity * np.sqrt(counts)
    return np.sort(np.argsort(-weight, kind="stable")[:most])


def _beside(bags: Bags) -> Iterator[tuple[int, int, float]]:
    """Yield a sentence, a code that it is ordinary prose for, and how much it counts there."""
    rng = np.random.default_rng(SEED)
    for i, bag in enumerate(bags.bags):
        others, count = (ORDINARY, ORDINARY_COUNT) if bag.code is None else (OTHERS, OTHERS_COUNT)
        for code in rng.choice(len(SIGNS), others, replace=False):
            if code != bag.code and SIGNS[code] not in bag.found:
                for row in range(bags.starts[i], bags.starts[i + 1]):
                    yield row, int(code), count / float(np.sqrt(bags.size[row]))


def _matrix(sentences: Sequence[Numbers], grams: Numbers, rarity: Scores) -> Any:
    """Return one row a sentence, of length one, one column a gram."""
    ends, columns, values = [0], [], []
    for numbers in sentences:
        at = np.searchsorted(grams, numbers)
        at[at == len(grams)] = 0
        known = at[grams[at] == numbers]
        weight = rarity[known]
        columns.append(known)
        values.append(weight / (np.sqrt((weight * weight).sum()) or 1))
        ends.append(ends[-1] + len(known))
    return sp.csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=(len(sentences), len(grams)))


def _doubled(rows: Any, codes: Numbers) -> Any:
    """Return the features of `rows` once for all codes, once for their own, and a constant for their own."""
    alone = [sp.diags_array((codes == code).astype(float)) @ rows for code in range(len(SIGNS))]
    constant = sp.csr_matrix((codes[:, None] == np.arange(len(SIGNS))).astype(float))
    return sp.hstack([rows * SHARED, *alone, constant], format="csr")
