"""The one way in which pages are made: self-contained, and every value that is put into them escaped."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined

TEMPLATES = "templates"


def environment(package: str, clean: Callable[[str], str]) -> Environment:
    """Return Jinja's environment over the templates of `package`; `clean` takes from each text what may not act on a page."""
    return Environment(
        loader=PackageLoader(package, TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,  # not what is markup already
        trim_blocks=True,
        lstrip_blocks=True,
    )
