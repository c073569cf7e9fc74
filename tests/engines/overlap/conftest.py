"""What the tests of the join share."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

import pytest

Row: TypeAlias = tuple[int, int, int, float, float]
BruteForce: TypeAlias = Callable[[Iterable[tuple[int, int]], Fraction | None, Fraction | None], list[Row]]


@pytest.fixture(scope="session")
def brute_force() -> BruteForce:
    """The join as one would say it: all pairs, one by one, in fractions."""

    def compare(rows: Iterable[tuple[int, int]], jaccard: Fraction | None, containment: Fraction | None) -> list[Row]:
        members = defaultdict(set)
        for owner, member in rows:
            members[owner].add(member)
        found = []
        for a, b in combinations(sorted(members), 2):
            shared = len(members[a] & members[b])
            of_union = Fraction(shared, len(members[a] | members[b]))
            of_smaller = Fraction(shared, min(len(members[a]), len(members[b])))
            if (jaccard is not None and of_union >= jaccard) or (containment is not None and of_smaller >= containment):
                found.append((a, b, shared, float(of_union), float(of_smaller)))
        return found

    return compare
