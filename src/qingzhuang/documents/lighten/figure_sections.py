"""The sections with figures: before and after, how many carry how many, by unit, by platform, the most burdened posts."""

from __future__ import annotations

import polars as pl

from qingzhuang.documents.lighten.blocks import Chart, Lines, Row, Section, Shape, Table
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.summary import summary_table
from qingzhuang.documents.lighten.values import clean, said_number
from qingzhuang.documents.lighten.voice import Voice
from qingzhuang.domain.channels.inventory import MembersAre

UNITS_SHOWN = 20
POSTS_SHOWN = 20
BINS = ((0, 0), (1, 2), (3, 5), (6, 10), (11, 20), (21, 30), (31, 50), (51, 100), (101, 200), (201, 500), (501, None))


def figure_sections(report: Report, voice: Voice) -> list[Section]:
    """Return the sections with figures, in the order in which they are read."""
    return [
        figures(report, voice),
        spread(report, voice),
        by_unit(report, voice),
        by_platform(report, voice),
        posts(report, voice),
    ]


def figures(report: Report, voice: Voice) -> Section:
    """Return the table of before and after."""
    headers = (voice("figure"), voice("before"), voice("after"))
    table = Table(voice("figures_caption"), headers, tuple(summary_table(report, voice.words)), frozenset({1, 2}))
    blocks: tuple[Table | Lines, ...] = (table,)
    if report.result.members_are is MembersAre.UNKNOWN:
        blocks = (table, Lines((voice("members_not_known"),)))
    return Section("figures", voice("figures_title"), blocks)


def spread(report: Report, voice: Voice) -> Section:
    """Return how many people carry how many channels."""
    rows = [(label, before, after) for label, before, after in binned(report.result.spread, voice) if before or after]
    people = voice.people(report.result.members_are)
    title = voice("spread_title_posts" if report.result.members_are is MembersAre.POSTS else "spread_title")
    if not rows:
        return Section("spread", title, (Lines((voice("members_not_known"),)),))
    rows = _without_ends(binned(report.result.spread, voice))
    chart = _chart(voice, "spread", Shape.COLUMNS, rows, header=voice("spread_header"), people=people)
    return Section("spread", title, (chart,))


def by_unit(report: Report, voice: Voice) -> Section:
    """Return groups by unit, in the order of the roll of units: a list by burden would be a ranking."""
    table = report.result.by_unit
    largest = table.sort(["channels_before", "unit"], descending=[True, False], nulls_last=True).head(UNITS_SHOWN)
    shown = in_roll_order(largest, report)
    rows = [
        (clean(row["unit"] or voice("no_unit")), row["channels_before"], row["channels_after"])
        for row in shown.to_dicts()
    ]
    more = voice("units_more", shown=len(rows), count=table.height) if table.height > len(rows) else ""
    return _charted(voice, "units", Shape.BARS, rows, voice("unit"), more)


def by_platform(report: Report, voice: Voice) -> Section:
    """Return groups and apps by platform."""
    table = report.result.by_platform.sort("channels_before", descending=True, maintain_order=True)
    rows = [
        (voice.platform(row["platform"]), row["channels_before"], row["channels_after"])
        for row in table.head(UNITS_SHOWN).to_dicts()
    ]
    more = voice("platforms_more", shown=len(rows), count=table.height) if table.height > len(rows) else ""
    return _charted(voice, "platforms", Shape.BARS, rows, voice("platform"), more)


def posts(report: Report, voice: Voice) -> Section:
    """Return the most burdened posts; posts and units only, no person."""
    table = most_burdened(report)
    if table.is_empty():
        return Section("posts", voice("posts_title", count=POSTS_SHOWN), (Lines((voice("members_not_known"),)),))
    rows = [(post_label(row, voice), row["before"], row["after"]) for row in table.to_dicts()]
    chart = _chart(voice, "posts", Shape.DUMBBELL, rows, header=voice("post"), people="")
    return Section("posts", voice("posts_title", count=len(rows)), (Lines((voice("posts_lead"),)), chart))


def most_burdened(report: Report) -> pl.DataFrame:
    """Return the twenty posts that carry the most channels, most first."""
    return report.result.posts.sort("before", descending=True, maintain_order=True).head(POSTS_SHOWN)


def post_label(row: dict[str, str | None], voice: Voice) -> str:
    """Return unit and post, as far as they are known."""
    unit, post = row["unit"], row["post"]
    if unit and post:
        return clean(voice("unit_and_post", unit=unit, post=post))
    return clean(post or (voice("post_in_unit", unit=unit) if unit else voice("some_post")))


def binned(table: pl.DataFrame, voice: Voice) -> list[tuple[str, int, int]]:
    """Return how many people are in each bin of channels carried, before and after."""
    said = []
    for low, high in BINS:
        within = (pl.col("channels") >= low) & ((pl.col("channels") <= high) if high is not None else pl.lit(True))
        sums = table.filter(within).select(pl.col("people_before").sum(), pl.col("people_after").sum()).row(0)
        said.append((_bin_label(low, high, voice), int(sums[0]), int(sums[1])))
    return said


def _bin_label(low: int, high: int | None, voice: Voice) -> str:
    if high is None:
        return voice("bin_open", low=low)
    return voice("bin_none") if low == high else voice("bin", low=low, high=high)


def _without_ends(rows: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return `rows` without those at either end where nobody is."""
    filled = [index for index, (_, before, after) in enumerate(rows) if before or after]
    return rows[filled[0] : filled[-1] + 1]


def in_roll_order(table: pl.DataFrame, report: Report) -> pl.DataFrame:
    """Return a table by `unit` in the order of the roll of units, those that are not on it after it by name: never by rank."""
    roll = report.inventory.units.select("unit").unique(maintain_order=True).with_row_index("position")
    return table.join(roll, on="unit", how="left").sort(["position", "unit"], nulls_last=True).drop("position")


def _charted(
    voice: Voice, name: str, shape: Shape, rows: list[tuple[str, int, int]], header: str, more: str
) -> Section:
    title = voice(f"{name}_title")
    if not rows:
        return Section(name, title, (Lines((voice(f"{name}_none"),)),))
    return Section(name, title, (_chart(voice, name, shape, rows, header=header, people="", more=more),))


def _chart(
    voice: Voice, name: str, shape: Shape, rows: list[tuple[str, int, int]], *, header: str, people: str, more: str = ""
) -> Chart:
    """Return a chart with its table; its description says its totals and its greatest row."""
    labels, before, after = (tuple(column) for column in zip(*rows, strict=True))
    top = max(rows, key=lambda row: row[1])
    said = {"label": top[0], "top_before": said_number(top[1]), "top_after": said_number(top[2])}
    description = voice(f"{name}_description", people=people, rows=len(rows), **said)
    series = (voice("before"), voice("after"))
    cells: tuple[Row, ...] = tuple((label, said_number(old), said_number(new)) for label, old, new in rows)
    table = Table(voice(f"{name}_caption", people=people), (header, *series), cells, frozenset({1, 2}), more)
    return Chart(
        name,
        shape,
        table.caption,
        description,
        labels,
        before,
        after,
        series,
        voice(f"{name}_measure", people=people),
        table,
    )
