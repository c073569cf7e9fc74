"""Demands from and to YAML: read back as written, every fault with its line, every text at its place."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.demands import Ask, AskKind, Demand, Joined, Kind, Level, Medium, Target, draft_demand
from qingzhuang.domain.gate import Checker
from qingzhuang.domain.notices import Reading, notice_of
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import Pack, open_book
from qingzhuang.tables.demands import MOST_BYTES, BadDemandFile, DemandFault, SecretDemand, read_demand, write_demand
from qingzhuang.tables.packs import load_packs
from qingzhuang.tables.yaml_lines import YamlPlaces
from qingzhuang.words import LANGUAGES, Words, catalogue

SOURCE = Path(__file__).resolve().parents[2] / "src/qingzhuang"
NOTICE = """关于加强护林工作的通知
各乡镇人民政府：
根据《云台县林长制工作要点》要求，各村护林员每月巡林不少于4次，每次巡林上传照片2张；请于2024年6月30日前将方案报县林业局。
云台县林业局
2024年6月3日"""


@pytest.fixture(scope="module")
def packs() -> list[Pack]:
    return load_packs([], lists=LISTS)


def write(demand: Demand, path: Path, packs: list[Pack], lang: str = "zh-Hans") -> str:
    write_demand(demand, path, open_book(packs, date(2024, 6, 3)), Words(lang))
    return path.read_text(encoding="utf-8")


def without_spans(demand: Demand) -> Demand:
    return replace(demand, asks=tuple(replace(ask, span=None) for ask in demand.asks))


def faults(folder: Path, text: str | bytes) -> list[DemandFault]:
    path = folder / "demand.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(BadDemandFile) as caught:
        read_demand(path, name="demand.yaml")
    return list(caught.value.faults)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_write_demand_is_read_back(tmp_path: Path, packs: list[Pack], lang: str) -> None:
    demand = draft_demand(Reading(notice_of(NOTICE)))
    write(demand, tmp_path / "d.yaml", packs, lang)
    assert read_demand(tmp_path / "d.yaml", name="d.yaml")[0] == without_spans(demand)


def test_write_demand_says_that_it_is_a_draft_and_shows_the_sum(tmp_path: Path, packs: list[Pack]) -> None:
    text = write(draft_demand(Reading(notice_of(NOTICE))), tmp_path / "d.yaml", packs)
    assert text.startswith("# 事项草稿")
    assert "    levels: [village]\n" in text
    cost = yaml.safe_load(text)["burden"]
    assert cost["hours_a_year"] == 200 * 48 * Fraction(1, 2) + 200 * 48 * 2 * Fraction(1, 10) + 14
    assert len(cost["sum"]) == 4
    assert (
        cost["sum"][0] == "各村护林员每月巡林不少于4次：200 个村（默认数） × 一年 48 次 × 1 件 × 0.5 小时 = 4,800 小时"
    )
    assert cost["sum"][-1].startswith("合计一年 6,734 小时")


def test_write_demand_in_english_and_traditional(tmp_path: Path, packs: list[Pack]) -> None:
    demand = draft_demand(Reading(notice_of(NOTICE)))
    english = write(demand, tmp_path / "d.yaml", packs, "en")
    assert english.startswith("# A draft")
    assert "200 villages (default number)" in english
    assert "小時" in write(demand, tmp_path / "d.yaml", packs, "zh-Hant")


TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20).filter(
    lambda text: text.strip() == text
)
DEMANDS = st.builds(
    Demand,
    kind=st.sampled_from(Kind),
    title=TEXT,
    dated=st.dates() | st.none(),
    targets=st.lists(st.builds(Target, st.sampled_from(Level), TEXT, st.integers(0, 999) | st.none()), max_size=2).map(
        tuple
    ),
    asks=st.lists(
        st.builds(
            Ask,
            kind=st.sampled_from(AskKind),
            text=TEXT,
            per_year=st.fractions(min_value=0, max_value=9999, max_denominator=99),
            items=st.integers(1, 999),
            medium=st.sampled_from(Medium) | st.none(),
            levels=st.lists(st.sampled_from(Level), max_size=2, unique=True).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    joined=st.lists(
        st.builds(Joined, st.sampled_from([Kind.CHANNEL, Kind.APP]), TEXT, TEXT | st.none()), max_size=2
    ).map(tuple),
    sanctions=st.lists(TEXT, max_size=2).map(tuple),
    basis=st.lists(TEXT, max_size=2).map(tuple),
    emergency=st.booleans(),
)


@given(demand=DEMANDS)
def test_write_demand_of_any_texts_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, packs: list[Pack], demand: Demand
) -> None:
    path = tmp_path_factory.mktemp("demand") / "d.yaml"
    write(demand, path, packs)
    try:
        assert read_demand(path, name="d.yaml")[0] == demand
    except SecretDemand:  # a text that happens to be a classification mark
        assert re.search("密|内部", path.read_text(encoding="utf-8"))


PLACED = """\
kind: report
title: '各村''日报'
asks:
  - {kind: sign-in, text: "每天\\u6253卡 签到"}
  - kind: field
    text: >-
      每周报送
      进展情况
  - kind: field
    text: |
      第一行
      第二行
