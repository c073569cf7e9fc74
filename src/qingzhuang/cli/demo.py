"""`qingzhuang demo`: a fictional county to try things on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from qingzhuang.cli.options import lang_option, on_option
from qingzhuang.cli.output import Stages
from qingzhuang.words import Words


@click.command(short_help="write a fictional county to try things on")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--channels",
    type=click.IntRange(min=1),
    default=640,
    show_default=True,
    metavar="N",
    help="多少个群 · how many groups",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="S",
    help="换个种子，换个县 · another seed, another county",
)
@on_option
@lang_option
def demo(folder: Path, channels: int, seed: int, on: date, lang: str) -> int:
    """在 DIR 里写一个虚构的县 county.xlsx（三万个群以上用 Parquet），和埋在里面的答案 truth.json。

    Write a fictional county into DIR: county.xlsx (Parquet above 30,000 groups) and what was planted in it, truth.json.
    """
    from qingzhuang.demo import make_county, write_county

    words = Words(lang)
    with Stages(words) as stages:
        county = make_county(
            channels=channels, seed=seed, on=on, progress=lambda done, total: stages("demo", done, total)
        )
        stages("write", 0, 1)
        written = write_county(county, folder)
        stages("write", 1, 1)
    click.echo(words("cli.demo_at", path=written))
    return 0
