"""What a channel's papers say: how secret it is, on which platform, who owns it and who approved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from qingzhuang.demo.block import rank_within
from qingzhuang.demo.days import Days
from qingzhuang.demo.kinds import DEAD, URGENT, Kind, Mix
from qingzhuang.demo.labels import Labels
from qingzhuang.demo.places import LEFT_PER_COUNTY, layout
from qingzhuang.demo.rows import Rows, people_per_county
from qingzhuang.demo.shapes import Bools, Ints, Standing
from qingzhuang.domain.channels.inventory import Secrecy

_OWNERLESS, _UNAPPROVED = 0.02, 0.08
_NOBODY = -1


@dataclass(frozen=True)
class Papers:
    """By channel: secrecy, platform, owner (a person counted over all counties, −1 for none), approval; and what is wrong with them."""

    secrecy: pl.Series
    platform: pl.Series
    owner: Ints
    approval: pl.Series
    mismatched: Bools
    ownerless: Bools
    unapproved: Bools


def make_papers(mix: Mix, rows: Rows, labels: Labels, days: Days, on: date, rng: np.random.Generator) -> Papers:
    """Fill in the papers; what must stay for its task or for emergencies, and what is secret, has them in order."""
    restricted, mismatched = _restricted(mix, rows)
    orderly = np.isin(rows.kind, URGENT) | restricted | mismatched
    owner, ownerless = _owners(rows, orderly, rng)
    unapproved = _some(~orderly, _UNAPPROVED, rng)
    secrecy = np.where(restricted | mismatched, 2, np.where(_public(mix, rows, rng), 0, 1))
    official = pl.when(pl.lit(pl.Series(restricted))).then(pl.lit("wecom"))
    platform = official.when(pl.lit(pl.Series(mismatched))).then(pl.lit("wechat")).otherwise(pl.lit(labels.platform))
    return Papers(
        secrecy=pl.Series([level.value for level in Secrecy]).gather(secrecy),
        platform=pl.select(platform).to_series(),
        owner=owner,
        approval=_approvals(days, unapproved, on, rng),
        mismatched=mismatched,
        ownerless=ownerless,
        unapproved=unapproved,
    )


def _restricted(mix: Mix, rows: Rows) -> tuple[Bools, Bools]:
    """Mark a county's leading bodies, as many as the mix says, and as many ordinary groups on the wrong platform."""
    in_county = np.bincount(rows.county, minlength=1)[rows.county]
    leading = rows.standing == Standing.LEADING_BODY
    ordinary = (rows.kind == Kind.PLAIN) & (rows.standing == Standing.NOT)
    return (
        leading & (rank_within(np.where(leading, rows.county, -1)) < mix.restricted * in_county // mix.of),
        ordinary & (rank_within(np.where(ordinary, rows.county, -1)) < mix.mismatched * in_county // mix.of),
    )


def _public(mix: Mix, rows: Rows, rng: np.random.Generator) -> Bools:
    """Mark what is public: some ordinary and dead channels, and every duplicate of a hub that secrecy keeps in place."""
    by_secrecy = (rows.parent >= 0) & (rows.kind[rows.parent] == Kind.HUB_BY_SECRECY)
    marked: Bools = np.isin(rows.kind, (Kind.PLAIN, *DEAD)) & (rng.random(len(rows)) < mix.public) | by_secrecy
    return marked


def _owners(rows: Rows, orderly: Bools, rng: np.random.Generator) -> tuple[Ints, Bools]:
    """Return an owner for each channel, one of its members where it has any; some have none, or one who has left."""
    size = np.diff(rows.start)
    first = rows.county * people_per_county()
    member = rows.start[:-1] + (rng.random(len(rows)) * size).astype(np.int64)
    anybody = first + rng.integers(0, layout().active, len(rows))
    picked = rows.person[np.minimum(member, len(rows.person) - 1)] if len(rows.person) else anybody
    owner = np.where(size > 0, picked, anybody)
    ownerless = _some(~orderly, _OWNERLESS, rng)
    left = first + layout().active + rng.integers(0, LEFT_PER_COUNTY, len(rows))
    none = np.where(rng.random(len(rows)) < 0.5, _NOBODY, left)
    return np.where(ownerless, none, owner), ownerless


def _some(eligible: Bools, share: float, rng: np.random.Generator) -> Bools:
    """Mark a share of the eligible, rounded up."""
    marked = np.zeros(len(eligible), np.bool_)
    rows = np.flatnonzero(eligible)
    marked[rng.permutation(rows)[: int(np.ceil(share * len(rows)))]] = True
    return marked


def _approvals(days: Days, unapproved: Bools, on: date, rng: np.random.Generator) -> pl.Series:
    year = 1970 + (np.datetime64(on, "D") - days.created).astype("datetime64[Y]").astype(np.int64)
    table = pl.DataFrame({"year": year, "number": rng.integers(1, 400, len(year)), "none": unapproved})
    text = pl.format("县减负办〔{}〕{}号", "year", "number")
    return table.select(pl.when(~pl.col("none")).then(text)).to_series()
