from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from qingzhuang.demo import County, make_county, write, write_county
from qingzhuang.domain.channels.inventory import CHANNELS, MEMBERSHIPS, PEOPLE, UNITS

ON = date(2026, 3, 25)
TABLES = ("channels", "memberships", "people", "units")
CHANNEL_COLUMNS = [
    *("channel_id", "name", "platform", "owner", "unit", "category", "purpose", "task", "task_end", "created"),
    *("last_active", "messages_30d", "secrecy", "sunset", "approval"),
]


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(channels=120, seed=4, on=ON)


def test_write_county_small_is_a_workbook_with_the_truth_beside(county: County, tmp_path: Path) -> None:
    path = write_county(county, tmp_path / "new" / "demo")
    assert path == tmp_path / "new" / "demo" / "county.xlsx"
    assert sorted(each.name for each in path.parent.iterdir()) == ["county.xlsx", "truth.json"]
    assert openpyxl.load_workbook(path).sheetnames == list(TABLES)


def read(path: Path, sheet: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    header, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    plain = [[value.date() if isinstance(value, datetime) else value for value in row] for row in rows]
    assert set(header) <= set(schema)
    return pl.DataFrame(plain, schema={column: schema[column] for column in header}, orient="row", strict=False)


def test_write_county_workbook_reads_back_the_same(county: County, tmp_path: Path) -> None:
    path = write_county(county, tmp_path)
    inventory = county.inventory
    assert_frame_equal(read(path, "channels", CHANNELS), inventory.channels.select(CHANNEL_COLUMNS))
    assert_frame_equal(read(path, "memberships", MEMBERSHIPS), inventory.memberships)
    assert_frame_equal(read(path, "people", PEOPLE), inventory.people.drop("name"))
    assert_frame_equal(read(path, "units", UNITS), inventory.units)


def test_write_county_workbook_has_real_days_and_a_frozen_header(county: County, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_county(county, tmp_path))
    sheet = book["channels"]
    created = sheet.cell(2, CHANNEL_COLUMNS.index("created") + 1)
    assert isinstance(created.value, datetime)
    assert created.number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["D"].width >= len("P00001")


def test_write_county_past_the_rows_of_a_sheet_goes_on_in_another(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "SHEET_ROWS", 1000)
    path = write_county(county, tmp_path)
    names = openpyxl.load_workbook(path).sheetnames
    sheets = [name for name in names if name.startswith("memberships")]
    assert sheets[:2] == ["memberships", "memberships_2"]
    parts = [read(path, name, MEMBERSHIPS) for name in sheets]
    assert_frame_equal(pl.concat(parts), county.inventory.memberships)


def test_write_county_truth_is_plain_json(county: County, tmp_path: Path) -> None:
    truth = json.loads((write_county(county, tmp_path).parent / "truth.json").read_text(encoding="utf-8"))
    assert list(truth) == [
        *("as_of", "seed", "zombie", "finished", "empty", "duplicate", "contained", "ownerless", "unapproved"),
        *("secrecy_mismatch", "should_go", "apps_should_go", "must_stay", "mayor"),
    ]
    assert truth["as_of"] == "2026-03-25"
    assert truth["seed"] == 4
    assert truth["should_go"] == list(county.truth.should_go)
    assert truth["duplicate"][0].keys() == {"keep", "go"}
    assert truth["contained"][0].keys() == {"channel_id", "in"}
    assert set(truth["must_stay"].values()) == {"temporary", "emergency", "ordinary"}
    assert truth["mayor"] == {"person_id": "P00214", "before": 19, "after": county.truth.mayor.after}


def test_write_county_large_is_parquet(county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "LARGEST_WORKBOOK", 119)
    assert write_county(county, tmp_path) == tmp_path
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted([*(f"{table}.parquet" for table in TABLES), "truth.json"])
    assert_frame_equal(pl.read_parquet(tmp_path / "memberships.parquet"), county.inventory.memberships)
    assert pl.read_parquet(tmp_path / "channels.parquet").columns == CHANNEL_COLUMNS


def test_write_county_at_the_limit_counts_groups_without_apps(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "LARGEST_WORKBOOK", 120)
    assert county.inventory.channels.height == 127
    assert write_county(county, tmp_path).name == "county.xlsx"


def test_write_county_again_in_another_form_leaves_one_form(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    write_county(county, tmp_path)
    monkeypatch.setattr(write, "LARGEST_WORKBOOK", 1)
    write_county(county, tmp_path)
    assert not (tmp_path / "county.xlsx").exists()
    monkeypatch.undo()
    write_county(county, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["county.xlsx", "mine.txt", "truth.json"]


def test_write_county_same_county_same_bytes(county: County, tmp_path: Path) -> None:
    first, second = write_county(county, tmp_path / "a"), write_county(county, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_write_county_interrupted_leaves_what_was_there(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Callable[[], BaseException]
) -> None:
    write_county(county, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(*_: object, **__: object) -> str:
        raise error()

    monkeypatch.setattr(write.json, "dumps", fail)
    with pytest.raises(error):  # type: ignore[arg-type]
        write_county(make_county(channels=40, seed=9, on=ON), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
