"""The demo county's demands: the same from the same numbers, and of every kind."""

from __future__ import annotations

from datetime import date

from qingzhuang.demo import make_demands
from qingzhuang.demo.places import DEPARTMENTS
from qingzhuang.domain.demands import AskKind, Kind, Medium

ON = date(2026, 3, 25)


def test_the_same_numbers_make_the_same_demands() -> None:
    assert make_demands(count=50, seed=3, on=ON) == make_demands(count=50, seed=3, on=ON)
    assert make_demands(count=50, seed=3, on=ON) != make_demands(count=50, seed=4, on=ON)


def test_they_are_of_three_years_in_words_that_the_register_knows() -> None:
    made = make_demands(on=ON)
    assert len(made) == 1200
    assert [one.drafted for one in made] == sorted(one.drafted for one in made)
    assert date(2023, 3, 26) <= made[0].drafted
    assert made[-1].drafted <= ON
    for one in made:
        assert one.issuer in DEPARTMENTS
        assert one.kind in set(Kind)
        assert one.drafted < one.due < one.expires
        assert all(ask.kind in set(AskKind) and (not ask.medium or ask.medium in set(Medium)) for ask in one.asks)
        assert (one.state == "expired") <= (one.expires <= ON)
        assert "{" not in one.title + one.text
    assert len({one.kind for one in made}) == 8
