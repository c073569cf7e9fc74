"""The verb `demo`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_demo_writes_a_county_and_its_truth(tmp_path: Path, qingzhuang: Command) -> None:
    ran = qingzhuang("demo", tmp_path / "demo", "--channels", "64", "--on", "2026-11-01")
    assert ran.code == 0, ran.err
    assert {path.name for path in (tmp_path / "demo").iterdir()} == {"county.xlsx", "truth.json"}


def test_demo_same_seed_same_county(tmp_path: Path, qingzhuang: Command) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        qingzhuang("demo", tmp_path / name, "--channels", "64", "--seed", seed, "--on", "2026-11-01")
    truths = [(tmp_path / name / "truth.json").read_bytes() for name in "abc"]
    assert truths[0] == truths[1] != truths[2]
