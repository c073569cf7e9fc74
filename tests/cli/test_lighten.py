"""The verb `lighten`, from files to files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from tests.cli.conftest import Command

from qingzhuang.demo import make_county, write_county

ON = date(2026, 11, 1)
FILES = {"plan.json", "plan.xlsx", "report.html", "report.docx"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_county(make_county(channels=640, seed=1, on=ON), tmp_path_factory.mktemp("demo"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder of two CSV files."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "channels.csv").write_text(
        "channel_id,name,category,last_active,messages_30d\ng1,防汛群,工作群,2026-10-30,3\ng2,防汛二群,工作群,2026-10-29,0\ng3,旧群,工作群,2025-01-01,0\n",
        encoding="utf-8",
    )
    rows = [
        f"{channel},{person}"
        for channel, people in (("g1", "abcdefghi"), ("g2", "abcdefgh"), ("g3", "ab"))
        for person in people
    ]
    (folder / "memberships.csv").write_text("channel_id,person_id\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


def sheet(workbook: Path, name: str) -> pl.DataFrame:
    """Return a sheet read cell by cell, without anything of the reader that is tested."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    header, *rows = book[name].iter_rows(values_only=True)
    book.close()
    days = [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in rows]
    return pl.DataFrame(days, schema=[str(column) for column in header], orient="row", infer_schema_length=None)


def plan_of(folder: Path) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return plan


def test_lighten_finds_the_planted_truth_whole(county: Path, tmp_path: Path, qingzhuang: Command) -> None:
    ran = qingzhuang("lighten", county, "--out", tmp_path / "plan", "--on", ON)
    assert ran.code == 0, ran.err
    assert {path.name for path in (tmp_path / "plan").iterdir()} == FILES
    plan, truth = plan_of(tmp_path / "plan"), json.loads((county.parent / "truth.json").read_text(encoding="utf-8"))
    found = {(finding["channel_id"], finding["code"]) for finding in plan["findings"]}
    for code in ("zombie", "finished", "empty", "ownerless", "unapproved"):
        assert {(name, code) for name in truth[code]} <= found
    step = {action["channel_id"]: action["action"] for action in plan["actions"]}
    for name in (*truth["should_go"], *truth["apps_should_go"]):
        assert step[name] != "keep", name
    for name, kind in truth["must_stay"].items():
        assert step[name] == "keep", (name, kind)
    for pair in truth["duplicate"]:
        assert (pair["go"], "duplicate") in found
    for pair in truth["contained"]:
        assert (pair["channel_id"], "contained") in found
    assert plan["bound"]["gap"] == 0
    gone = [name for name, action in step.items() if action != "keep"]
    assert len(gone) >= 400
    carried = carried_by(county, plan, truth["mayor"]["person_id"])
    assert carried[0] > 50
    assert carried[1] <= 12


def carried_by(county: Path, plan: dict[str, Any], person: str) -> tuple[int, int]:
    memberships = sheet(county, "memberships").cast(pl.String)
    mine = set(memberships.filter(pl.col("person_id") == person)["channel_id"])
    into = {
        action["channel_id"]: action["into"] or action["channel_id"]
        for action in plan["actions"]
        if action["action"] != "dissolve"
    }
    added = {action["into"] for action in plan["actions"] if person in action["adds"]}
    return len(mine), len({into[name] for name in mine if name in into} | added)


def test_lighten_objective_can_be_recomputed_by_anyone(county: Path, tmp_path: Path, qingzhuang: Command) -> None:
    qingzhuang("lighten", county, "--out", tmp_path / "plan", "--on", ON)
    plan = plan_of(tmp_path / "plan")
    channels = sheet(county, "channels")
    weekly = {str(row["channel_id"]): float(row["messages_30d"] or 0) * 7 / 30 for row in channels.to_dicts()}
    members: dict[str, set[str]] = {name: set() for name in weekly}
    for channel, person in sheet(county, "memberships").cast(pl.String).iter_rows():
        members[channel].add(person)
    total = 0.0
    for action in plan["actions"]:
        i, j = action["channel_id"], action["into"]
        if action["action"] == "keep":
            total += (weekly[i] + 10) * len(members[i])
        elif action["action"] == "merge":
            new, shown = members[i] - members[j], members[j] - members[i]
            assert set(action["adds"]) == new
            assert action["exposes"] == len(new) + len(shown)
            total += (
                weekly[i] * len(members[i] | members[j]) + (weekly[j] + 10) * len(new) + 10 * (len(new) + len(shown))
            )
    assert plan["bound"]["objective"] == pytest.approx(total, rel=1e-12)
    assert plan["before"]["memberships"] == sum(map(len, members.values()))


