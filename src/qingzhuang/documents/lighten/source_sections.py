"""The sections about what the report rests on: findings that could not be made, notes, inputs, rule packs, and the method."""

from __future__ import annotations

from qingzhuang.documents.lighten.blocks import Block, Lines, Points, Section, Table
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.summary import ROUNDING
from qingzhuang.documents.lighten.values import clean, said_number, said_share
from qingzhuang.documents.lighten.voice import Voice
from qingzhuang.engines.rules import PackHead

LIMIT = 50


def source_sections(report: Report, voice: Voice) -> list[Section]:
    """Return what the report rests on."""
    return [
        switched_off(report, voice),
        notes(report, voice),
        inputs(report, voice),
        packs(report, voice),
        method(report, voice),
    ]


def switched_off(report: Report, voice: Voice) -> Section:
    """Return which findings could not be made, and the columns that they need."""
    said = switched_off_said(report, voice)
    blocks: tuple[Block, ...] = (Lines((voice("switched_off_none"),)),)
    if said:
        blocks = (Lines((voice("switched_off_lead"),)), Points(said))
    return Section("switched-off", voice("switched_off_title"), blocks)


def switched_off_said(report: Report, voice: Voice) -> tuple[str, ...]:
    """Return one statement for each finding that could not be made."""
    comma = voice("list_comma")
    return tuple(
        voice(
            "switched_off",
            finding=voice.term("finding", off.code.value),
            columns=comma.join(map(voice.column, off.needs)),
        )
        for off in report.result.switched_off
    )


def notes(report: Report, voice: Voice) -> Section:
    """Return what the reader should know of the input."""
    said = notes_said(report, voice)
    if not said:
        return Section("notes", voice("notes_title"), (Lines((voice("notes_none"),)),))
    more = voice("notes_more", shown=LIMIT, count=len(said)) if len(said) > LIMIT else ""
    return Section("notes", voice("notes_title"), (Points(said[:LIMIT], more),))


def notes_said(report: Report, voice: Voice) -> tuple[str, ...]:
    """Return every note in words, the doubtful nicknames first."""
    count = len(report.doubtful)
    doubtful = (
        [voice("doubtful", count=count, number=said_number(count), sheet=voice("sheet_nicknames"))] if count else []
    )
    return tuple(doubtful + [voice.note(note) for note in report.all_notes])


def inputs(report: Report, voice: Voice) -> Section:
    """Return the files read, their rows and their digests."""
    rows = [
        (
            clean(file.name),
            voice("list_comma").join(_rows_read(table, count, voice) for table, count in file.rows.items()),
            file.sha256,
        )
        for file in report.inputs
    ]
    more = voice("more_json", shown=LIMIT, count=len(rows)) if len(rows) > LIMIT else ""
    table = Table(
        voice("inputs_caption"), (voice("file"), voice("rows_read"), voice("digest")), tuple(rows[:LIMIT]), more=more
    )
    return Section("inputs", voice("inputs_title"), (table,), appendix=True)


def _rows_read(table: str, count: int, voice: Voice) -> str:
    return voice("rows", table=table, count=count, number=said_number(count))


def packs(report: Report, voice: Voice) -> Section:
    """Return the rule packs used; who checked them is a person, so only when is said."""
    if not report.packs:
        return Section("packs", voice("packs_title"), (Lines((voice("packs_none"),)),), appendix=True)
    rows = tuple(
        (pack_title(pack, voice), in_force(pack, voice), checked(pack, voice), pack.sha256) for pack in report.packs
    )
    headers = (voice("pack"), voice("in_force"), voice("checked"), voice("digest"))
    return Section("packs", voice("packs_title"), (Table(voice("packs_caption"), headers, rows),), appendix=True)


def pack_title(pack: PackHead, voice: Voice) -> str:
    """Return the title of a pack with issuer and number."""
    title = voice.pick(pack.title) or pack.id
    return clean(
        voice("pack_title", title=title, issuer=voice("list_comma").join(p for p in (pack.issuer, pack.number) if p))
    )


def in_force(pack: PackHead, voice: Voice) -> str:
    """Return from when to when a pack is in force."""
    if pack.in_force_until is None:
        return voice("in_force_from", start=voice.date(pack.in_force_from))
    return voice("in_force_between", start=voice.date(pack.in_force_from), end=voice.date(pack.in_force_until))


def checked(pack: PackHead, voice: Voice) -> str:
    """Return whether the pack was checked against its source, and when."""
    if pack.checked_on is None:
        return voice("not_checked")
    return voice("checked_on", day=voice.date(pack.checked_on))


def method(report: Report, voice: Voice) -> Section:
    """Return how the plan was found, in three sentences, with the figures that anyone can recompute."""
    rows = bound_rows(report, voice)
    table = Table(voice("bound_caption"), (voice("figure"), voice("value")), rows, frozenset({1}))
    sentences = tuple(voice(f"method_{number}") for number in (1, 2, 3))
    return Section("method", voice("method_title"), (Lines(sentences), table), appendix=True)


def bound_rows(report: Report, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Return burden, bound and gap, and how many separate parts were solved in which way."""
    bound = report.result.bound
    rows = [
        (voice("bound_objective"), f"{bound.objective:,.2f}"),
        (voice("bound_lower"), f"{bound.lower_bound:,.2f}"),
        (voice("bound_gap"), said_share(bound.gap if bound.gap >= ROUNDING else 0.0)),
    ]
    rows += [
        (voice("solved", how=voice.term("solved", how)), said_number(count))
        for how, count in report.result.solved.items()
    ]
    return tuple(rows)
