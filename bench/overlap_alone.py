"""One join in a process of its own, so that its memory and its start can be measured: prints a line of JSON.

`python -m bench.overlap_alone FOLDER` reads sets.npy and members.npy there.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

from qingzhuang.engines.overlap import overlap_join


def resident(field: str) -> float:
    """GiB of this process: `VmRSS` now, `VmHWM` at its peak."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 2**20
    return float("nan")


def main(folder: Path) -> None:
    """Load, join, tell."""
    sets, members = np.load(folder / "sets.npy"), np.load(folder / "members.npy")
    before = resident("VmRSS")
    start = perf_counter()
    pairs = overlap_join(sets, members).height
    done = perf_counter()
    print(
        json.dumps({"pairs": pairs, "seconds": done - start, "done": done, "before": before, "peak": resident("VmHWM")})
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
