"""Medians of times, taken in turns, so that a busy machine is unfair to nobody."""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long `work` takes, and what it returns."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def medians(works: dict[str, Callable[[], Any]], rounds: int) -> tuple[dict[str, float], dict[str, Any]]:
    """Median seconds and last result of each work, the works run in turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    results: dict[str, Any] = {}
    for _ in range(rounds):
        for name, work in works.items():
            taken, results[name] = seconds(work)
            times[name].append(taken)
    return {name: median(taken) for name, taken in times.items()}, results


def around(slow: Callable[[], Any], quick: Callable[[], Any]) -> tuple[float, Any, float, Any]:
    """Seconds and result of `slow`, run once, and of `quick`: the mean of the medians of three runs before and three after."""
    before, _ = medians({"quick": quick}, rounds=3)
    taken, result = seconds(slow)
    after, found = medians({"quick": quick}, rounds=3)
    return taken, result, (before["quick"] + after["quick"]) / 2, found["quick"]
