"""How the join behaves: bad input, progress, interruption, forks, threads of the caller."""

import threading

import numpy as np
import pytest

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.overlap import kernels, overlap_chunks, overlap_join, partition, workers

SETS, MEMBERS = np.repeat(np.arange(2000), 5), np.arange(10_000) % 3001


@pytest.mark.parametrize(
    ("sets", "members", "code"),
    [
        ([1, 2], [1], "lengths-differ"),
        ([1.5], [1], "not-integers"),
        (["a"], [1], "not-integers"),
        ([True], [1], "not-integers"),
        ([[1]], [1], "not-one-dimensional"),
        (np.array([2**63], np.uint64), [1], "integer-too-large"),
    ],
)
def test_overlap_join_bad_columns_are_refused(sets, members, code):
    with pytest.raises(EngineInputError) as error:
        overlap_join(sets, members)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("option", "code"), [("chunk_rows", "chunk-rows-out-of-range"), ("threads", "threads-out-of-range")]
)
def test_overlap_chunks_option_below_one_is_refused_at_once(option, code):
    with pytest.raises(EngineInputError) as error:
        overlap_chunks([1], [1], **{option: 0})
    assert error.value.code == code


def test_overlap_join_set_with_too_many_members_is_refused(monkeypatch):
    monkeypatch.setattr(kernels, "SIZE_LIMIT", 5)
    with pytest.raises(EngineInputError) as error:
        overlap_join(SETS, MEMBERS)
    assert (error.value.code, error.value.data) == ("set-too-large", {"size": 5, "limit": 5})


def test_overlap_join_progress_grows_to_its_total_in_the_callers_thread():
    seen = []
    overlap_join(SETS, MEMBERS, progress=lambda done, total: seen.append((done, total, threading.get_ident())))
    assert len(seen) >= 4
    assert [step[0] for step in seen] == sorted(step[0] for step in seen)
    assert seen[-1][:2] == (len(SETS) * 4, len(SETS) * 4)
    assert {step[2] for step in seen} == {threading.get_ident()}


def test_overlap_join_interrupted_stops_its_threads():
    before = threading.active_count()

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        overlap_join(SETS, MEMBERS, threads=3, progress=interrupt)
    assert threading.active_count() == before


def test_overlap_chunks_given_up_half_way_stops_its_threads():
    before = threading.active_count()
    chunks = overlap_chunks(SETS, MEMBERS, jaccard="1/9", chunk_rows=1, threads=3)
    next(chunks)
    chunks.close()
    assert threading.active_count() == before


def test_overlap_join_called_by_several_threads_at_once_gives_the_same():
    wanted = overlap_join(SETS, MEMBERS)
    found = []
    callers = [threading.Thread(target=lambda: found.append(overlap_join(SETS, MEMBERS))) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(found) == 4
    assert all(wanted.equals(each) for each in found)


def test_overlap_join_arrays_are_left_as_they_were():
    sets, members = SETS.copy(), MEMBERS.copy()
    sets.flags.writeable = members.flags.writeable = False
    overlap_join(sets, members)
    assert (sets == SETS).all()
    assert (members == MEMBERS).all()


def test_workers_results_come_in_the_order_of_the_tasks():
    gate = threading.Event()

    def first():
        gate.wait(5)
        return 1

    def second():
        gate.set()
        return 2

    with workers.Workers(2) as pool:
        assert list(pool.run([first, second])) == [1, 2]


def test_part_rows_many_partitions_give_the_same(monkeypatch):
    wanted = overlap_join(SETS, MEMBERS)
    monkeypatch.setattr(partition, "PARTITION_ROWS", 16)
    assert overlap_join(SETS, MEMBERS).equals(wanted)
