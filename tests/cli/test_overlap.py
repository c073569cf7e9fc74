"""The verb `overlap`."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import Command

ROWS = [
    (channel, person)
    for channel, people in {"g10": "abcde", "g9": "abcd", "x": "yz", "g1": "abcdq"}.items()
    for person in people
]


@pytest.fixture
def memberships(tmp_path: Path) -> Path:
    path = tmp_path / "memberships.csv"
    pl.DataFrame([*ROWS, ROWS[0]], schema=["channel_id", "person_id"], orient="row").write_csv(path)
    return path


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_overlap_writes_each_pair_once_in_text_order(
    memberships: Path, tmp_path: Path, qingzhuang: Command, suffix: str
) -> None:
    out = tmp_path / f"pairs.{suffix}"
    assert qingzhuang("overlap", memberships, "--out", out).code == 0
    pairs = pl.read_csv(out) if suffix == "csv" else pl.read_parquet(out)
    assert pairs.columns == ["channel_a", "channel_b", "shared", "jaccard", "containment"]
    assert pairs.rows() == [("g1", "g9", 4, 0.8, 1.0), ("g10", "g9", 4, 0.8, 1.0)]


def test_overlap_one_threshold_off(memberships: Path, qingzhuang: Command) -> None:
    ran = qingzhuang("overlap", memberships, "--json", "--jaccard", "0.6", "--containment", "off")
    assert [(pair["channel_a"], pair["channel_b"]) for pair in json.loads(ran.out)] == [
        ("g1", "g10"),
        ("g1", "g9"),
        ("g10", "g9"),
    ]
    assert qingzhuang("overlap", memberships, "--json", "--jaccard", "off", "--containment", "off").code == 2


def test_overlap_reads_parquet(memberships: Path, tmp_path: Path, qingzhuang: Command) -> None:
    pl.read_csv(memberships).write_parquet(tmp_path / "m.parquet")
    ran = qingzhuang("overlap", tmp_path / "m.parquet", "--json")
    assert len(json.loads(ran.out)) == 2


def test_overlap_bad_input_writes_nothing(tmp_path: Path, qingzhuang: Command) -> None:
    (tmp_path / "bad.csv").write_text("group,who\n1,2\n", encoding="utf-8")
    ran = qingzhuang("overlap", tmp_path / "bad.csv", "--out", tmp_path / "pairs.csv")
    assert ran.code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv"]
