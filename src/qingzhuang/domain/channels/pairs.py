"""Which channels share members (重复群、包含群、交叉群), from the overlap engine; shares are compared as integers, never as floats."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import polars as pl

from qingzhuang.domain.channels.census import Bools, Census, Ints
from qingzhuang.domain.channels.rules import ChannelRules
from qingzhuang.engines.overlap import Progress, overlap_chunks, overlap_join

PAIRS = pl.Schema({"a": pl.Int64(), "b": pl.Int64(), "shared": pl.Int64()})


def sharing_pairs(census: Census, rules: ChannelRules, progress: Progress | None = None) -> pl.DataFrame:
    """Return the pairs of rows `a` < `b` of one kind that any rule or any saving merge could ask for, with `shared`.

    One join serves both: what the rules call duplicate or contained, and what could save anything
    (`ChannelRules.saving_jaccard`)."""
    jaccard = min(filter(None, (rules.jaccard, rules.saving_jaccard)))
    pairs = overlap_join(census.sets, census.members, jaccard=jaccard, containment=rules.containment, progress=progress)
    return _of_one_kind(census, pairs)


def like_purpose_pairs(census: Census, rules: ChannelRules) -> pl.DataFrame:
    """Return the pairs of rows whose purposes say the same and that share the rules' part of the smaller one's members."""
    purpose = census.table["purpose_key"]
    asked_twice = (purpose.is_duplicated() & purpose.is_not_null()).to_numpy()
    chosen = asked_twice[census.sets]
    chunks = overlap_chunks(
        census.sets[chosen], census.members[chosen], jaccard=None, containment=rules.overlapping_share
    )
    alike = [chunk.filter(census.same("purpose_key", chunk["a"].to_numpy(), chunk["b"].to_numpy())) for chunk in chunks]
    return _of_one_kind(census, pl.concat(alike)) if alike else pl.DataFrame(schema=PAIRS)


def is_duplicate(shared: Ints, size_a: Ints, size_b: Ints, least: Fraction | None) -> Bools:
    """Tell whether shared / |A ∪ B| ≥ `least`, exactly; nothing is where `least` is off."""
    if least is None:
        return np.zeros(len(shared), np.bool_)
    return shared * least.denominator >= least.numerator * (size_a + size_b - shared)


def is_contained(shared: Ints, size_a: Ints, size_b: Ints, least: Fraction | None) -> Bools:
    """Tell whether shared / min(|A|, |B|) ≥ `least`, exactly; nothing is where `least` is off."""
    if least is None:
        return np.zeros(len(shared), np.bool_)
    return shared * least.denominator >= least.numerator * np.minimum(size_a, size_b)


def _of_one_kind(census: Census, pairs: pl.DataFrame) -> pl.DataFrame:
    same_kind = census.is_app[pairs["a"].to_numpy()] == census.is_app[pairs["b"].to_numpy()]
    return pairs.select(*PAIRS).cast(PAIRS).filter(same_kind)
