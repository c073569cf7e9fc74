"""`qingzhuang overlap`: the overlap engine alone, from memberships to pairs."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import click

from qingzhuang.cli.options import OFF, lang_option, share_option
from qingzhuang.cli.output import Stages, Unusable, whole_file
from qingzhuang.words import Words


@click.command(short_help="find every pair of groups that share members")
@click.argument("memberships", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    metavar="PAIRS",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到哪个 CSV 或 Parquet · file to write",
)
@share_option("jaccard", "0.8", "共有成员占两群全部成员 · shared over all members of both")
@share_option("containment", "0.9", "共有成员占较小群成员 · shared over the smaller one's")
@lang_option
@click.option("--json", "as_json", is_flag=True, help="打到标准输出 · print the pairs as JSON")
def overlap(
    memberships: Path, out: Path | None, jaccard: Fraction | str, containment: Fraction | str, lang: str, as_json: bool
) -> int:
    """找出 MEMBERSHIPS（CSV 或 Parquet，列 channel_id、person_id）里过任一门槛的每一对群。

    Find every pair of groups in MEMBERSHIPS (CSV or Parquet: channel_id, person_id) that passes either threshold.
    """
    from qingzhuang.engines.overlap import overlap_chunks
    from qingzhuang.tables.describe import describe
    from qingzhuang.tables.errors import BadInput
    from qingzhuang.tables.memberships import named_pairs, read_memberships, write_pairs

    words = Words(lang)
    if out is None and not as_json:
        raise click.UsageError("请给出 --out PAIRS（或 --json）。Give --out PAIRS, or --json.")
    if jaccard == OFF and containment == OFF:
        raise click.UsageError("两个门槛不能都关掉。At least one of the thresholds has to be on.")
    try:
        read = read_memberships(memberships)
    except BadInput as error:
        raise Unusable([describe(problem, words) for problem in error.problems]) from error
    with Stages(words) as stages:
        chunks = overlap_chunks(
            read.sets,
            read.members,
            jaccard=None if jaccard == OFF else jaccard,
            containment=None if containment == OFF else containment,
            progress=lambda done, total: stages("overlap", done, total),
        )
        if out is None:
            pairs = [row for chunk in chunks for row in named_pairs(chunk, read.channel_ids).to_dicts()]
            click.echo(json.dumps(pairs, ensure_ascii=False, indent=1))
            return 0
        with whole_file(out) as beside:
            count = write_pairs(beside, chunks, read.channel_ids)
    click.echo(words("cli.pairs_at", path=out, count=count), err=as_json)
    return 0
