import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingzhuang.engines.cover import HOW, FacilityLocationResult, attack, facility, facility_location
from qingzhuang.engines.errors import EngineInputError

Edges = dict[tuple[int, int], float]
Problem = tuple[list[float], Edges, int, set[int], set[int]]
WHOLE = st.integers(0, 12).map(float)
DECIMAL = st.integers(0, 900).map(lambda n: n / 100)
ANY = st.floats(1e-9, 1e6) | st.floats(1e-200, 1e-9) | st.integers(0, 3).map(lambda n: n / 3)


@st.composite
def problems(draw: st.DrawFn, price: st.SearchStrategy[float], channels: bool = False) -> Problem:
    clients = draw(st.integers(0, 7))
    facilities = clients if channels else draw(st.integers(1, 7))
    opening = draw(st.lists(price, min_size=facilities, max_size=facilities))
    kept = set(draw(st.lists(st.integers(0, facilities - 1), max_size=1))) if facilities else set()
    shut = set() if channels else set(draw(st.lists(st.integers(0, facilities - 1), max_size=1))) - kept
    pairs = st.tuples(st.integers(0, max(0, clients - 1)), st.integers(0, max(0, facilities - 1)))
    edges = draw(st.dictionaries(pairs, price, max_size=25)) if clients else {}
    for i in range(clients):
        if channels:
            edges[i, i] = 0.0
        elif not any((i, j) in edges for j in range(facilities) if j not in shut):
            free = [j for j in range(facilities) if j not in shut]
            if not free:
                shut.clear()
                free = list(range(facilities))
            edges[i, free[i % len(free)]] = draw(price)
    return opening, edges, clients, kept, shut


def solve(problem: Problem, **options: object) -> FacilityLocationResult:
    opening, edges, clients, kept, shut = problem
    n = len(opening)
    return facility_location(
        np.array(opening, float),
        np.array([i for i, _ in edges], int),
        np.array([j for _, j in edges], int),
        np.array(list(edges.values()), float),
        clients=clients,
        must_open=np.array([j in kept for j in range(n)], bool),
        must_close=np.array([j in shut for j in range(n)], bool),
        **options,  # type: ignore[arg-type]
    )


def check(problem: Problem, result: FacilityLocationResult) -> None:
    """Everything a result promises, but for how near it is to the optimum."""
    opening, edges, clients, kept, shut = problem
    opened = set(np.flatnonzero(result.choice).tolist())
    assert kept <= opened
    assert not shut & opened
    assert opened == kept | set(result.assignment.tolist())
    for i in range(clients):
        offers = {j: c for (k, j), c in edges.items() if k == i and j in opened}
        assert offers[int(result.assignment[i])] == min(offers.values())
    paid = [edges[i, int(j)] for i, j in enumerate(result.assignment)]
    assert result.cost == pytest.approx(math.fsum([opening[j] for j in opened] + paid), rel=1e-15, abs=0)
    table = result.components
    assert table["cost"].sum() == pytest.approx(result.cost, rel=1e-12)
    assert (table["bound"] <= table["cost"]).all()
    assert result.bound <= result.cost
    assert result.gap == ((result.cost - result.bound) / result.cost if result.cost else 0)
    assert table["clients"].sum() == clients
    assert table["clients"].to_list() == np.bincount(result.client_component, minlength=table.height).tolist()
    for i, j in edges:
        if j not in shut:
            assert result.client_component[i] == result.facility_component[j]


@given(problems(WHOLE) | problems(DECIMAL))
@settings(deadline=None, max_examples=150)
def test_facility_location_against_brute_force_with_a_common_unit(
    cheapest_location: Callable[..., Fraction], problem: Problem
) -> None:
    result = solve(problem)
    check(problem, result)
    assert result.cost == pytest.approx(float(cheapest_location(*problem)), rel=1e-14)
    assert result.bound == result.cost
    assert result.gap == 0


@given(problems(ANY))
@settings(deadline=None, max_examples=150)
def test_facility_location_against_brute_force_with_any_floats(
    cheapest_location: Callable[..., Fraction], problem: Problem
) -> None:
    result = solve(problem)
    check(problem, result)
    optimum = cheapest_location(*problem)
    assert Fraction(result.bound) <= optimum * (1 + Fraction(1, 10**15))
    assert result.cost <= optimum * (1 + Fraction(1, 10**11))
    assert result.gap <= 1e-11


@given(problems(WHOLE, channels=True) | problems(DECIMAL, channels=True))
@settings(deadline=None, max_examples=100)
def test_facility_location_against_brute_force_where_clients_are_facilities(
    cheapest_location: Callable[..., Fraction], problem: Problem
) -> None:
    result = solve(problem)
    check(problem, result)
    assert result.cost == pytest.approx(float(cheapest_location(*problem)), rel=1e-14)
    assert result.gap == 0


