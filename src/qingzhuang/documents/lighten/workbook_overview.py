"""The sheets of plan.xlsx that are read and not filtered: the overview, and the rules with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from qingzhuang.documents.lighten.figure_sections import in_roll_order
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.sheets import Book, Cell, FreeSheet, Style
from qingzhuang.documents.lighten.source_sections import bound_rows, in_force, notes_said, switched_off_said
from qingzhuang.documents.lighten.summary import headline, leads, summary_table
from qingzhuang.documents.lighten.voice import Voice
from qingzhuang.engines.rules import PackHead

PACK_HEADERS = ("column_pack_id", "pack", "column_issuer", "column_number", "in_force", "checked", "digest")
RULE_HEADERS = ("column_rule", "finding", "column_document", "column_clause", "severity", "column_certainty")
GROUP_COLUMNS = ("channels_before", "channels_after", "memberships_before", "memberships_after")


def write_overview(book: Book, report: Report, voice: Voice) -> None:
    """Write the headline, the figures before and after, every unit and platform, what could not be checked, and the notes."""
    sheet = FreeSheet(book, voice("sheet_overview"), (44, 18, 18, 18, 18))
    sheet.title(headline(report, voice))
    sheet.lines((voice("as_of", day=voice.date(report.result.as_of)), *leads(report, voice)))
    sheet.title(voice("figures_title"))
    sheet.table((voice("figure"), voice("before"), voice("after")), summary_table(report, voice.words), Style.FIGURE)
    for kind, table in (
        ("unit", in_roll_order(report.result.by_unit, report)),
        ("platform", report.result.by_platform),
    ):
        sheet.title(voice(f"{kind}s_title"))
        sheet.table((voice(kind), *map(voice, GROUP_COLUMNS)), _group_rows(kind, table, voice), Style.FIGURE)
    sheet.title(voice("method_title"))
    sheet.table((voice("figure"), voice("value")), bound_rows(report, voice), Style.FIGURE)
    for title, said in (
        ("switched_off_title", switched_off_said(report, voice)),
        ("notes_title", notes_said(report, voice)),
    ):
        if said:
            sheet.title(voice(title))
            sheet.lines(said)


def _group_rows(kind: str, table: pl.DataFrame, voice: Voice) -> Iterator[Sequence[Cell]]:
    for name, *figures in table.select(kind, *GROUP_COLUMNS).iter_rows():
        yield (voice.platform(name) if kind == "platform" else name or voice("no_unit"), *figures)


def write_rules(book: Book, report: Report, voice: Voice) -> None:
    """Write the packs used, and each rule that found something with its source."""
    sheet = FreeSheet(book, voice("sheet_rules"), (22, 26, 30, 24, 22, 22, 34))
    sheet.title(voice("packs_title"))
    sheet.table([voice(name) for name in PACK_HEADERS], (_pack_row(pack, voice) for pack in report.packs))
    sheet.title(voice("findings_title"))
    rules = {finding.rule.id: finding.rule for finding in report.result.findings}
    sheet.table(
        [voice(name) for name in RULE_HEADERS],
        (
            (
                rule.id,
                voice.term("finding", rule.code),
                voice.pick(rule.citation.document),
                voice.pick(rule.citation.clause),
                voice.term("severity", rule.severity.value),
                voice.term("certainty", rule.citation.certainty.value),
            )
            for rule in rules.values()
        ),
    )


def _pack_row(pack: PackHead, voice: Voice) -> Sequence[Cell]:
    who = voice("list_comma").join(part for part in (pack.checked_by, voice.date(pack.checked_on)) if part)
    return (
        pack.id,
        voice.pick(pack.title),
        pack.issuer,
        pack.number,
        in_force(pack, voice),
        who or voice("not_checked"),
        pack.sha256,
    )