def test_lighten_same_plan_from_workbook_csv_and_parquet(county: Path, tmp_path: Path, qingzhuang: Command) -> None:
    for suffix in ("csv", "parquet"):
        (tmp_path / suffix).mkdir()
    for name in ("channels", "memberships", "people", "units"):
        table = sheet(county, name)
        (tmp_path / "csv" / f"{name}.csv").write_text(table.write_csv(), encoding="gb18030")
        table.write_parquet(tmp_path / "parquet" / f"{name}.parquet")
    plans = []
    for source in (county, tmp_path / "csv", tmp_path / "parquet"):
        ran = qingzhuang("lighten", source, "--json", "--on", ON)
        assert ran.code == 0, ran.err
        plan = json.loads(ran.out)
        plans.append({key: plan[key] for key in plan if key not in {"inputs", "notes"}})
    assert plans[0] == plans[1] == plans[2]


def test_lighten_json_is_what_is_written(small: Path, tmp_path: Path, qingzhuang: Command) -> None:
    ran = qingzhuang("lighten", small, "--out", tmp_path / "plan", "--on", ON, "--json")
    assert json.loads(ran.out) == plan_of(tmp_path / "plan")


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_lighten_speaks_every_language(small: Path, tmp_path: Path, qingzhuang: Command, lang: str) -> None:
    ran = qingzhuang("lighten", small, "--out", tmp_path / lang, "--on", ON, "--lang", lang)
    assert ran.code == 0, ran.err
    assert str(tmp_path / lang / "report.html") in ran.out.replace("\n", "")
    assert f'lang="{lang}"' in (tmp_path / lang / "report.html").read_text(encoding="utf-8")


def test_lighten_merges_dissolves_and_keeps(small: Path, tmp_path: Path, qingzhuang: Command) -> None:
    qingzhuang("lighten", small, "--out", tmp_path / "plan", "--on", ON)
    steps = {
        action["channel_id"]: (action["action"], action["into"]) for action in plan_of(tmp_path / "plan")["actions"]
    }
    assert steps == {"g1": ("keep", None), "g2": ("merge", "g1"), "g3": ("dissolve", None)}


def test_lighten_thresholds_off_and_out_of_range(small: Path, tmp_path: Path, qingzhuang: Command) -> None:
    ran = qingzhuang("lighten", small, "--json", "--on", ON, "--jaccard", "off", "--containment", "off")
    assert not {finding["code"] for finding in json.loads(ran.out)["findings"]} & {"duplicate", "contained"}
    assert qingzhuang("lighten", small, "--out", tmp_path / "x", "--jaccard", "0").code == 2
    assert qingzhuang("lighten", small, "--out", tmp_path / "x", "--containment", "1.01").code == 2
    assert qingzhuang("lighten", small, "--out", tmp_path / "x", "--on", "tomorrow").code == 2
    assert qingzhuang("lighten", small).code == 2


def test_lighten_county_rules_are_laid_over(small: Path, tmp_path: Path, qingzhuang: Command) -> None:
    pack = tmp_path / "rules"
    pack.mkdir()
    head = "id: local\ntitle: 本县\nissuer: 减负办\nin_force: {from: 2024-01-01}\n"
    (pack / "pack.yaml").write_text(head + "must_keep: [g3]\nmust_go: [g1]\n", encoding="utf-8")
    ran = qingzhuang("lighten", small, "--json", "--on", ON, "--rules", pack)
    steps = {action["channel_id"]: action["action"] for action in json.loads(ran.out)["actions"]}
    assert steps == {"g1": "merge", "g2": "keep", "g3": "keep"}
    (pack / "pack.yaml").write_text(head + "must_keep: [g1]\nmust_go: [g1]\n", encoding="utf-8")
    ran = qingzhuang("lighten", small, "--out", tmp_path / "plan", "--on", ON, "--rules", pack)
    assert (ran.code, "g1" in ran.err, (tmp_path / "plan").exists()) == (2, True, False)
    (pack / "pack.yaml").write_text(head + "colour: red\n", encoding="utf-8")
    ran = qingzhuang("lighten", small, "--out", tmp_path / "plan", "--on", ON, "--rules", pack)
    assert ran.code == 2
    assert "pack.yaml:5" in ran.err


