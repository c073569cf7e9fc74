from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from tests.documents import big, county

from qingzhuang.documents.lighten import Report, write_report_html
from qingzhuang.documents.lighten.svg import shortened
from qingzhuang.domain.channels.inventory import MembersAre
from qingzhuang.domain.channels.result import Bound
from qingzhuang.words import LANGUAGES, Words


def page(report: Report, tmp_path: Path, lang: str = "zh-Hans") -> str:
    write_report_html(report, tmp_path / "report.html", Words(lang))
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text.strip())  # the page is written so that it is XML as well


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_is_well_formed_and_says_its_language(report: Report, tmp_path: Path, lang: str) -> None:
    root = parsed(page(report, tmp_path, lang))
    assert root.get("lang") == lang
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_needs_nothing_from_outside(report: Report, tmp_path: Path, lang: str) -> None:
    text = page(report, tmp_path, lang)
    assert re.findall(r"https?:|//[a-z]|\bsrc\s*=|<script|<link|@import|url\(", text) == []
    assert [link for link in re.findall(r'href="([^"]*)"', text) if not link.startswith("#")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_chart_has_title_description_and_its_table(report: Report, tmp_path: Path, lang: str) -> None:
    root = parsed(page(report, tmp_path, lang))
    charts = list(root.iter("figure"))
    assert len(charts) == 4
    for chart in charts:
        svg = chart.find("svg")
        assert svg is not None
        assert svg.findtext("title")
        assert svg.findtext("desc")
        names = svg.get("aria-labelledby", "").split()
        assert names == [element.get("id") for element in (svg.find("title"), svg.find("desc")) if element is not None]
        assert chart.find("details/table") is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_person_and_no_owner_is_named(report: Report, tmp_path: Path, lang: str) -> None:
    text = page(report, tmp_path, lang)
    people = [county.OWNER, county.PERSON, "周文", "吴核对", "p000", "p900", "容美镇-孙"]
    assert [name for name in people if name in text] == []


def test_headline_and_nearness_are_said_in_plain_words(report: Report, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    assert "<h1>38 个工作群减到 20 个</h1>" in text
    assert "一位镇长手机上的群从 52 个减到 9 个。" in text
    assert "负担最多比可能的最优方案多 2.9%" in text


def test_plan_without_a_gap_is_said_to_be_proved_best(report: Report, tmp_path: Path) -> None:
    best = replace(report, result=replace(report.result, bound=Bound(10.0, 10.0, 0.0)))
    assert "没有一个比这份负担更小" in page(best, tmp_path)


def test_what_must_be_decided_first_comes_before_the_figures(report: Report, tmp_path: Path) -> None:
    sections = [element.get("id") for element in parsed(page(report, tmp_path)).iter("section")]
    assert sections[:3] == ["first", "figures", "spread"]
    assert sections[3:] == [
        "units",
        "platforms",
        "posts",
        "goes",
        "stays",
        "findings",
        "switched-off",
        "notes",
        "inputs",
        "packs",
        "method",
    ]


def test_text_from_the_input_cannot_become_markup(report: Report, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    assert "<b>" not in text
    assert "&lt;b&gt;走马镇&lt;/b&gt;" in text


def test_control_characters_are_left_out(report: Report, tmp_path: Path) -> None:
    channels = report.inventory.channels.with_columns(name=pl.lit("坏\x00名\x0b称"))
    text = page(replace(report, inventory=replace(report.inventory, channels=channels)), tmp_path)
    assert "坏名称" in text
    parsed(text)


def test_finding_says_its_rule_citation_and_certainty(report: Report, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    assert "人民日报 2019-03-25 报道的鹤峰县做法 第 3 条（见过原文；规则 channels/duplicate）" in text
    assert "凭记忆写入，请核对原文" in text
    assert "2018年12月31日" in text


def test_finding_that_could_not_be_made_says_the_column_it_needs(report: Report, tmp_path: Path) -> None:
    assert "僵尸群：需要最后活跃日期" in page(report, tmp_path)


def test_long_lists_are_capped_and_say_where_the_rest_is(tmp_path: Path) -> None:
    text = page(big.report(400), tmp_path)
    for shown in (10, 50):
        assert f"共 100 条，这里列出前 {shown} 条；全部在 plan.xlsx 的「先办」表。" in text
    assert "共 200 条，这里列出前 12 条；全部在 plan.xlsx 的「措施」表。" in text
    assert "共 200 个单位，这里是群最多的 20 个" in text
    assert len(text) < 150_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_report_without_memberships_says_what_it_cannot_tell(report: Report, tmp_path: Path, lang: str) -> None:
    unknown = replace(
        report.result,
        members_are=MembersAre.UNKNOWN,
        posts=report.result.posts.clear(),
        spread=report.result.spread.clear(),
        by_unit=report.result.by_unit.clear(),
        by_platform=report.result.by_platform.clear(),
    )
    said = Words(lang)("report.members_not_known")
    assert page(replace(report, result=unknown), tmp_path, lang).count(said) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_report_on_posts_and_an_empty_plan_are_written(report: Report, tmp_path: Path, lang: str) -> None:
    posts = replace(report, result=replace(report.result, members_are=MembersAre.POSTS))
    assert Words(lang)("report.spread_title_posts") in page(posts, tmp_path, lang)
    nothing = replace(
        report.result, actions=(), findings=(), unresolved=(), switched_off=(), notes=(), bound=Bound(0.0, 0.0, 0.0)
    )
    text = page(replace(report, result=nothing, notes=(), doubtful=(), packs=(), inputs=()), tmp_path, lang)
    for name in (
        "first_none",
        "goes_none",
        "stays_none",
        "findings_none",
        "switched_off_none",
        "notes_none",
        "packs_none",
    ):
        assert Words(lang)(f"report.{name}") in text


def test_shortened_counts_a_chinese_character_twice() -> None:
    assert shortened("县农业农村局", 8) == "县农业…"
    assert shortened("office", 8) == "office"
