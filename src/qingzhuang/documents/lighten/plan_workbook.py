"""plan.xlsx: the whole plan for the burden office to filter, send out and tick off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from qingzhuang.documents.lighten.facts import Facts, facts_of
from qingzhuang.documents.lighten.long_sheet import TintedRow, write_long_table
from qingzhuang.documents.lighten.plan_sections import reasons_text, why_unresolved
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.sheets import EXCEL_ROWS, Book, Cell, Column, Style, Tint
from qingzhuang.documents.lighten.voice import Voice, full_voice
from qingzhuang.documents.lighten.workbook_overview import write_overview, write_rules
from qingzhuang.domain.channels.result import Action, Code, Finding, Step
from qingzhuang.engines.rules import Rule
from qingzhuang.words import Words

UNKNOWN = (None, None)
TINTS = {Step.KEEP: Tint.KEEP, Step.MERGE: Tint.MERGE, Step.DISSOLVE: Tint.DISSOLVE}


def write_plan_workbook(report: Report, path: Path, words: Words, *, rows: int = EXCEL_ROWS) -> None:
    """Write plan.xlsx to `path`; `rows` is how many rows a sheet may hold."""
    voice, facts = full_voice(report, words), facts_of(report)
    with Book(path, voice("print_page"), rows) as book:
        write_overview(book, report, voice)
        _write_first(book, report, facts, voice)
        _write_actions(book, report, facts, voice)
        _write_adds(book, report, voice)
        _write_findings(book, report, facts, voice)
        write_rules(book, report, voice)
        _write_nicknames(book, report, voice)


def _write_first(book: Book, report: Report, facts: Facts, voice: Voice) -> None:
    columns = (
        Column(voice("column_kind"), 20),
        Column(voice("column_id"), 10, Style.TEXT),
        Column(voice("column_name"), 26),
        Column(voice("unit"), 16),
        Column(voice("column_message"), 46),
        Column(voice("column_suggestion"), 36),
    )
    rows: list[TintedRow] = [(row, Tint.URGENT) for row in _first_rows(report, facts, voice)]
    if not rows:
        rows = [((voice("first_none"), *[None] * (len(columns) - 1)), Tint.PLAIN)]
    write_long_table(book, voice("sheet_first"), columns, rows, count=len(rows))


def _first_rows(report: Report, facts: Facts, voice: Voice) -> Iterator[Sequence[Cell]]:
    for key in report.result.unresolved:
        action = facts.actions[key]
        yield (
            voice("kind_unresolved"),
            *_named(key, facts, voice),
            why_unresolved(action, voice),
            voice("decide_where"),
        )
    for finding in report.result.findings:
        if finding.code is Code.SECRECY_MISMATCH:
            key = finding.channel_id
            yield (voice("kind_secrecy"), *_named(key, facts, voice), voice.finding(finding), voice.suggestion(finding))


def _named(channel_id: str, facts: Facts, voice: Voice) -> tuple[str, str, str]:
    return channel_id, voice.channel(channel_id), facts.unit(channel_id, voice)


def _write_actions(book: Book, report: Report, facts: Facts, voice: Voice) -> None:
    columns = (
        Column(voice("column_id"), 10, Style.TEXT),
        Column(voice("column_name"), 26),
        Column(voice("unit"), 16),
        Column(voice("column_owner"), 10),
        Column(voice("action"), 8, Style.TEXT),
        Column(voice("column_into_id"), 10, Style.TEXT),
        Column(voice("column_into"), 26),
        Column(voice("column_adds"), 9, Style.FIGURE),
        Column(voice("column_exposes"), 9, Style.FIGURE),
        Column(voice("reason"), 46),
    )
    owners = dict(zip(report.inventory.channels["channel_id"], report.inventory.channels["owner"], strict=True))
    write_long_table(
        book,
        voice("sheet_actions"),
        columns,
        (
            (
                (
                    *_named(action.channel_id, facts, voice),
                    owners.get(action.channel_id),
                    voice.step(action.step),
                    *_move(action, voice),
                    reasons_text(action, voice),
                ),
                TINTS[action.step],
            )
            for action in report.result.actions
        ),
        count=len(report.result.actions),
        frozen=2,
    )


def _move(action: Action, voice: Voice) -> tuple[Cell, Cell, Cell, Cell]:
    """Return where the members go: id and name of the target, how many are added, how many views of people are new."""
    if action.into is None:
        return None, None, None, None
    return action.into, voice.channel(action.into), len(action.adds), action.exposes


def _write_adds(book: Book, report: Report, voice: Voice) -> None:
    columns = (
        Column(voice("column_person"), 16, Style.TEXT),
        Column(voice("column_person_name"), 14),
        Column(voice("column_person_unit"), 22),
        Column(voice("column_target_id"), 14, Style.TEXT),
        Column(voice("column_target"), 34),
        Column(voice("column_from"), 34),
    )
    people = report.inventory.people
    known = {row[0]: row[1:] for row in people.select("person_id", "name", "unit").iter_rows()}
    merges = [action for action in report.result.actions if action.into is not None]
    rows = (
        ((person, *known.get(person, UNKNOWN), into, voice.channel(into), voice.channel(action.channel_id)), Tint.PLAIN)
        for action in merges
        if (into := action.into) is not None
        for person in action.adds
    )
    count = sum(len(action.adds) for action in merges)
    write_long_table(book, voice("sheet_adds"), columns, rows, count=count)


def _write_findings(book: Book, report: Report, facts: Facts, voice: Voice) -> None:
    columns = (
        Column(voice("column_id"), 10, Style.TEXT),
        Column(voice("column_name"), 24),
        Column(voice("unit"), 16),
        Column(voice("finding"), 15),
        Column(voice("severity"), 10, Style.TEXT),
        Column(voice("column_message"), 36),
        Column(voice("column_suggestion"), 22),
        Column(voice("citation"), 30),
        Column(voice("column_certainty"), 16),
        Column(voice("column_rule"), 18, Style.TEXT),
    )
    findings = report.result.findings
    rules = {finding.rule.id: finding.rule for finding in findings}
    sources = {key: _source(rule, voice) for key, rule in rules.items()}
    rows = ((_finding_row(finding, sources[finding.rule.id], facts, voice), Tint.PLAIN) for finding in findings)
    write_long_table(book, voice("sheet_findings"), columns, rows, count=len(findings), frozen=2)


def _source(rule: Rule, voice: Voice) -> tuple[str, str, str, str, str]:
    """Return what every finding of `rule` says alike: its name and severity, citation, how sure that is, the rule's id."""
    return (
        voice.term("finding", rule.code),
        voice.term("severity", rule.severity.value),
        voice.citation(rule.citation),
        voice.term("certainty", rule.citation.certainty.value),
        rule.id,
    )