def test_lighten_bad_input_writes_no_plan_and_marks_the_cells(tmp_path: Path, qingzhuang: Command) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "channels"
    for row in (["channel_id", "name", "created"], ["g1", "甲", "2030-01-01"], ["g2", "乙", "昨天"]):
        sheet.append(row)
    workbook.save(tmp_path / "in.xlsx")
    ran = qingzhuang("lighten", tmp_path / "in.xlsx", "--out", tmp_path / "plan", "--on", ON)
    assert ran.code == 2
    assert "channels" in ran.err
    assert "昨天" in ran.err
    (marked,) = (tmp_path / "plan").iterdir()
    cells = openpyxl.load_workbook(marked)["channels"]
    assert [cells[name].comment is not None for name in ("C1", "C2", "C3")] == [False, True, True]


def test_lighten_bad_input_leaves_an_earlier_plan_alone(small: Path, tmp_path: Path, qingzhuang: Command) -> None:
    qingzhuang("lighten", small, "--out", tmp_path / "plan", "--on", ON)
    before = {name: (tmp_path / "plan" / name).read_bytes() for name in FILES}
    with (small / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("nowhere,p\n")
    assert qingzhuang("lighten", small, "--out", tmp_path / "plan", "--on", ON).code == 2
    assert {name: (tmp_path / "plan" / name).read_bytes() for name in FILES} == before


def test_lighten_without_memberships_says_what_it_could_not_find(tmp_path: Path, qingzhuang: Command) -> None:
    lines = (
        "群编号,群名称,群主,所在单位,用途,人数,最近工作消息,面向岗位",
        "1,防汛群,张三,甲镇,防汛,40,本周,镇长、水利站",
        "2,防汛二群,张三,甲镇,防汛,38,本月,水利站、镇长",
        "3,旧群,李四,甲镇,普查,12,更久,镇长",
    )
    (tmp_path / "groups.csv").write_text("\n".join(lines), encoding="gb18030")
    ran = qingzhuang("lighten", tmp_path / "groups.csv", "--json", "--on", ON)
    assert ran.code == 0, ran.err
    plan = json.loads(ran.out)
    codes = {(finding["channel_id"], finding["code"]) for finding in plan["findings"]}
    assert {("1", "duplicate"), ("2", "duplicate"), ("3", "zombie")} <= codes
    assert "secrecy-mismatch" in {one["code"] for one in plan["switched_off"]}


def test_lighten_stopped_leaves_nothing(tmp_path: Path) -> None:
    source = write_county(make_county(channels=4000, seed=2, on=ON), tmp_path / "demo")
    command = [
        sys.executable,
        "-m",
        "qingzhuang.cli",
        "lighten",
        str(source),
        "--out",
        str(tmp_path / "plan"),
        "--on",
        str(ON),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".plan-*")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGINT)
    process.communicate()
    assert process.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo"]


@pytest.mark.parametrize("header", ["channel_id,person_id", "群名称,成员编号"])
def test_lighten_two_columns_are_enough(tmp_path: Path, qingzhuang: Command, header: str) -> None:
    (tmp_path / "memberships.csv").write_text(f"{header}\ng1,a\ng1,b\ng2,a\ng2,b\n", encoding="utf-8")
    ran = qingzhuang("lighten", tmp_path / "memberships.csv", "--json", "--on", ON)
    assert ran.code == 0, ran.err
    plan = json.loads(ran.out)
    assert {(finding["channel_id"], finding["code"]) for finding in plan["findings"]} == {
        ("g1", "duplicate"),
        ("g2", "duplicate"),
    }
    assert {"channels-from-memberships", "nothing-in-common-known"} <= {note["code"] for note in plan["notes"]}


def test_lighten_on_a_day_before_any_rule(small: Path, qingzhuang: Command) -> None:
    ran = qingzhuang("lighten", small, "--json", "--on", "1999-12-31")
    assert ran.code == 2
    assert "1999-12-31" in ran.err


def test_lighten_where_nothing_can_be_written(small: Path, tmp_path: Path, qingzhuang: Command) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    ran = qingzhuang("lighten", small, "--on", ON, "--out", tmp_path / "file" / "plan")
    assert ran.code == 2
    assert str(tmp_path / "file") in ran.err
