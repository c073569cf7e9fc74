"""What a workbook is, by its content; and the way through LibreOffice for the .et that nothing else reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.tables.files import book, old_workbook

from qingzhuang.tables.workbook import UnreadableFile, read_workbook


def test_read_workbook_keeps_places(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {"a": [[], [None, "甲", 3]], "b": []}, {"a": ["B2:B4"]})
    first, second = read_workbook(path, "x.xlsx")
    assert [column.to_list()[:2] for column in first.columns] == [[None, None], [None, "甲"], [None, "3"]]
    assert list(first.merges) == [((1, 1), (1, 1))]  # no further than there are rows
    assert (first.place.sheet, second.place.sheet, second.height) == ("a", "b", 0)


def test_read_workbook_old(tmp_path: Path) -> None:
    (grid,) = read_workbook(old_workbook(tmp_path / "x.xls", {"表": [["甲", 1.5]]}), "x.xls")
    assert [column.to_list() for column in grid.columns] == [["甲"], ["1.5"]]


def office(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def path_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def test_read_workbook_et_through_libreoffice(tmp_path: Path, path_with: Path) -> None:
    converted = book(tmp_path / "converted.xlsx", {"表": [["甲"]]})
    office(path_with, f'while [ "$1" != --outdir ]; do shift; done; cp {converted} "$2/x.xlsx"')
    (tmp_path / "x.et").write_bytes(b"something of its own")
    (grid,) = read_workbook(tmp_path / "x.et", "x.et")
    assert grid.columns[0].to_list() == ["甲"]
    assert grid.place.file == "x.et"


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_read_workbook_et_that_libreoffice_cannot_read(tmp_path: Path, path_with: Path, script: str) -> None:
    office(path_with, script)
    (tmp_path / "x.et").write_bytes(b"something of its own")
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(tmp_path / "x.et", "x.et")
    assert caught.value.problem.code == "truncated"
