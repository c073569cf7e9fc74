import os
import signal
import threading

import numpy as np
import pytest

from qingzhuang.engines.cover import milp


def test_run_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    start, column = np.array([0, 2, 4]), np.array([0, 1, 1, 2], np.int32)
    choice, bound = milp.cover(np.array([3, 4, 3]), start, column, 10.0, 100)
    assert choice is not None
    assert choice.tolist() == [False, True, False]
    assert bound == 4
    assert capfd.readouterr().out == ""


def test_cover_relaxation_of_a_triangle_is_a_half_each() -> None:
    start, column = np.array([0, 2, 4, 6]), np.array([0, 1, 1, 2, 0, 2], np.int32)
    dual = milp.cover_relaxation(np.array([2, 2, 2]), start, column, 10.0)
    assert dual is not None
    assert dual.tolist() == pytest.approx([1, 1, 1])


def test_floor_gives_some_of_the_bound_away() -> None:
    assert milp._floor(253.0, 1.0) == 253
    assert milp._floor(253.0001, 1.0) == 253
    assert milp._floor(253.3, 1.0) == 254
    assert milp._floor(1e9, 1000.0) < 10**12
    assert milp._floor(float("-inf"), 1.0) == 0


def test_cover_stopped_by_the_user_stops() -> None:
    rng = np.random.default_rng(0)
    column = np.concatenate([np.sort(rng.choice(2000, 200, replace=False)) for _ in range(300)]).astype(np.int32)
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        milp.cover(rng.integers(90, 110, 2000), np.arange(301) * 200, column, 60.0, 10**9)
