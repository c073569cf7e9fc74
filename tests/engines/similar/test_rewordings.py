"""Every kind of rewording finds what it was made from, among a few thousand entries; the bench does it among a million."""

from random import Random

import pytest
from bench.similar_edits import EDITS, UNSEEN, UNSEEN_SHORT
from bench.similar_titles import LONGEST, SHORTEST, entries

from qingzhuang.domain.demands.synonyms import demand_synonyms
from qingzhuang.engines.similar import Index, open_index

COUNT, ASKED = 4000, 150


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    opened = open_index(tmp_path_factory.mktemp("register") / "index", synonyms=demand_synonyms())
    opened.add_many((str(number), entry.text) for number, entry in enumerate(entries(COUNT)))
    opened.commit()
    return opened


@pytest.mark.parametrize("kind", EDITS)
def test_nearest_of_a_rewording_holds_the_original(index, kind):
    rng = Random(kind)
    asked = found = 0
    for number, entry in enumerate(entries(COUNT)):
        text = EDITS[kind](entry, rng)
        if text is None:
            continue
        asked += 1
        found += str(number) in {match.key for match in index.nearest(text)}
        if asked == ASKED:
            break
    assert asked == ASKED
    assert found / asked >= (0.9 if kind.endswith(("unseen", "short")) else 0.97)


def test_entries_are_the_same_each_time_all_different_and_of_the_asked_length():
    first, second = ([entry.text for entry in entries(2000)] for _ in range(2))
    assert first == second
    assert len(set(first)) == 2000
    assert all(SHORTEST <= len(text) <= LONGEST for text in first)


def test_unseen_pairs_stand_in_no_group_of_the_table():
    groups = [set(group) for group in demand_synonyms()]
    pairs = [*UNSEEN.items(), *UNSEEN_SHORT.items()]
    assert [pair for pair in pairs if any(group.issuperset(pair) for group in groups)] == []
