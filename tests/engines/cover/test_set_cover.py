import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingzhuang.engines.cover import SetCoverResult, covering, facility, set_cover
from qingzhuang.engines.errors import EngineInputError

Problem = tuple[list[float], set[tuple[int, int]], int, set[int]]
WHOLE = st.integers(0, 9).map(float)
ANY = st.just(0.0) | st.floats(1e-200, 1e6) | st.integers(0, 3).map(lambda n: n / 3)


@st.composite
def problems(draw: st.DrawFn, price: st.SearchStrategy[float]) -> Problem:
    elements, candidates = draw(st.integers(0, 8)), draw(st.integers(1, 8))
    cost = draw(st.lists(price, min_size=candidates, max_size=candidates))
    pairs = (
        draw(st.sets(st.tuples(st.integers(0, elements - 1), st.integers(0, candidates - 1)))) if elements else set()
    )
    pairs |= {(i, i % candidates) for i in range(elements) if not any(k == i for k, _ in pairs)}
    return cost, pairs, elements, set(draw(st.lists(st.integers(0, candidates - 1), max_size=1)))


def solve(problem: Problem, **options: object) -> SetCoverResult:
    cost, pairs, elements, taken = problem
    return set_cover(
        np.array(cost, float),
        np.array([i for i, _ in pairs], int),
        np.array([j for _, j in pairs], int),
        elements=elements,
        must_take=np.array([j in taken for j in range(len(cost))], bool),
        **options,  # type: ignore[arg-type]
    )


def check(problem: Problem, result: SetCoverResult) -> None:
    cost, pairs, elements, taken = problem
    chosen = set(np.flatnonzero(result.choice).tolist())
    assert taken <= chosen
    assert {i for i, j in pairs if j in chosen} == set(range(elements))
    assert result.cost == math.fsum(cost[j] for j in chosen)
    assert result.bound <= result.cost
    assert result.components["elements"].sum() == elements
    assert result.gap == ((result.cost - result.bound) / result.cost if result.cost else 0)


@given(problems(WHOLE))
@settings(deadline=None, max_examples=150)
def test_set_cover_against_brute_force(cheapest_cover: Callable[..., Fraction], problem: Problem) -> None:
    result = solve(problem)
    check(problem, result)
    assert result.cost == cheapest_cover(*problem)
    assert result.gap == 0


@given(problems(ANY))
@settings(deadline=None, max_examples=100)
def test_set_cover_against_brute_force_with_any_floats(
    cheapest_cover: Callable[..., Fraction], problem: Problem
) -> None:
    result = solve(problem)
    check(problem, result)
    optimum = cheapest_cover(*problem)
    assert Fraction(result.bound) <= optimum * (1 + Fraction(1, 10**15))
    assert result.cost <= optimum * (1 + Fraction(1, 10**11))
    assert result.gap <= 1e-11


@given(problem=problems(WHOLE) | problems(ANY))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_set_cover_against_brute_force_where_the_first_search_gives_up(
    cheapest_cover: Callable[..., Fraction], monkeypatch: pytest.MonkeyPatch, problem: Problem
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(facility, "FIRST_WORK", 0)
        result = solve(problem)
    check(problem, result)
    optimum = cheapest_cover(*problem)
    assert Fraction(result.bound) <= optimum * (1 + Fraction(1, 10**15))
    assert result.cost <= optimum * (1 + Fraction(1, 10**5))
    assert result.gap <= 1e-5


def steiner_triples() -> Problem:
    """Every point of the affine plane of order 3 against its lines: Steiner triple system of order 9, optimum 5."""
    lines = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8)]
    lines += [(0, 4, 8), (1, 5, 6), (2, 3, 7), (0, 5, 7), (1, 3, 8), (2, 4, 6)]
    return [1.0] * 9, {(i, j) for i, line in enumerate(lines) for j in line}, 12, set()


def test_set_cover_of_the_steiner_triple_system_of_order_9() -> None:
    result = solve(steiner_triples())
    assert (result.cost, result.bound) == (5, 5)
    assert result.components["how"].to_list() == ["branch-and-bound"]


def hard(rows: int = 60, columns: int = 240, seed: int = 1) -> Problem:
    rng = np.random.default_rng(seed)
    pairs = {(int(i), j) for j in range(columns) for i in rng.choice(rows, 5, replace=False)}
    pairs |= {(i, i) for i in range(rows)}
    return rng.integers(1, 20, columns).astype(float).tolist(), pairs, rows, set()


def test_set_cover_agrees_with_highs_on_a_hard_component(monkeypatch: pytest.MonkeyPatch) -> None:
    own = solve(hard())
    assert own.gap == 0
    monkeypatch.setattr(facility, "FIRST_WORK", 0)
    theirs = solve(hard())
    assert theirs.components["how"].to_list() == ["highs"]
    check(hard(), theirs)
    assert own.cost == theirs.cost == theirs.bound


def test_set_cover_with_a_core_first_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    optimum = solve(hard()).cost
    monkeypatch.setattr(facility, "FIRST_WORK", 0)
    monkeypatch.setattr(covering, "CORE", 1)
    monkeypatch.setattr(covering, "DIVES", 1)
    result = solve(hard())
    check(hard(), result)
    assert result.cost == result.bound == optimum


def test_set_cover_by_diving_alone_is_near_with_a_true_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    optimum = solve(hard()).cost
    monkeypatch.setattr(facility, "FIRST_WORK", 0)
    monkeypatch.setattr(covering.Covering, "integral", lambda *_, **__: None)
    result = solve(hard())
    check(hard(), result)
    assert result.bound <= optimum <= result.cost <= 1.05 * optimum
    assert result.gap < 0.1


def test_set_cover_out_of_time_still_has_a_choice_and_a_true_bound() -> None:
    optimum = solve(hard()).cost
    result = solve(hard(), time_limit=1e-9)
    check(hard(), result)
    assert 0 < result.bound <= optimum <= result.cost


def test_set_cover_twice_gives_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facility, "FIRST_WORK", 0)
    first, second = solve(hard(seed=4)), solve(hard(seed=4))
    assert first.choice.tolist() == second.choice.tolist()
    assert first.components.equals(second.components)


def test_set_cover_splits_into_components() -> None:
    result = set_cover([1, 1, 5], [0, 1, 2], [0, 0, 1], elements=3)
    assert result.components["elements"].to_list() == [2, 1]
    assert result.components["candidates"].to_list() == [1, 1]
    assert result.element_component.tolist() == [0, 0, 1]
    assert result.candidate_component.tolist() == [0, 1, -1]
    assert result.cost == 2


def test_set_cover_takes_what_must_be_taken_and_nothing_that_it_covers_again() -> None:
    result = set_cover([9, 1], [0, 0], [0, 1], elements=1, must_take=np.array([True, False]))
    assert result.choice.tolist() == [True, False]
    assert (result.cost, result.bound) == (9, 9)


def test_set_cover_refuses_elements_that_nothing_covers() -> None:
    with pytest.raises(EngineInputError) as refused:
        set_cover([1.0], [1], [0], elements=3)
    assert refused.value.code == "uncovered-element"
    assert refused.value.data == {"elements": [0, 2], "count": 2}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (([-1.0], [0], [0]), "bad-cost"),
        (([1.0], [3], [0]), "bad-index"),
        (([1.0], [0, 0], [0]), "unequal-lengths"),
    ],
)
def test_set_cover_refuses_nonsense(arguments: tuple[list[float], ...], code: str) -> None:
    with pytest.raises(EngineInputError) as refused:
        set_cover(*arguments, elements=1)
    assert refused.value.code == code
