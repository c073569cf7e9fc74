"""Threads for the compiled loops, which release the GIL; plain ones, so that forks and callers' own threads are safe."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

Result = TypeVar("Result")
Progress: TypeAlias = Callable[[int, int], None]


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """A pool that returns results in the order of the tasks, whatever the number of threads."""

    def __init__(self, count: int) -> None:
        """`count` threads; one means that the caller's thread does the work itself."""
        self.count = count
        self._pool = ThreadPoolExecutor(count) if count > 1 else None

    def __enter__(self) -> Self:
        """Open for `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what runs, drop what does not run yet."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, tasks: Iterable[Callable[[], Result]]) -> Iterator[Result]:
        """Yield each task's result in order; few tasks are begun before their results are asked for."""
        if self._pool is None:
            for task in tasks:
                yield task()
            return
        waiting: deque[Future[Result]] = deque()
        for task in tasks:
            waiting.append(self._pool.submit(task))
            if len(waiting) >= 4 * self.count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def run_all(self, tasks: Iterable[Callable[[], None]]) -> None:
        """Do all tasks."""
        for _ in self.run(tasks):
            pass


class Steps:
    """Counts rows done and tells the caller of it."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        """`total` rows are to be done, of all phases together."""
        self._progress = progress
        self._done = 0
        self._total = total

    def add(self, done: int, more: int = 0) -> None:
        """`done` rows were done; `more` rows turned out to be needed."""
        self._done += done
        self._total += more
        if self._progress is not None:
            self._progress(self._done, self._total)
