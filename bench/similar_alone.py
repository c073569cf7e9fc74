"""The index in a process of its own, so that its memory can be measured: prints a line of JSON.

`python -m bench.similar_alone build FOLDER COUNT` adds the generated entries `0`, `1`, … and commits once.
`python -m bench.similar_alone ask FOLDER` reads texts from standard input, one a line, and looks for five nearest of each.
`python -m bench.similar_alone update FOLDER` replaces entries one by one, each with its commit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.overlap_alone import resident
from bench.similar_titles import entries
from qingzhuang.domain.demands.synonyms import demand_synonyms
from qingzhuang.engines.similar import Index, open_index

UPDATES = 50


def build(folder: str, count: str) -> dict[str, Any]:
    """Add and commit; generating the entries is part of the time and of the memory."""
    begun = perf_counter()
    with open_index(folder, synonyms=demand_synonyms()) as index:
        index.add_many((str(number), entry.text) for number, entry in enumerate(entries(int(count))))
    size = sum(path.stat().st_size for path in Path(folder).iterdir())
    return {"seconds": perf_counter() - begun, "bytes": size}


def ask(folder: str) -> dict[str, Any]:
    """Open, then look for the nearest of each line."""
    begun = perf_counter()
    index = open_index(folder, synonyms=demand_synonyms())
    opened = perf_counter() - begun
    times, found = [], []
    for line in sys.stdin.read().splitlines():
        begun = perf_counter()
        matches = index.nearest(line)
        times.append(perf_counter() - begun)
        found.append([match.key for match in matches])
    return {"opened": opened, "times": times, "found": found}


def update(folder: str) -> dict[str, Any]:
    """Exchange the texts of entries, and find each changed one in its new place at once."""
    with open_index(folder, synonyms=demand_synonyms()) as index:
        times = [_exchange(index, str(number)) for number in range(UPDATES)]
    return {"median": median(times), "worst": max(times)}


def _exchange(index: Index, key: str) -> float:
    text = f"第{key}次改动后的核查事项"
    begun = perf_counter()
    index.add(key, text)
    index.commit()
    taken = perf_counter() - begun
    assert index.nearest(text)[0].key == key
    return taken


def main() -> None:
    """Do one of the three and print what it found, with this process's peak memory in GiB."""
    work, *arguments = sys.argv[1:]
    answer = {"build": build, "ask": ask, "update": update}[work](*arguments)
    print(json.dumps({**answer, "peak": resident("VmHWM")}))


if __name__ == "__main__":
    main()
