"""What was planted in a demo county: the answers that a plan is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Duplicate:
    """`go` has nearly the members of `keep` (Jaccard ≥ 0.8) and merges into it."""

    keep: str
    go: str


@dataclass(frozen=True)
class Contained:
    """Nine tenths of the members of `channel_id`, or all, are in `inside` (Jaccard below 0.8); it merges into it."""

    channel_id: str
    inside: str


@dataclass(frozen=True)
class Mayor:
    """The mayor (镇长) with too many groups: `before` as given, `after` when every group that should go is gone. The mayor uses no app."""

    person_id: str
    before: int
    after: int


@dataclass(frozen=True)
class Truth:
    """The planted truth on the day `as_of`; written as `truth.json`.

    Ids of groups and apps stand in one list, but for `should_go` and its twin.

    - `zombie`, `finished`, `empty`: all that are dead by that name on `as_of`; one can be both zombie and finished.
    - `duplicate` ({keep, go}) and `contained` ({channel_id, in}): what was planted; each may be merged and saves by the objective.
    - `ownerless` (no owner, or one who has left), `unapproved` (no approval) and `secrecy_mismatch` (restricted, on a public
      platform): all there are.
    - `should_go`: groups that a plan dissolves or merges, no more and no fewer; `apps_should_go`: the same for apps.
    - `must_stay`: channel id → `temporary` (has a current task), `emergency` (silent and live) or `ordinary` (groups and apps): live,
      and no permitted merge of it into another saves. Besides these and what should go there are channels that stay only because
      any other choice of the one to keep costs more: they are named as `keep` or `in`.
    - `mayor`: {person_id, before, after}, counted in groups; `after` is when every group that should go is gone. The mayor uses no app.
    """

    as_of: date
    seed: int
    zombie: tuple[str, ...]
    finished: tuple[str, ...]
    empty: tuple[str, ...]
    duplicate: tuple[Duplicate, ...]
    contained: tuple[Contained, ...]
    ownerless: tuple[str, ...]
    unapproved: tuple[str, ...]
    secrecy_mismatch: tuple[str, ...]
    should_go: tuple[str, ...]
    apps_should_go: tuple[str, ...]
    must_stay: Mapping[str, str]
    mayor: Mayor

    def as_json(self) -> dict[str, object]:
        """Return plain values under the keys of `truth.json`."""
        plain: dict[str, object] = dict(vars(self))
        return {
            **plain,
            "as_of": self.as_of.isoformat(),
            "duplicate": [vars(pair) for pair in self.duplicate],
            "contained": [{"channel_id": pair.channel_id, "in": pair.inside} for pair in self.contained],
            "must_stay": dict(self.must_stay),
            "mayor": vars(self.mayor),
        }