def _finding_row(
    finding: Finding, source: tuple[str, str, str, str, str], facts: Facts, voice: Voice
) -> Sequence[Cell]:
    name, severity, *cited = source
    said = voice.finding(finding), voice.suggestion(finding)
    return (*_named(finding.channel_id, facts, voice), name, severity, *said, *cited)


def _write_nicknames(book: Book, report: Report, voice: Voice) -> None:
    """Write one row for each nickname and candidate, under the headers of the input table `nicknames`."""
    columns = (
        Column(voice("column_nickname"), 28, Style.TEXT),
        Column(voice("column_candidate"), 16, Style.TEXT),
        Column(voice("column_confirmed"), 16, Style.TEXT),
        Column(voice("column_person_name"), 14),
        Column(voice("column_person_unit"), 22),
        Column(voice("channel"), 40),
    )
    people = report.inventory.people
    known = {row[0]: row[1:] for row in people.select("person_id", "name", "unit").iter_rows()}
    asked: dict[tuple[str, str], list[str]] = {}
    for doubt in report.doubtful:
        for candidate in doubt.candidates:
            asked.setdefault((doubt.nickname, candidate), []).append(voice.channel(doubt.channel_id))
    rows: list[TintedRow] = [
        (
            (nickname, person, None, *known.get(person, UNKNOWN), voice("list_comma").join(channels)),
            Tint.PLAIN,
        )
        for (nickname, person), channels in asked.items()
    ]
    sheet = write_long_table(book, voice("sheet_nicknames"), columns, rows, count=len(rows))
    choice = {
        "validate": "list",
        "source": [voice("yes"), voice("no")],
        "input_title": voice("column_confirmed")[:32],
        "input_message": voice("nicknames_help")[:255],
    }
    sheet.data_validation(1, 2, max(len(rows), 1), 2, choice)
