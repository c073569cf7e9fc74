from __future__ import annotations

from dataclasses import replace

import pytest
from tests.documents import county

from qingzhuang.documents.lighten import Report, summary_table
from qingzhuang.documents.lighten.summary import leads, nearness
from qingzhuang.documents.lighten.values import clean, joined, said_date, said_number, said_share, text_width
from qingzhuang.documents.lighten.voice import Voice, full_voice, without_names
from qingzhuang.domain.channels.inventory import MembersAre, Note
from qingzhuang.domain.channels.result import Bound, Code, Finding
from qingzhuang.words import Words


@pytest.fixture
def voice(report: Report) -> Voice:
    return full_voice(report, Words())


def test_finding_says_names_dates_platforms_and_the_closest_partner(voice: Voice) -> None:
    said = {code: voice.finding(Finding("c16", code, county.RULES[code], county.EVIDENCE[code])) for code in Code}
    assert said[Code.DUPLICATE] == "与 7 个群成员重复，最多与 「全县脱贫攻坚工作群」 重合 92%"
    assert said[Code.FINISHED] == "任务或有效期已于 2018年12月31日 结束"
    assert said[Code.SECRECY_MISMATCH] == "标为受限内容，却建在公开平台（微信）上"


def test_finding_whose_text_wants_what_it_lacks_says_a_dash(voice: Voice) -> None:
    rule = replace(county.RULES[Code.ZOMBIE], message={"zh-Hans": "{days} 天，{none:.0%}，{share}"})
    assert voice.finding(Finding("c01", Code.ZOMBIE, rule, {"days": 3, "share": 2 / 3})) == "3 天，—，0.67"


def test_pack_in_one_language_speaks_it_in_every_report(report: Report) -> None:
    rule = replace(county.RULES[Code.EMPTY], message={"zh-Hans": "没有成员"})
    finding = Finding("c15", Code.EMPTY, rule, {})
    assert full_voice(report, Words("en")).finding(finding) == "没有成员"
    assert full_voice(report, Words("zh-Hant")).finding(finding) == "沒有成員"


def test_list_says_the_first_few_and_how_many(voice: Voice) -> None:
    rule = replace(county.RULES[Code.EMPTY], message={"zh-Hans": "{ids}", "en": "{ids}"})
    finding = Finding("c15", Code.EMPTY, rule, {"ids": ["a", "b", "c", "d"]})
    assert voice.finding(finding) == "a、b、c等 4 个"
    assert replace(voice, words=Words("en")).finding(finding) == "a, b, c and others (4 in all)"


def test_voice_without_names_leaves_out_owners_people_and_their_ids(report: Report) -> None:
    rule = replace(county.RULES[Code.EMPTY], message={"zh-Hans": "{owner}{who}{ids}{into}"})
    evidence = {"owner": "某某", "who": county.PERSON, "ids": ["p000", "x"], "into": "c01"}
    finding = Finding("c15", Code.EMPTY, rule, evidence)
    shy = without_names(
        full_voice(report, Words()), replace(report, result=replace(report.result, findings=(finding,)))
    )
    assert shy.finding(finding) == "（姓名从略）（姓名从略）（姓名从略）、x「全县脱贫攻坚工作群」"


def test_note_of_an_unknown_code_is_a_key_error(voice: Voice) -> None:
    with pytest.raises(KeyError, match="note_never_heard_of"):
        voice.note(Note("never-heard-of", {}))


def test_reason_names_the_channel_merged_into(report: Report, voice: Voice) -> None:
    action = next(action for action in report.result.actions if action.channel_id == "c16")
    assert voice.reason(action, action.reasons[0]) == "与「全县脱贫攻坚工作群」的成员几乎一样"


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (Bound(100.0, 100.0, 0.0), "已经证明"),
        (Bound(0.0, 0.0, 0.0), "已经证明"),
        (Bound(304286.3333333334, 304286.3333333333, 1.912923931739756e-16), "已经证明"),
        (Bound(103.0, 100.0, 3 / 103), "最多比可能的最优方案多 3.0%"),
        (Bound(100.0001, 100.0, 0.0001 / 100.0001), "多 0.01%"),
        (Bound(5.0, 0.0, 1.0), "没能证明"),
    ],
)
def test_nearness_is_never_said_nearer_than_it_is(report: Report, voice: Voice, bound: Bound, said: str) -> None:
    assert said in nearness(replace(report, result=replace(report.result, bound=bound)), voice)


def test_summary_table_has_groups_apps_and_what_phones_carry(report: Report) -> None:
    rows = summary_table(report, Words("en"))
    assert rows[0] == ("Work groups", "38", "20")
    assert rows[1] == ("Government apps", "3", "1")
    assert ("Groups per person, median", "5", "2") in rows


def test_summary_table_without_members_says_a_dash(report: Report) -> None:
    unknown = replace(report, result=replace(report.result, members_are=MembersAre.UNKNOWN))
    rows = summary_table(unknown, Words())
    assert rows[0][1:] == ("38", "20")
    assert {row[1:] for row in rows[2:]} == {("—", "—")}
    assert "一条不少" not in "".join(leads(unknown, full_voice(unknown, Words())))


def test_values_are_said_as_people_write_them() -> None:
    assert said_date(county.DAY, Words()) == "2019年3月25日"
    assert said_date(county.DAY, Words("en")) == "25 March 2019"
    assert [said_number(value) for value in (1234567, 12.0, 12.34, None, float("nan"))] == [
        "1,234,567",
        "12",
        "12.3",
        "—",
        "—",
    ]
    assert [said_share(share) for share in (0.0301, 0.5, 0.00001)] == ["3.1%", "50.0%", "0.01%"]
    assert joined(["a"], Words()) == "a"
    assert (text_width("群a"), clean("a\x00b")) == (3, "ab")
