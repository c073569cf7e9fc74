"""`python -m bench [NAMES]`: run the named parts (all by default) and write bench/RESULTS.md.

A part is a module of this folder with a function `run(report: Report) -> None`.
"""

import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path

from bench.report import Report, write


def parts() -> list[str]:
    """The modules of this folder that have a `run`."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    return [
        name
        for name in names
        if "\ndef run(report" in Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    ]


def main(names: list[str]) -> int:
    """Run the parts `names`; 2 when one is not there."""
    unknown = sorted(set(names) - set(parts()))
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(parts())}", file=sys.stderr)
        return 2
    for name in names or parts():
        print(f"== {name}", flush=True)
        report = Report(name)
        import_module(f"bench.{name}").run(report)
        write([report], datetime.now().astimezone().date())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
