"""`qingzhuang check`: say what is wrong with a notice before it goes out."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingzhuang.cli.options import Day, lang_option, rules_option, today
from qingzhuang.cli.output import Unusable, whole_file, whole_folder
from qingzhuang.cli.packs import fault_said, packs_or_unusable
from qingzhuang.documents.notices import UnreadableNotice, describe, read_notice, read_notice_bytes
from qingzhuang.domain.gate import Checker, Judgement
from qingzhuang.domain.notices.notice import Notice
from qingzhuang.words import Words

if TYPE_CHECKING:
    from qingzhuang.domain.demands.burden import Burden

FORMATS = ("text", "json", "sarif", "html", "docx")
WRITTEN = frozenset({"html", "docx"})
STANDARD_INPUT = "-"
DEMANDS = frozenset({".yaml", ".yml"})


@click.command(short_help="say what is wrong with a notice")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--on",
    type=Day(),
    default=None,
    metavar="DATE",
    help="按哪一天的规则判断（默认落款日期，再默认今天）· the day judged",
)
@rules_option
@click.option("--emergency", is_flag=True, help="属于正在处置的应急事项 · an emergency is under way")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="output format")
@click.option("--json", "as_json", is_flag=True, help="同 --format json · the same as --format json")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="html、docx 写到哪里 · where html and docx go",
)
@click.option(
    "--draft",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把事项草稿写成 YAML · write the draft demand",
)
@click.option(
    "--higher",
    metavar="FILE",
    help="所依据的上级文件，用来比对是否层层加码 · the higher document, to find what is added to it",
)
@click.option(
    "--mark", "marks", multiple=True, metavar="TEXT", help="本县另加的密级标志 · a classification mark the county adds"
)
@click.option("--ocr", is_flag=True, help="识别扫描件 · recognise scans (needs the extra ocr)")
@lang_option
def check(
    files: tuple[str, ...],
    on: date | None,
    rules: tuple[str, ...],
    emergency: bool,
    form: str,
    as_json: bool,
    out: Path | None,
    draft: Path | None,
    higher: str | None,
    marks: tuple[str, ...],
    ocr: bool,
    lang: str,
) -> int:
    """检查通知（docx、pdf、html、md、txt，- 为标准输入）或者事项（yaml），说出会被退回的地方、依据和改法。

    Check notices, or demands in YAML: what will be refused, which clause says so, and how to put it right.
    """
    form = "json" if as_json else form
    if form in WRITTEN and out is None:
        raise click.UsageError(f"--format {form} 要用 --out 指明写到哪里。--format {form} needs --out DIR.")
    if draft is not None and len(files) > 1:
        raise click.UsageError("--draft 一次只写一份通知的草稿。--draft takes one FILE.")
    words = Words(lang)
    reader = _Reader(marks, ocr)
    above = _higher(reader, higher, words)
    checker = Checker(packs_or_unusable(rules, words), today=today(), on=on, emergency=emergency, higher=above)
    run = _Run(checker, words, reader)
    judgements = run.judge(files)
    if form == "text":
        judgements = _print_text(judgements, run, words)
    listed = list(judgements)
    if form in {"json", "sarif"}:
        _print_data(listed, form, words)
    elif form in WRITTEN:
        _write(listed, checker, form, out or Path(), words)
    if draft is not None and listed:
        _write_draft(checker, listed[0], draft, words)
    if run.unreadable:
        return 2
    return int(any(judgement.refused for judgement in listed))


@dataclass(frozen=True)
class _Reader:
    """Reads a notice from a file or from standard input."""

    marks: tuple[str, ...]
    ocr: bool

    def read(self, file: str) -> Notice:
        if file == STANDARD_INPUT:
            return read_notice_bytes(sys.stdin.buffer.read(), marks=self.marks, ocr=self.ocr)
        return read_notice(Path(file), name=file, marks=self.marks, ocr=self.ocr)


def _higher(reader: _Reader, file: str | None, words: Words) -> Notice | None:
    try:
        return reader.read(file) if file else None
    except UnreadableNotice as error:
        raise Unusable([describe(error, words)]) from error


class _Run:
    """Judges file after file; what cannot be read is said at once, and the others go on."""

    def __init__(self, checker: Checker, words: Words, reader: _Reader) -> None:
        self._checker, self._words, self._reader = checker, words, reader
        self.unreadable = 0

    def judge(self, files: tuple[str, ...]) -> Iterator[Judgement]:
        for file in files:
            try:
                yield self._judge(file)
            except UnreadableNotice as error:
                self.unreadable += 1
                click.echo(describe(error, self._words), err=True)
            except _BadDemandFile as error:
                self.unreadable += 1
                click.echo("\n".join(error.sentences), err=True)

    def _judge(self, file: str) -> Judgement:
        if Path(file).suffix.lower() in DEMANDS:
            return self._judge_demand(file)
        return self._checker.check_notice(self._reader.read(file))

    def _judge_demand(self, file: str) -> Judgement:
        from qingzhuang.tables.demands import BadDemandFile, SecretDemand, read_demand

        try:
            demand, notice = read_demand(Path(file), name=file, marks=self._reader.marks)
        except SecretDemand as error:
            said = self._words("notices.secret_mark", mark=error.mark)
            raise _BadDemandFile([self._words("notices.in_file", file=file, said=said)]) from None
        except BadDemandFile as error:
            raise _BadDemandFile([fault_said(file, fault, self._words) for fault in error.faults]) from error
        return self._checker.check_demand(demand, notice)


class _BadDemandFile(Exception):
    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(*sentences)


def _print_text(judgements: Iterator[Judgement], run: _Run, words: Words) -> Iterator[Judgement]:
    """Print each judgement as it comes, and the count at the end."""
    from qingzhuang.documents.check.terminal import paint_ansi, paint_nothing, summary, text_of

    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    paint = paint_ansi if coloured else paint_nothing
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    seen: list[Judgement] = []
    for judgement in judgements:
        seen.append(judgement)
        click.echo("\n".join(text_of(judgement, words, paint, columns=columns)), color=coloured or None)
        yield judgement
    click.echo(summary(seen, run.unreadable, words))


def _print_data(judgements: list[Judgement], form: str, words: Words) -> None:
    if form == "json":
        from qingzhuang.documents.check.findings_json import finding_dicts

        data: object = finding_dicts(judgements, words)
    else:
        from qingzhuang.documents.check.sarif import sarif_log

        data = sarif_log(judgements, words)
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _write(judgements: list[Judgement], checker: Checker, form: str, out: Path, words: Words) -> None:
    """Write one file for each notice, named after it; of two with one name the second gets a number."""
    with whole_folder(out) as folder:
        taken: set[str] = set()
        for judgement in judgements:
            name = _free_name(Path(judgement.notice.file).stem or "notice", form, taken)
            if form == "html":
                from qingzhuang.documents.check.page import write_page

                write_page(judgement, folder / name, words, _burden(checker, judgement, words))
            else:
                from qingzhuang.documents.check.comments import write_commented

                write_commented(judgement, Path(judgement.notice.file), folder / name, words)
    for name in sorted(taken):
        click.echo(words("check.written", path=out / name))


def _free_name(stem: str, form: str, taken: set[str]) -> str:
    stem = "notice" if stem == STANDARD_INPUT else stem
    name, number = f"{stem}.{form}", 2
    while name in taken:
        name, number = f"{stem}-{number}.{form}", number + 1
    taken.add(name)
    return name


def _burden(checker: Checker, judgement: Judgement, words: Words) -> Burden | None:
    """Return what the demand costs, where a demand is what was judged."""
    from qingzhuang.domain.demands.burden import BadBurdenRules, burden

    if judgement.demand is None:
        return None
    try:
        return burden(judgement.demand, checker.book(judgement.on))
    except BadBurdenRules as error:
        raise Unusable([words("cli.rules_bad_value", parameter=error.parameter, value=error.value)]) from error


def _write_draft(checker: Checker, judgement: Judgement, draft: Path, words: Words) -> None:
    from qingzhuang.domain.demands.burden import BadBurdenRules
    from qingzhuang.tables.demands import write_demand

    demand = judgement.demand or checker.draft(judgement.notice)
    try:
        with whole_file(draft) as path:
            write_demand(demand, path, checker.book(judgement.on), words)
    except BadBurdenRules as error:
        raise Unusable([words("cli.rules_bad_value", parameter=error.parameter, value=error.value)]) from error
    click.echo(words("check.draft_at", path=draft), err=True)
