"""`qingzhuang lighten`: from a county's list of work groups to the plan of least burden."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingzhuang.cli.options import OFF, lang_option, on_option, rules_option, share_option
from qingzhuang.cli.output import Stages, Unusable, whole_folder
from qingzhuang.cli.packs import packs_or_unusable, unusable_pack
from qingzhuang.domain.channels import BadRules, ChannelRules, channel_rules
from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules import PackError, RuleBook, Severity, open_book
from qingzhuang.words import Words

if TYPE_CHECKING:
    from qingzhuang.documents.lighten import Report

MARKED = "input-marked.xlsx"


@click.command(short_help="turn a county's list of work groups into a plan")
@click.argument("source", metavar="INPUT", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="方案和报告写到哪里 · where plan and reports go",
)
@rules_option
@on_option
@share_option("jaccard", None, "重复群门槛（规则：0.8）· duplicate: shared over all members")
@share_option("containment", None, "包含群门槛（规则：0.9）· contained: shared over the smaller one's members")
@click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, metavar="SECONDS"
)
@lang_option
@click.option("--json", "as_json", is_flag=True, help="把 plan.json 打到标准输出 · print plan.json")
def lighten(
    source: Path,
    out: Path | None,
    rules: tuple[str, ...],
    on: date,
    jaccard: Fraction | str | None,
    containment: Fraction | str | None,
    time_limit: float,
    lang: str,
    as_json: bool,
) -> int:
    """把 INPUT（一个县的工作群清单）变成整合方案。

    INPUT 是一个工作簿（工作表 channels、memberships、people、units，或常用中文名），或放着同名 CSV、Parquet 的文件夹。
    DIR 里会有 plan.json、plan.xlsx、report.html 和 report.docx。

    Turn INPUT, a county's list of work groups and members, into a plan. INPUT is a workbook with the sheets channels,
    memberships, people and units, or a folder of CSV or Parquet files of those names. DIR gets the plan and three reports.
    """
    if out is None and not as_json:
        raise click.UsageError("请给出 --out DIR（或 --json）。Give --out DIR, or --json.")
    words = Words(lang)
    book, channel = _rules_in_force(rules, on, words)
    channel = _override(channel, jaccard, containment)
    with Stages(words) as stages:
        report = _report(source, out, on, book, channel, time_limit, stages, words)
        if out is not None:
            _write(report, out, stages, words)
    if as_json:
        from qingzhuang.documents.lighten import plan_dict

        click.echo(json.dumps(plan_dict(report, words), ensure_ascii=False, indent=1))
    else:
        _print_summary(report, out, words)
    return int(any(finding.rule.severity is Severity.REJECT for finding in report.result.findings))


def _rules_in_force(chosen: tuple[str, ...], on: date, words: Words) -> tuple[RuleBook, ChannelRules]:
    packs = packs_or_unusable(chosen, words)
    try:
        book = open_book(packs, on)
        return book, channel_rules(book)
    except PackError as error:
        raise unusable_pack(error, words) from error
    except (BadRules, EngineInputError) as error:
        raise Unusable([words("cli.rules_" + error.code.replace("-", "_"), **_plain(error.data))]) from error


def _plain(data: dict[str, object]) -> dict[str, object]:
    return {key: "、".join(map(str, value)) if isinstance(value, list) else value for key, value in data.items()}


def _override(rules: ChannelRules, jaccard: Fraction | str | None, containment: Fraction | str | None) -> ChannelRules:
    """An option beats the rules; `off` switches a threshold off."""
    given = {"jaccard": jaccard, "containment": containment}
    changes = {name: None if value == OFF else value for name, value in given.items() if value is not None}
    return dataclasses.replace(rules, **changes)  # type: ignore[arg-type]


def _report(
    source: Path,
    out: Path | None,
    on: date,
    book: RuleBook,
    rules: ChannelRules,
    time_limit: float,
    stages: Stages,
    words: Words,
) -> Report:
    from qingzhuang.documents.lighten import Report
    from qingzhuang.domain.channels import lighten as plan
    from qingzhuang.tables.describe import describe
    from qingzhuang.tables.errors import BadInput
    from qingzhuang.tables.inventory import read_inventory
    from qingzhuang.tables.marked import write_marked

    try:
        read = read_inventory(source, on=on, progress=stages)
    except BadInput as error:
        sentences = [
            words("cli.bad_input", count=error.total),
            *(describe(problem, words) for problem in error.problems),
        ]
        if error.total > len(error.problems):
            sentences.append(words("cli.and_more", count=error.total - len(error.problems)))
        if out is not None:
            with whole_folder(out) as folder:
                write_marked(error, folder / MARKED, words)
            sentences.append(words("cli.marked", path=out / MARKED))
        raise Unusable(sentences) from error
    result = plan(read.inventory, rules, on=on, time_limit=time_limit, progress=stages)
    notes = (*read.notes, *result.notes)
    return Report(result, read.inventory, read.inputs, notes, read.doubtful, book.packs)


def _write(report: Report, out: Path, stages: Stages, words: Words) -> None:
    from qingzhuang.documents import lighten as documents

    writers = {
        "plan.json": documents.write_plan_json,
        "plan.xlsx": documents.write_plan_workbook,
        "report.html": documents.write_report_html,
        "report.docx": documents.write_report_docx,
    }
    with whole_folder(out) as folder:
        for done, (name, write) in enumerate(writers.items()):
            stages("write", done, len(writers))
            write(report, folder / name, words)
        stages("write", len(writers), len(writers))


def _print_summary(report: Report, out: Path | None, words: Words) -> None:
    from rich.console import Console
    from rich.table import Table

    from qingzhuang.documents.lighten import summary_table

    table = Table(title=words("cli.summary"), title_justify="left")
    table.add_column("")
    table.add_column(words("cli.before"), justify="right")
    table.add_column(words("cli.after"), justify="right")
    for row in summary_table(report, words):
        table.add_row(*row)
    console = Console()
    console.print(table)
    bound = report.result.bound
    console.print(
        words("cli.proven" if bound.gap == 0 else "cli.near", percent=f"{100 * bound.gap:.2f}"), highlight=False
    )
    if unresolved := len(report.result.unresolved):
        console.print(words("cli.unresolved", count=unresolved), highlight=False)
    console.print(words("cli.report_at", path=out / "report.html" if out else ""), highlight=False, soft_wrap=True)
