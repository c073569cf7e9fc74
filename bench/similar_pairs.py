"""LCQMC: question pairs that people judged to ask the same or not, and how well each measure tells them apart (AUC).

The file (`a`, `b`, `label` by tabs) is named by the environment variable QINGZHUANG_LCQMC, a folder with an embedding model,
if one is to be measured, by QINGZHUANG_MODEL. No figure of the measure was chosen on these pairs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rapidfuzz.distance import Levenshtein

from bench.report import Report
from bench.similar_peers import tfidf
from qingzhuang.engines.similar import encoder_of, open_index, similarity

# Chinese for how, what, why, where, when, who, how much, which difference; from a grammar's point of view, not from the pairs.
QUESTION_WORDS = (
    ("怎么", "如何", "怎样", "咋", "怎么才能", "怎样才能", "如何才能"),
    ("什么", "啥", "甚么"),
    ("为什么", "为何", "为啥", "怎么会"),
    ("哪里", "哪儿", "什么地方", "哪个地方", "何处"),
    ("什么时候", "何时", "几时", "啥时候", "什么时间"),
    ("谁", "哪位", "什么人"),
    ("多少钱", "什么价", "什么价格", "价格是多少"),
    ("区别", "不同", "差别", "不一样"),
    ("办法", "方法", "方式"),
    ("能", "可以", "能够", "可否", "能不能", "可不可以", "是否可以"),
)


def measure_pairs(report: Report) -> None:
    """One row a measure, or a sentence where there is no file."""
    file = os.environ.get("QINGZHUANG_LCQMC")
    if not file:
        print("LCQMC is skipped: QINGZHUANG_LCQMC names no file")
        return
    rows = [line.split("\t") for line in Path(file).read_text(encoding="utf-8").splitlines()]
    firsts, seconds, labels = zip(*rows, strict=True)
    scores = _scores(firsts, seconds)
    if model := os.environ.get("QINGZHUANG_MODEL"):
        scores["ours, model with it"] = _each(partial(similarity, model=encoder_of(model)), firsts, seconds)
    for name, found in scores.items():
        report.row(f"LCQMC: {name}", "reported", f"AUC {auc(found, labels):.3f}", f"{len(rows):,} pairs")


def _scores(firsts: Sequence[str], seconds: Sequence[str]) -> dict[str, Sequence[float]]:
    texts = [*firsts, *seconds]
    scores: dict[str, Sequence[float]] = {"edit distance": _each(Levenshtein.normalized_similarity, firsts, seconds)}
    for name, sizes in (("characters", (1, 1)), ("bigrams", (2, 2)), ("both", (1, 2))):
        _, matrix = tfidf(texts, sizes)
        cosines = matrix[: len(firsts)].multiply(matrix[len(firsts) :]).sum(axis=1)
        scores[f"TF-IDF of {name}"] = np.asarray(cosines).ravel()
    scores["ours, no index"] = _each(similarity, firsts, seconds)
    for name, synonyms in (("", ()), (", ten groups of question words handed in", QUESTION_WORDS)):
        with TemporaryDirectory() as folder, open_index(folder, synonyms=synonyms) as index:
            index.add_many((str(place), text) for place, text in enumerate(texts))
            index.commit()
            scores[f"ours, weighed by an index of the questions{name}"] = _each(index.similarity, firsts, seconds)
    return scores


def _each(measure: Callable[[str, str], float], firsts: Sequence[str], seconds: Sequence[str]) -> list[float]:
    return [measure(a, b) for a, b in zip(firsts, seconds, strict=True)]


def auc(scores: Sequence[float], labels: Sequence[str]) -> float:
    """Return how often a pair that says the same has the higher score than one that doesn't."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score([int(label) for label in labels], scores))
