"""What a report says, in order; the same for HTML and Word."""

from __future__ import annotations

from qingzhuang.documents.lighten.blocks import Contents
from qingzhuang.documents.lighten.facts import facts_of
from qingzhuang.documents.lighten.figure_sections import figure_sections
from qingzhuang.documents.lighten.plan_sections import first, found, goes, stays
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.source_sections import source_sections
from qingzhuang.documents.lighten.summary import headline, leads
from qingzhuang.documents.lighten.voice import full_voice, without_names
from qingzhuang.words import Words


def contents(report: Report, words: Words) -> Contents:
    """Return the whole report in the language of `words`, without the name of any person or owner."""
    voice = without_names(full_voice(report, words), report)
    facts = facts_of(report)
    sections = [
        first(report, facts, voice),
        *figure_sections(report, voice),
        goes(report, facts, voice),
        stays(report, facts, voice),
        found(report, facts, voice),
        *source_sections(report, voice),
    ]
    as_of = voice("as_of", day=voice.date(report.result.as_of))
    return Contents(voice("title"), as_of, headline(report, voice), leads(report, voice), tuple(sections))
