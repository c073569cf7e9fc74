"""overlap_join on 10,000,000 sets and 270 million memberships: does it finish inside 16 GiB?"""

import json
import subprocess
import sys
from tempfile import TemporaryDirectory

from bench.report import Report
from qingzhuang.engines.overlap.workers import cores

SETS = 10_000_000
GENERATE = """
import sys, numpy as np
from bench.memberships import memberships_in_blocks
sets, members = memberships_in_blocks(int(sys.argv[2]), block=1_000_000)
np.save(sys.argv[1] + "/sets.npy", sets); np.save(sys.argv[1] + "/members.npy", members)
print(len(sets))
"""


def run(report: Report) -> None:
    """Generate in one process, join in another."""
    with TemporaryDirectory() as folder:
        rows = subprocess.run(
            [sys.executable, "-c", GENERATE, folder, str(SETS)], check=True, capture_output=True, text=True
        )
        answer = subprocess.run(
            [sys.executable, "-m", "bench.overlap_alone", folder], check=True, capture_output=True, text=True
        ).stdout
    about = json.loads(answer)
    report.row(
        f"{SETS:,} sets: peak memory, input and all",
        "≤ 16 GiB",
        f"{about['peak']:.1f} GiB",
        f"{int(rows.stdout):,} memberships, {about['pairs']:,} pairs in {about['seconds']:.0f} s on {cores()} cores",
    )
