"""The join of a table on disk, read in parts."""

import numpy as np
import polars as pl
import pytest

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.overlap import overlap_join, overlap_parquet, sources


@pytest.fixture
def table():
    rng = np.random.default_rng(2)
    return pl.DataFrame({"note": ["x"] * 6000, "set": rng.integers(0, 300, 6000), "member": rng.integers(0, 90, 6000)})


@pytest.mark.parametrize("spread", [1, 10**11])
def test_overlap_parquet_read_in_parts_equals_the_arrays(tmp_path, monkeypatch, table, spread):
    table = table.with_columns(pl.col("set", "member") * spread)
    table.write_parquet(tmp_path / "t.parquet", row_group_size=700)
    monkeypatch.setattr(sources, "PART_ROWS", 256)
    found = pl.concat(overlap_parquet(tmp_path / "t.parquet", jaccard="1/4"))
    assert found.height > 0
    assert found.equals(overlap_join(table, jaccard="1/4"))


def test_overlap_parquet_index_in_files_equals_the_arrays_and_leaves_nothing(tmp_path, table):
    table.rename({"set": "g", "member": "p"}).write_parquet(tmp_path / "t.parquet")
    spill = tmp_path / "spill"
    spill.mkdir()
    chunks = overlap_parquet(tmp_path / "t.parquet", set_column="g", member_column="p", jaccard="1/4", spill=spill)
    assert pl.concat(chunks).equals(overlap_join(table, jaccard="1/4"))
    assert list(spill.iterdir()) == []


def test_overlap_parquet_empty_table_has_no_chunks(tmp_path, table):
    table.clear().write_parquet(tmp_path / "t.parquet")
    assert list(overlap_parquet(tmp_path / "t.parquet")) == []


def test_overlap_parquet_column_not_there_names_those_that_are(tmp_path, table):
    table.write_parquet(tmp_path / "t.parquet")
    with pytest.raises(EngineInputError) as error:
        overlap_parquet(tmp_path / "t.parquet", set_column="group")
    assert error.value.code == "missing-column"
    assert error.value.data == {"column": "group", "columns": ["note", "set", "member"]}


def test_overlap_parquet_text_column_is_refused(tmp_path, table):
    table.write_parquet(tmp_path / "t.parquet")
    with pytest.raises(EngineInputError, match="not-integers"):
        overlap_parquet(tmp_path / "t.parquet", member_column="note")


def test_overlap_parquet_nulls_are_counted(tmp_path):
    pl.DataFrame({"set": [1, None, None], "member": [1, 2, 3]}).write_parquet(tmp_path / "t.parquet")
    with pytest.raises(EngineInputError) as error:
        list(overlap_parquet(tmp_path / "t.parquet"))
    assert (error.value.code, error.value.data) == ("has-nulls", {"name": "set", "count": 2})
