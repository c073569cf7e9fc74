"""The reports opened by an office program, as their readers will open them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qingzhuang.documents.lighten import Report, write_plan_workbook, write_report_docx
from qingzhuang.words import Words


def as_text(file: Path) -> str:
    """Return the text of `file` as LibreOffice lays it out in print."""
    home = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    ran = subprocess.run(["pdftotext", str(file.with_suffix(".pdf")), "-"], check=True, capture_output=True, text=True)
    return ran.stdout


@pytest.mark.needs("soffice", "pdftotext")
@pytest.mark.parametrize(("name", "write"), [("report.docx", write_report_docx), ("plan.xlsx", write_plan_workbook)])
def test_office_program_opens_what_is_written(
    report: Report, tmp_path: Path, name: str, write: Callable[[Report, Path, Words], None]
) -> None:
    write(report, tmp_path / name, Words())
    text = as_text(tmp_path / name)
    assert "整合前" in text
    assert "整合后" in text
