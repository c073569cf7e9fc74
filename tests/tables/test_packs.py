"""Rule packs from their folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingzhuang.domain.channels import LISTS
from qingzhuang.engines.rules import Certainty, Severity
from qingzhuang.tables.packs import BadPack, PackFault, built_in_packs, load_packs

HEAD = "id: local\ntitle: 本县\nissuer: 减负办\nin_force: {from: 2024-01-01}\n"


def faults(folder: Path, text: str) -> tuple[PackFault, ...]:
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadPack) as caught:
        load_packs([folder], lists=LISTS)
    return caught.value.faults


def test_load_packs_base_first_then_the_chosen(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD + "must_go: [g1]\n", encoding="utf-8")
    packs = load_packs([tmp_path, "hefeng-2019"], lists=LISTS)
    assert [pack.head.id for pack in packs] == ["base", "local", "hefeng-2019"]
    assert packs[1].lists["must_go"] == ("g1",)
    assert len(packs[1].head.sha256) == 64


def test_load_packs_folder_of_folders(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(HEAD.replace("local", name), encoding="utf-8")
    assert [pack.head.id for pack in load_packs([tmp_path], lists=LISTS)] == ["base", "a", "b"]


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
    for pack in load_packs(built_in_packs()[1:], lists=LISTS):
        for rule in pack.rules:
            certainty = rule.citation.certainty if rule.citation else None
            assert rule.severity != Severity.REJECT or certainty is Certainty.VERIFIED, (pack.head.id, rule.id)


def test_hefeng_pack_carries_its_three_categories() -> None:
    (pack,) = [pack for pack in load_packs(["hefeng-2019"], lists=LISTS) if pack.head.id == "hefeng-2019"]
    assert pack.parameters["allowed_categories"].values[-1].value == ["领导班子群", "机关群", "脱贫攻坚群"]
    assert pack.parameters["temporary_allowed"].values[-1].value is True
