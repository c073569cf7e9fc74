"""What every verb does alike when it writes and when it takes long: whole files or none, progress, one clear error."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from qingzhuang.words import Words


class Unusable(click.ClickException):
    """Input that nothing can be made of: exit code 2, and every sentence on its own line."""

    exit_code = 2

    def __init__(self, sentences: list[str]) -> None:
        """Keep the sentences."""
        super().__init__("\n".join(sentences))

    def show(self, file: object = None) -> None:  # noqa: ARG002 -- click's signature
        """Write the sentences to standard error."""
        click.echo(self.message, err=True)


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a folder to write into; only when all went well do its files appear in `out`, each at once."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield beside
        beside.chmod(0o755)
        if out.exists():
            for written in sorted(beside.iterdir()):
                written.replace(out / written.name)
        else:
            beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """Give a path to write to; only when all went well does it become `out`."""
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=_made(out.parent)) as folder:
        beside = Path(folder) / out.name
        yield beside
        beside.replace(out)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Stages:
    """Progress on standard error: a line a stage, moving on a terminal, silent elsewhere."""

    def __init__(self, words: Words) -> None:
        """Prepare the lines; texts are `cli.stage_<stage>`."""
        # Rich is loaded by whoever shows progress; `check` shows none and has to start at once.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._words = words
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, int] = {}

    def __enter__(self) -> Stages:
        """Start to show."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` of `stage` is done."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(self._words(f"cli.stage_{stage}"), total=None)
        self._progress.update(self._tasks[stage], completed=done, total=max(total, 1))  # type: ignore[arg-type]