@given(problem=problems(WHOLE) | problems(ANY), branching=st.booleans(), relaxing=st.booleans())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_facility_location_against_brute_force_where_the_first_search_gives_up(
    cheapest_location: Callable[..., Fraction],
    monkeypatch: pytest.MonkeyPatch,
    problem: Problem,
    branching: bool,
    relaxing: bool,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(facility, "FIRST_WORK", 0)
        patch.setattr(attack, "FIRST_WORK", 0)
        if not branching:
            patch.setattr(attack, "BRANCHABLE", 0)
        if not relaxing:
            patch.setattr(attack, "RELAXABLE", 0)
        result = solve(problem)
    check(problem, result)
    optimum = cheapest_location(*problem)
    assert Fraction(result.bound) <= optimum * (1 + Fraction(1, 10**15))
    assert result.cost <= optimum * (1 + Fraction(1, 10**5))
    assert result.gap <= 1e-5


def hard(n: int = 60, seed: int = 3) -> Problem:
    rng = np.random.default_rng(seed)
    edges = {(i, i): 0.0 for i in range(n)}
    for i in range(n):
        edges |= {(i, int(j)): float(rng.integers(1, 60)) for j in rng.integers(0, n, 8) if j != i}
    return rng.integers(50, 150, n).astype(float).tolist(), edges, n, set(), set()


def test_facility_location_agrees_with_highs_on_a_piece_that_needs_branching(monkeypatch: pytest.MonkeyPatch) -> None:
    own = solve(hard())
    assert own.components["how"].to_list() == ["branch-and-bound"]
    for name in ("FIRST_WORK", "MORE_WORK", "BRANCHABLE", "RELAXABLE"):
        monkeypatch.setattr(attack, name, 0)
    monkeypatch.setattr(facility, "FIRST_WORK", 0)
    theirs = solve(hard())
    assert theirs.components["how"].to_list() == ["highs"]
    assert own.cost == theirs.cost == own.bound == theirs.bound


def test_facility_location_with_the_linear_relaxation_and_cutting_again(monkeypatch: pytest.MonkeyPatch) -> None:
    own = solve(hard())
    monkeypatch.setattr(attack, "BRANCHABLE", 0)
    monkeypatch.setattr(facility, "FIRST_WORK", 0)
    monkeypatch.setattr(attack, "FIRST_WORK", 200)
    theirs = solve(hard())
    check(hard(), theirs)
    assert theirs.cost == own.cost == theirs.bound


def test_facility_location_out_of_time_still_has_a_choice_and_a_true_bound() -> None:
    optimum = solve(hard()).cost
    result = solve(hard(), time_limit=1e-9)
    check(hard(), result)
    assert result.components["how"].to_list() == ["heuristic"]
    assert 0 < result.bound <= optimum <= result.cost
    assert result.gap > 0


def test_facility_location_out_of_time_in_a_hard_piece_keeps_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = hard(300)
    monkeypatch.setattr(attack, "MORE_WORK", 0)
    result = solve(problem, time_limit=0.05)
    check(problem, result)
    assert result.components["how"].to_list() == ["heuristic"]
    assert 0 < result.gap < 0.2


def test_facility_location_twice_gives_the_same_answer() -> None:
    problem = hard(120, seed=5)
    first, second = solve(problem), solve(problem)
    assert first.cost == second.cost
    assert first.bound == second.bound
    assert first.choice.tolist() == second.choice.tolist()
    assert first.components.equals(second.components)


@given(problems(WHOLE), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_facility_location_does_not_depend_on_the_order_of_pairs(problem: Problem, random: object) -> None:
    opening, edges, *rest = problem
    items = list(edges.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    first, second = solve(problem), solve((opening, dict(items), *rest))  # type: ignore[arg-type]
    assert first.choice.tolist() == second.choice.tolist()
    assert first.assignment.tolist() == second.assignment.tolist()
    assert first.components.equals(second.components)


def test_facility_location_counts_the_cheaper_of_a_pair_listed_twice() -> None:
    result = facility_location([1], [0, 0, 0], [0, 0, 0], [7, 2, 5], clients=1)
    assert result.cost == 3


def test_facility_location_orders_long_rows_as_it_does_short_ones() -> None:
    rng = np.random.default_rng(0)
    cost = rng.integers(0, 5, (4, 40)).astype(float)
    i, j = np.divmod(np.arange(160), 40)
    opening = rng.integers(1, 5, 40).astype(float)
    wide = facility_location(opening, i, j, cost.ravel(), clients=4)
    best = min(opening[list(s)].sum() + cost[:, list(s)].min(axis=1).sum() for s in subsets(40, 2))
    assert wide.cost <= best
    assert wide.gap == 0


def subsets(n: int, most: int) -> list[tuple[int, ...]]:
    return [(a,) for a in range(n)] + [(a, b) for a in range(n) for b in range(a) if most > 1]


def test_facility_location_of_nobody_costs_only_what_must_be_open() -> None:
    result = facility_location([2, 3], [], [], [], clients=0, must_open=np.array([False, True]))
    assert (result.cost, result.bound, result.gap) == (3, 3, 0)
    assert result.choice.tolist() == [False, True]
    assert result.facility_component.tolist() == [-1, 0]
    assert result.components.rows() == [(0, 1, "trivial", 3.0, 3.0)]
    nothing = facility_location([], [], [], [], clients=0)
    assert (nothing.cost, nothing.gap, nothing.components.height) == (0, 0, 0)


def test_facility_location_names_how_each_component_was_solved() -> None:
    result = facility_location([1, 5, 5, 9], [0, 1, 1, 2, 2], [0, 1, 2, 2, 3], [0, 0, 1, 0, 1], clients=3)
    assert result.components["how"].to_list() == ["trivial", "reduced"]
    assert result.components.schema["how"] == pl.Enum(HOW)
    assert result.components["clients"].to_list() == [1, 2]
    assert result.components["facilities"].to_list() == [1, 3]


def test_facility_location_keeps_a_free_facility_closed_that_serves_nobody() -> None:
    result = facility_location([0, 0], [0, 0], [0, 1], [1, 0], clients=1)
    assert result.choice.tolist() == [False, True]
    assert result.cost == 0
    assert result.gap == 0


def test_facility_location_with_costs_of_very_different_size_has_a_true_bound() -> None:
    opening = [1e15 / 3, 1e-3, 0.1]
    edges = {(0, 0): 1e-8, (1, 1): 0.3, (1, 2): 0.2, (2, 2): 1e-12, (2, 1): 0.7}
    result = solve((opening, edges, 3, set(), set()))
    check((opening, edges, 3, set(), set()), result)
    assert result.components.height == 2
    assert result.components["bound"][1] == pytest.approx(0.3, rel=1e-12)


def test_facility_location_tells_progress_up_to_all() -> None:
    told: list[tuple[int, int]] = []
    solve(hard(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (60, 60)


def test_facility_location_stopped_by_the_user_stops() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(hard(), progress=stop)


def test_facility_location_refuses_clients_that_nobody_may_serve() -> None:
    with pytest.raises(EngineInputError) as refused:
        facility_location([1, 1], [0, 2], [0, 1], [1, 1], clients=4, must_close=np.array([True, False]))
    assert refused.value.code == "unserved-client"
    assert refused.value.data == {"clients": [0, 1, 3], "count": 3}


@pytest.mark.parametrize(
    ("arguments", "options", "code"),
    [
        (([-1.0], [0], [0], [1.0]), {}, "bad-cost"),
        (([1.0], [0], [0], [math.nan]), {}, "bad-cost"),
        (([math.inf], [0], [0], [1.0]), {}, "bad-cost"),
        (([1.0], [1], [0], [1.0]), {}, "bad-index"),
        (([1.0], [0], [-1], [1.0]), {}, "bad-index"),
        (([1.0], [0.5], [0], [1.0]), {}, "not-integers"),
        (([1.0], [0, 0], [0], [1.0]), {}, "unequal-lengths"),
        (([[1.0]], [0], [0], [1.0]), {}, "not-flat"),
        (([1.0], [[0]], [0], [1.0]), {}, "not-flat"),
        (([1.0], [0], [0], [1.0]), {"clients": -1}, "bad-count"),
        (([1.0], [0], [0], [1.0]), {"must_open": [1]}, "bad-mask"),
        (([1.0], [0], [0], [1.0]), {"must_open": [True], "must_close": [True]}, "open-and-closed"),
        (([1.0], [0], [0], [1.0]), {"time_limit": 0}, "bad-time-limit"),
        (([1.0], [0], [0], [1.0]), {"time_limit": math.nan}, "bad-time-limit"),
    ],
)
def test_facility_location_refuses_nonsense(
    arguments: tuple[list[float], ...], options: dict[str, object], code: str
) -> None:
    with pytest.raises(EngineInputError) as refused:
        facility_location(*arguments, **({"clients": 1} | options))  # type: ignore[arg-type]
    assert refused.value.code == code
