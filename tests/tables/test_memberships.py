"""Memberships for the overlap engine alone: ids as codes in, pairs of ids out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables.files import book

from qingzhuang.tables.encode import encode
from qingzhuang.tables.errors import BadInput
from qingzhuang.tables.memberships import MembershipsRead, named_pairs, read_memberships, write_pairs

TEXT = "channel_id,person_id\ng10,a\ng9,b\ng10,b\ng9,b\n"


def rows(read: MembershipsRead) -> list[tuple[str, int]]:
    return [(read.channel_ids[int(code)], int(member)) for code, member in zip(read.sets, read.members, strict=True)]


def check(read: MembershipsRead) -> None:
    assert read.channel_ids.to_list() == ["g10", "g9"]
    assert read.sets.tolist() == [0, 1, 0, 1]
    assert [member == read.members[1] for member in read.members] == [False, True, True, True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_read_memberships_csv(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(TEXT.replace("channel_id,person_id", "群编号,人员编号"), encoding=encoding)
    check(read_memberships(path))


@pytest.mark.parametrize(
    "text",
    [
        "名单\n\n" + TEXT,
        TEXT.replace(",", "\t"),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\n\n"),
        TEXT.replace("g9,b", ' g9 ,"b"').replace("g10", "ｇ１０"),
        "person_id,x,channel_id\na,1,g10\nb,2,g9\nb,3,g10\nb,4,g9\n",
        "群编号,昵称\n" + TEXT.partition("\n")[2],
    ],
)
def test_read_memberships_csv_as_people_write_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8", newline="")
    check(read_memberships(path))


def test_read_memberships_parquet(tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    pl.DataFrame({"群编号": ["g10", "g9", "g10", "g9"], "person_id": [1, 2, 2, 2]}).write_parquet(path)
    check(read_memberships(path))


def test_read_memberships_numbers_are_ids_in_text_order(tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    pl.DataFrame({"channel_id": [9.0, 10.0, 100.0], "person_id": ["a", "b", "a"]}).write_parquet(path)
    assert read_memberships(path).channel_ids.to_list() == ["10", "100", "9"]


def test_read_memberships_workbook(tmp_path: Path) -> None:
    lines = [line.split(",") for line in TEXT.splitlines()]
    check(read_memberships(book(tmp_path / "x.xlsx", {"别的": [["你好"]], "memberships": lines})))


def test_read_memberships_blank_ids(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("channel_id,person_id\ng1,a\n,b\n,\ng2,　\n")
    with pytest.raises(BadInput) as caught:
        read_memberships(path)
    assert [(one.code, one.row, one.column) for one in caught.value.problems] == [
        ("missing-id", 3, "channel_id"),
        ("missing-id", 5, "person_id"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("m.csv", "channel_id,name\n1,x\n", "missing-column"),
        ("m.csv", "channel_id,person_id\n", "empty-sheet"),
        ("m.csv", "", "empty-sheet"),
        ("m.parquet", "PAR1", "truncated"),
        ("none.csv", None, "not-found"),
    ],
)
def test_read_memberships_unusable(tmp_path: Path, name: str, text: str | None, code: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(BadInput) as caught:
        read_memberships(path)
    assert [one.code for one in caught.value.problems] == [code]


def test_read_memberships_parquet_without_a_column(tmp_path: Path) -> None:
    pl.DataFrame({"channel_id": ["a"]}).write_parquet(tmp_path / "m.parquet")
    with pytest.raises(BadInput) as caught:
        read_memberships(tmp_path / "m.parquet")
    assert caught.value.problems[0].data["column"] == "person_id"


@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=3))))
def test_encode_is_each_id_and_its_place_in_text_order(ids: list[str | None]) -> None:
    encoded = encode(pl.Series(ids, dtype=pl.String))
    vocabulary = encoded.vocabulary.to_list()
    wide = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
    clean = [((one or "").strip().translate(wide)) for one in ids]
    assert vocabulary == sorted(set(vocabulary))
    for one, code in zip(clean, encoded.codes.tolist(), strict=True):
        assert (vocabulary[code] if code >= 0 else "").strip() == one.strip()


def test_encode_many() -> None:
    numbers = np.random.default_rng(0).integers(0, 300_000, 500_000)
    encoded = encode(pl.Series(numbers))
    assert encoded.vocabulary.to_list() == sorted(map(str, set(numbers.tolist())))
    assert encoded.vocabulary.gather(encoded.codes).cast(pl.Int64).to_list() == numbers.tolist()


def chunks() -> Iterator[pl.DataFrame]:
    for a, b in ((0, 1), (0, 2)):
        yield pl.DataFrame({"a": [a], "b": [b], "shared": [3], "jaccard": [0.75], "containment": [1.0]})


IDS = pl.Series(["g1", "g10", "g9"])
PAIRS = [("g1", "g10", 3, 0.75, 1.0), ("g1", "g9", 3, 0.75, 1.0)]
COLUMNS = ["channel_a", "channel_b", "shared", "jaccard", "containment"]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_write_pairs(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"p.{suffix}"
    assert write_pairs(path, chunks(), IDS) == 2
    pairs = pl.read_csv(path) if suffix == "csv" else pl.read_parquet(path)
    assert (pairs.columns, pairs.rows()) == (COLUMNS, PAIRS)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_write_pairs_none(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"p.{suffix}"
    assert write_pairs(path, iter(()), IDS) == 0
    assert (pl.read_csv(path) if suffix == "csv" else pl.read_parquet(path)).columns == COLUMNS


def test_named_pairs() -> None:
    assert named_pairs(next(chunks()), IDS).rows() == PAIRS[:1]