"""


def test_read_demand_places_each_text_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(PLACED, encoding="utf-8")
    _, notice = read_demand(path, name="d.yaml")
    lines = PLACED.split("\n")
    found = {paragraph.text: paragraph for paragraph in notice.paragraphs}
    assert found["report"].at(0) == (1, 7)
    assert found["asks："].at(0) == (3, 1)
    assert [found["各村'日报"].at(i) for i in (0, 2, 3)] == [(2, 9), (2, 11), (2, 13)]
    clock = found["每天打卡 签到"]
    assert [clock.at(i) for i in range(4)] == [(4, lines[3].index(one) + 1) for one in "每天\\卡"]
    folded = found["每周报送 进展情况"]
    assert (folded.at(0), folded.at(5)) == ((7, 7), (8, 7))
    assert (found["第一行"].at(0), found["第二行"].at(1)) == ((11, 7), (12, 8))
    assert {paragraph.name for paragraph in notice.paragraphs} == {"kind", "title", "asks"}


@given(TEXT, st.sampled_from(["'", '"', "|", ">", None]), st.integers(10, 40))
def test_yaml_places_lead_to_the_characters(text: str, style: str | None, width: int) -> None:
    raw = yaml.dump({"kind": "report", "text": text}, allow_unicode=True, default_style=style, width=width)
    place = ("text",)
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", raw)
    parts = YamlPlaces(raw.encode()).origins(place)
    assert parts[0][0] == 0
    assert [offset for offset, _, _ in parts] == sorted({offset for offset, _, _ in parts})
    for offset, line, column in parts:
        assert 1 <= line <= len(lines)
        shown = lines[line - 1][column - 1 : column]
        assert shown in {text[offset], "\\", ""} or text[offset] in " \n"


def test_read_demand_is_judged_at_its_place(tmp_path: Path, packs: list[Pack]) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(
        "kind: app\ntitle: 网格员在岗\nasks:\n  - kind: sign-in\n    text: 网格员每天打卡签到\n", encoding="utf-8"
    )
    demand, notice = read_demand(path, name="d.yaml")
    findings = Checker(packs, today=date(2026, 6, 1)).check_demand(demand, notice).findings
    assert [(one.code, one.place.line) for one in findings if one.code == "check-in"] == [("check-in", 5)]


def test_read_demand_burden_is_not_judged_again(tmp_path: Path, packs: list[Pack]) -> None:
    demand = replace(draft_demand(Reading(notice_of("请各村网格员每天打卡签到。"))), title="网格员在岗")
    write(demand, tmp_path / "d.yaml", packs)
    back, notice = read_demand(tmp_path / "d.yaml", name="d.yaml")
    assert "burden" not in {paragraph.name for paragraph in notice.paragraphs}
    findings = Checker(packs, today=date(2026, 6, 1)).check_demand(back, notice).findings
    assert len([one for one in findings if one.code == "check-in"]) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: parade\ntitle: 摸底\n", [(1, "unknown-kind", "kind")]),
        ("kind: [report]\ntitle: 摸底\n", [(1, "unknown-kind", "kind")]),
        ("kind: report\n", [(1, "missing-field", "title")]),
        ("kind: report\ntitle: [摸底]\n", [(2, "not-a-text", "title")]),
        ("kind: report\ntitle: 摸底\ncolour: red\n", [(3, "unknown-field", "colour")]),
        ("kind: report\ntitle: 摸底\ndated: 2024-02-30\n", [(3, "not-a-date", "dated")]),
        ("kind: report\ntitle: 摸底\ntargets: 各村\n", [(3, "not-a-list", "targets")]),
        ("kind: report\ntitle: 摸底\ntargets: [{level: street}]\n", [(3, "unknown-level", "targets.0.level")]),
        ("kind: report\ntitle: 摸底\nemergency: 也许\n", [(3, "not-true-or-false", "emergency")]),
        (
            "kind: report\ntitle: 摸底\nasks:\n  - kind: dance\n    text: 报表\n  - text: {a: b}\n    kind: evidence\n"
            "    medium: oil\n    items: -1\n    per_year: 1e999999999\n    levels: [street]\n",
            [
                (4, "unknown-ask", "asks.0.kind"), (6, "not-a-text", "asks.1.text"), (8, "unknown-medium", "asks.1.medium"),
                (9, "not-a-count", "asks.1.items"), (10, "not-a-count", "asks.1.per_year"), (11, "unknown-level", "asks.1.levels.0"),
            ],
        ),
        ("kind: report\ntitle: 摸底\nasks: [{kind: field, text: a, per_year: 1/0}]\n", [(3, "not-a-count", "asks.0.per_year")]),
        ("kind: report\ntitle: 摸底\njoined: [{kind: meeting, name: 群}]\n", [(3, "unknown-kind", "joined.0.kind")]),
        ("kind: report\nkind: app\n", [(2, "not-yaml", "")]),
        ("kind: [\n", [(2, "not-yaml", "")]),
        ("- kind\n", [(0, "no-demand", "")]),
        ("", [(0, "no-demand", "")]),
        ("kind: report\ntitle: &a 摸底\nissuer: *a\n", [(0, "repeats-itself", "")]),
        ("[" * 100_000 + "]" * 100_000, [(0, "no-demand", "")]), ("- " * 50_000 + "a", [(0, "no-demand", "")]),
        (b"kind: \xff\xfe", [(0, "not-utf-8", "")]),
    ],
)  # fmt: skip
def test_read_demand_names_each_fault_by_its_line(
    tmp_path: Path, text: str | bytes, expected: list[tuple[int, str, str]]
) -> None:
    found = [(fault.line, fault.code, fault.field) for fault in faults(tmp_path, text)]
    assert found == expected


def test_read_demand_no_file_and_too_big(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.yaml", "no-file"), (tmp_path, "not-readable")):
        with pytest.raises(BadDemandFile) as caught:
            read_demand(path, name="x")
        assert caught.value.faults[0].code == code
    assert faults(tmp_path, b"#" * (MOST_BYTES + 1))[0].code == "too-big"


@pytest.mark.parametrize(
    "text",
    [
        "kind: report\ntitle: 摸底\nbasis: [秘密★10年]\n",
        "# 机密\nkind: parade\n",
        'kind: report\ntitle: "\\u79d8\\u5bc6★10年"\n',
    ],
)
def test_read_demand_marked_secret_is_refused_first(tmp_path: Path, text: str) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SecretDemand) as caught:
        read_demand(path, name="d.yaml")
    assert caught.value.mark in {"秘密", "机密"}
    frame = caught.value.__traceback__
    while frame:  # nothing of the text is carried along
        here = frame.tb_frame.f_code.co_filename
        assert "test_demands" in here or "raw" not in frame.tb_frame.f_locals
        frame = frame.tb_next


def test_read_demand_countys_own_mark(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("kind: report\ntitle: 云台内控 摸底\n", encoding="utf-8")
    assert read_demand(path, name="d.yaml")[0].title
    with pytest.raises(SecretDemand):
        read_demand(path, name="d.yaml", marks=["云台内控"])


RAISED = {"fault", "Fault", "PackFault", "DemandFault", "choice", "expect", "_bad", "EngineInputError"}
NOT_OF_A_FILE = {"parameter-not-in-force", "condition-failed", "bad-pack"}


def fault_codes() -> set[str]:
    """Return every code that the source gives to a fault in a pack or a demand."""
    files = [*(SOURCE / "engines/rules").glob("*.py"), SOURCE / "tables/packs.py", SOURCE / "tables/demands.py"]
    files += (SOURCE / "domain/demands").rglob("*.py")
    codes = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", None))
            if isinstance(node, ast.Call) and named in RAISED:
                values = (value for arg in node.args for value in ast.walk(arg) if isinstance(value, ast.Constant))
                codes |= {
                    v.value
                    for v in values
                    if isinstance(v.value, str) and re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)+", v.value)
                }
    return codes - NOT_OF_A_FILE


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_every_fault_has_words(lang: str) -> None:
    codes = fault_codes()
    assert {"unknown-kind", "no-pack", "bad-condition", "not-a-count", "given-twice"} <= codes
    known = catalogue("cli", lang)
    assert sorted(code for code in codes if f"fault_{code.replace('-', '_')}" not in known) == []


def test_every_level_has_words() -> None:
    assert {f"level_{level}" for level in Level} <= set(catalogue("demands", "en"))
