from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

Edges = dict[tuple[int, int], float]


def _cheapest_location(opening: list[float], edges: Edges, clients: int, kept: set[int], shut: set[int]) -> Fraction:
    best: Fraction | None = None
    for choice in product([False, True], repeat=len(opening)):
        if any(not choice[j] for j in kept) or any(choice[j] for j in shut):
            continue
        total = sum((Fraction(opening[j]) for j, is_open in enumerate(choice) if is_open), Fraction(0))
        for i in range(clients):
            served = [Fraction(c) for (k, j), c in edges.items() if k == i and choice[j]]
            if not served:
                break
            total += min(served)
        else:
            best = total if best is None else min(best, total)
    assert best is not None
    return best


@pytest.fixture(scope="session")
def cheapest_location() -> Callable[..., Fraction]:
    """The true optimum, in rational arithmetic, by trying every choice."""
    return _cheapest_location


@pytest.fixture(scope="session")
def cheapest_cover() -> Callable[..., Fraction]:
    """The same for set covering."""

    def search(cost: list[float], pairs: set[tuple[int, int]], elements: int, taken: set[int]) -> Fraction:
        return _cheapest_location(cost, dict.fromkeys(pairs, 0.0), elements, taken, set())

    return search
