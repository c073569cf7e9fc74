"""A web page about one notice: the verdict, and the notice itself with the words at fault marked and the notes beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Template
from markupsafe import Markup, escape

from qingzhuang.documents.check.asked import asked, cost
from qingzhuang.documents.check.content import content
from qingzhuang.documents.check.values import parts, printable
from qingzhuang.documents.pages import environment
from qingzhuang.domain.demands.burden import Burden
from qingzhuang.domain.gate import Judgement
from qingzhuang.words import Words


def write_page(judgement: Judgement, path: Path, words: Words, burden: Burden | None = None) -> None:
    """Write the page about `judgement` to `path`; `burden` is what the demand costs, where that was computed."""
    stream = template().stream(
        page=content(judgement, words),
        asked=asked(judgement.demand, words) if judgement.demand else None,
        cost=cost(burden, words) if burden else None,
        file=judgement.notice.file,
        lang=words.lang,
        say=lambda name, **values: words(f"check.{name}", **values),
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream)


@cache
def template() -> Template:
    """Return the page's template; every value that is put into it is escaped."""
    made = environment(__package__, printable)
    made.filters["shown"] = shown
    return made.get_template("page.html.jinja")


def shown(text: str, hidden: str) -> Markup:
    """Return `text` for the page; a character that acts without being seen becomes a sign with its number.

    `hidden` says what such a sign stands for.

    >>> shown("<b>不\\u200b得", "看不见的字符")
    Markup('&lt;b&gt;不<span class="hidden" title="看不见的字符">U+200B</span>得')
    """
    sign = Markup('<span class="hidden" title="{}">{}</span>')
    return Markup("").join(sign.format(hidden, part) if is_hidden else escape(part) for part, is_hidden in parts(text))
