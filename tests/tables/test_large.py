"""A CSV of 2 GB: read whole, in well under the memory of a small machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROWS = 112_000_000
CHANNELS = 1_000_000
BLOCK = 4_000_000

READ = """
import resource, sys
from pathlib import Path
import numpy as np
from qingzhuang.tables.memberships import read_memberships
read = read_memberships(Path(sys.argv[1]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
numbers = read.channel_ids.str.slice(1).cast(int).to_numpy()
print(len(read.sets), len(numbers), int(numbers[read.sets].sum()), int(read.members.max()) + 1, peak)
"""


def write_lines(path: Path, block: np.ndarray, times: int) -> None:
    with path.open("wb") as stream:
        stream.write(b"channel_id,person_id\n")
        for _ in range(times):
            stream.write(block)


def digits(numbers: np.ndarray) -> np.ndarray:
    return (48 + numbers[:, None] // 10 ** np.arange(6, -1, -1) % 10).astype(np.uint8)


@pytest.mark.large
def test_read_memberships_of_two_gigabytes(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    channels = random.integers(0, CHANNELS, BLOCK)
    persons = random.integers(0, CHANNELS, BLOCK)
    lines = np.empty((BLOCK, 18), np.uint8)
    lines[:, 0], lines[:, 8], lines[:, 9], lines[:, 17] = b"C,P\n"
    lines[:, 1:8], lines[:, 10:17] = digits(channels), digits(persons)
    path = tmp_path / "memberships.csv"
    write_lines(path, lines, ROWS // BLOCK)
    assert path.stat().st_size > 2e9
    ran = subprocess.run([sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True)
    rows, ids, total, people, peak = ran.stdout.split()
    assert int(rows) == ROWS
    assert int(ids) == len(np.unique(channels))
    assert int(people) == len(np.unique(persons))
    assert int(total) == ROWS // BLOCK * int(channels.sum())
    assert float(peak) < 8
