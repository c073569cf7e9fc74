"""Rule packs from their folders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingzhuang.domain.gate import VARIABLES, Code
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import Certainty, Severity, faults_of, open_book
from qingzhuang.tables.packs import BadPack, Judging, PackFault, built_in_packs, load_packs

HEAD = "id: local\ntitle: 本县\nissuer: 减负办\nin_force: {from: 2024-01-01}\n"


def faults(folder: Path, text: str) -> tuple[PackFault, ...]:
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadPack) as caught:
        load_packs([folder], lists=LISTS)
    return caught.value.faults


def test_load_packs_base_first_then_the_chosen(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD + "must_go: [g1]\n", encoding="utf-8")
    packs = load_packs([tmp_path, "hefeng-2019"], lists=LISTS)
    assert packs[0].head.id == "base"
    assert [pack.head.id for pack in packs[-2:]] == ["local", "hefeng-2019"]
    assert packs[-2].lists["must_go"] == ("g1",)
    assert len(packs[-2].head.sha256) == 64


def test_load_packs_everywhere_in_the_order_of_their_days_and_local_ones_only_when_chosen() -> None:
    heads = [pack.head for pack in load_packs([], lists=LISTS)]
    assert not any(head.local for head in heads)
    assert [head.in_force_from for head in heads[1:]] == sorted(head.in_force_from for head in heads[1:])
    assert load_packs(["cpc-2019-03"], lists=LISTS) == load_packs([], lists=LISTS)


def test_load_packs_folder_of_folders(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(HEAD.replace("local", name), encoding="utf-8")
    assert [pack.head.id for pack in load_packs([tmp_path], lists=LISTS)][-2:] == ["a", "b"]


def test_load_packs_names_the_line(tmp_path: Path) -> None:
    text = HEAD + "parameters:\n  zombie_days:\n    values:\n      - from: 2024-13-01\n        value: 60\n"
    found = {(fault.line, fault.code, fault.field) for fault in faults(tmp_path, text + "colour: red\n")}
    assert (10, "unknown-field", "colour") in found
    assert (8, "not-a-date", "parameters.zombie_days.values.0.from") in found
    assert (8, "missing-field", "parameters.zombie_days.values.0.citation") in found


def test_load_packs_broken_yaml_and_a_key_twice(tmp_path: Path) -> None:
    assert [(fault.line, fault.code) for fault in faults(tmp_path, HEAD + "title: again\n")] == [(5, "not-yaml")]
    assert [fault.code for fault in faults(tmp_path, HEAD + "must_go: [\n")] == ["not-yaml"]


def test_load_packs_no_pack_there(tmp_path: Path) -> None:
    with pytest.raises(BadPack) as caught:
        load_packs([tmp_path / "nowhere"], lists=LISTS)
    assert caught.value.faults[0].code == "no-pack"


def test_built_in_packs_reject_only_what_is_verified() -> None:
    for pack in load_packs(built_in_packs(), lists=LISTS):
        for rule in pack.rules:
            certainty = rule.citation.certainty if rule.citation else None
            assert rule.severity != Severity.REJECT or certainty is Certainty.VERIFIED, (pack.head.id, rule.id)


def test_hefeng_pack_carries_its_three_categories() -> None:
    (pack,) = [pack for pack in load_packs(["hefeng-2019"], lists=LISTS) if pack.head.id == "hefeng-2019"]
    assert pack.parameters["allowed_categories"].values[-1].value == ["领导班子群", "机关群", "脱贫攻坚群"]
    assert pack.parameters["temporary_allowed"].values[-1].value is True


JUDGING = Judging(
    {"notice": {"notice.characters": "int"}, "demand": {"demand.kind": "string"}}, frozenset({"too-long"})
)
RULE = (
    "rules:\n"
    "  - id: own/long\n"
    "    code: too-long\n"
    "    severity: warn\n"
    "    message: 太长\n"
    "    citation: {document: 本县规定, certainty: own}\n"
)
CASES = "    cases: {fails: [长], passes: [短]}\n"


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("    when: {notice: notice.charcters > 5}\n" + CASES, "bad-condition", 11),
        ("    when: {notice: notice.characters}\n" + CASES, "bad-condition", 11),
        ("    when: {letter: 'true'}\n" + CASES, "unknown-field", 11),
        ("    text: {patterns: ['截图(']}\n" + CASES, "bad-pattern", 11),
        ("    text: {patterns: ['<nowhere>']}\n" + CASES, "unknown-vocabulary", 11),
        ("    text: {signs: [nothing]}\n" + CASES, "unknown-sign", 11),
        ("    text: {patterns: [截图]}\n", "no-case", 6),
        ("    text: {patterns: [截图]}\n    cases: {fails: [截图]}\n", "no-case", 6),
        ("    text: {patterns: [截图]}\n    cases: {fails: [{}], passes: [短]}\n", "text-or-demand", 12),
        ("    text: {patterns: [{find: 截图, within: page}]}\n" + CASES, "unknown-within", 11),
    ],
)
def test_load_packs_refuses_a_rule_that_cannot_judge(tmp_path: Path, body: str, code: str, line: int) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD + RULE + body, encoding="utf-8")
    with pytest.raises(BadPack) as caught:
        load_packs([tmp_path], lists=LISTS, judging=JUDGING)
    assert (code, line) in [(fault.code, fault.line) for fault in caught.value.faults]


def test_load_packs_refuses_a_judging_rule_with_a_code_nobody_knows(tmp_path: Path) -> None:
    text = HEAD + RULE.replace("code: too-long", "code: too-loud") + "    text: {patterns: [响]}\n" + CASES
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadPack) as caught:
        load_packs([tmp_path], lists=LISTS, judging=JUDGING)
    assert [(fault.code, fault.line, fault.value) for fault in caught.value.faults] == [("unknown-code", 7, "too-loud")]


def test_load_packs_names_the_file_of_a_sign(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "signs").mkdir()
    (tmp_path / "signs" / "loud.yaml").write_text("patterns:\n  - 响\n  - '响('\n", encoding="utf-8")
    with pytest.raises(BadPack) as caught:
        load_packs([tmp_path], lists=LISTS, judging=JUDGING)
    (fault,) = caught.value.faults
    assert (Path(fault.file).name, fault.line, fault.code) == ("loud.yaml", 3, "bad-pattern")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("{finds: high, keeps: 0, about: 0}", "not-a-number"),
        ("{finds: 1, keeps: 0}", "missing-field"),
        ("{finds: 1, keeps: 0, about: 0, x: 1}", "unknown-field"),
    ],
)
def test_load_packs_refuses_thresholds_that_are_none(tmp_path: Path, given: str, code: str) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "signs").mkdir()
    (tmp_path / "signs" / "loud.yaml").write_text(f"patterns: [响]\nweighed: {given}\n", encoding="utf-8")
    with pytest.raises(BadPack) as caught:
        load_packs([tmp_path], lists=LISTS)
    assert [(Path(fault.file).name, fault.line, fault.code) for fault in caught.value.faults] == [
        ("loud.yaml", 2, code)
    ]


def test_load_packs_names_a_file_of_weights_that_holds_none(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "weights.json").write_bytes(b"no weights")
    with pytest.raises(BadPack) as caught:
        load_packs([tmp_path], lists=LISTS, judging=JUDGING)
    (fault,) = caught.value.faults
    assert (Path(fault.file).name, fault.line, fault.code) == ("weights.json", 0, "bad-weights")


def test_load_packs_lays_thresholds_over_those_below(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "signs").mkdir()
    sign = "patterns: [响]\nweighed: {finds: 9, keeps: 8, about: 7}\n"
    (tmp_path / "signs" / "check-in.yaml").write_text(sign, encoding="utf-8")
    book = open_book(load_packs([tmp_path], lists=LISTS), date(2026, 11, 1))
    below = open_book(load_packs([], lists=LISTS), date(2026, 11, 1))
    laid, base = book.signs["check-in"].weighed, below.signs["check-in"].weighed
    assert laid
    assert base
    assert (laid.thresholds.finds, laid.thresholds.keeps, laid.thresholds.about) == (9, 8, 7)
    assert laid.file.weights.learned_from == base.file.weights.learned_from


def test_load_packs_a_change_of_severity_needs_no_case(tmp_path: Path) -> None:
    rule = "rules:\n  - {id: cpc-2019-03/pledge-letter, severity: warn}\n  - {id: gate/typo-penalty, severity: off}\n"
    (tmp_path / "pack.yaml").write_text(HEAD + rule, encoding="utf-8")
    packs = load_packs([tmp_path], lists=LISTS, judging=JUDGING)
    book = open_book(packs, date(2026, 11, 1))
    assert book.rules["cpc-2019-03/pledge-letter"].severity is Severity.WARN
    assert book.rules["cpc-2019-03/pledge-letter"].pack == "cpc-2019-03"
    assert "gate/typo-penalty" not in book.rules


def test_built_in_packs_pass_what_a_chosen_pack_must_pass() -> None:
    packs = load_packs([name for name in built_in_packs() if name != "base"], lists=LISTS)
    for i, pack in enumerate(packs):
        assert faults_of(pack, packs[:i], variables=VARIABLES, codes=frozenset(Code)) == [], pack.head.id
