"""How a plan is spoken of: the names of channels, what a finding says, why a step is taken, what a note says.

A `Voice` for plan.json and plan.xlsx says all it knows. The one made by `without_names` is for what is read aloud or passed on: wherever
an owner's or a person's name or number would stand, it says that the name is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import polars as pl

from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.values import Ratio, clean, fields_of, filled, iso_date, joined, said_date
from qingzhuang.domain.channels.inventory import Inventory, MembersAre, Note
from qingzhuang.domain.channels.result import Action, Code, Finding, ReasonCode, Step
from qingzhuang.engines.rules import Citation
from qingzhuang.words import Words, catalogue

PERSON_KEYS = frozenset(
    {"owner", "owners", "person", "persons", "person_id", "people", "member", "members", "nickname", "candidates"}
)
PARTNERS = frozenset({"with", "in"})
TERMS = {"platform": "platform", "secrecy": "secrecy", "level": "secrecy"}
PAIRED = frozenset({Code.DUPLICATE, Code.CONTAINED, Code.OVERLAPPING})
WRITTEN = ("zh-Hans", "en")


@dataclass(frozen=True)
class Voice:
    """Says everything about one plan in one language; `hidden` are the texts that it will not say."""

    words: Words
    names: Mapping[str, str]
    found: Mapping[tuple[str, str], Finding] = field(default_factory=dict)
    anonymous: bool = False
    hidden: frozenset[str] = frozenset()

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the text `name` of report.toml."""
        return self.words(f"report.{name}", **values)

    def term(self, kind: str, code: str) -> str:
        """Return how plan.toml calls `code`, as `term("finding", "secrecy-mismatch")`; a code it does not know is returned as it is."""
        return self._known_term(kind, code) or code

    def _known_term(self, kind: str, code: str) -> str | None:
        texts = catalogue("plan", _written(self.words))
        for name in (f"{kind}_{code}", f"{kind}_{code.replace('-', '_')}"):
            if name in texts:
                return self.words.finish(texts[name])
        return None

    def step(self, step: Step) -> str:
        """Return what a step is called."""
        return self.words(f"plan.{step.value}")

    def channel(self, channel_id: str) -> str:
        """Return the name of a channel, or its id where it has none."""
        return clean(self.names.get(channel_id) or channel_id)

    def quoted(self, channel_id: str) -> str:
        """Return the name of a channel as it stands within a sentence."""
        return self.words("plan.quoted", name=self.channel(channel_id))

    def platform(self, code: str | None) -> str:
        """Return how a platform is called, or that none is given."""
        return clean(self.term("platform", code)) if code else self("no_platform")

    def column(self, path: str) -> str:
        """Return how the column `path`, as `channels.last_active`, is called for its reader."""
        table, _, name = path.partition(".")
        return self._known_term("column", f"{table}_{name}") or self._known_term("column", name or table) or path

    def date(self, day: date | None) -> str:
        """Return `day` in words, nothing for none."""
        return "" if day is None else said_date(day, self.words)

    def pick(self, texts: Mapping[str, str], values: Mapping[str, object] | None = None) -> str:
        """Return a rule pack's text in this language, in the pack's own where it has no other, filled with `values`."""
        if not texts:
            return ""
        fallback = dict.fromkeys(WRITTEN, next(iter(texts.values())))
        every = {**fallback, **texts}
        fields = fields_of(every[_written(self.words)])
        said = self.values(values, fields) if values else {}
        return clean(filled(partial(self.words.pick, every), fields, said))

    def values(self, data: Mapping[str, object], fields: frozenset[str]) -> dict[str, object]:
        """Return those of `data` that a text wants in its `fields`, ready to stand in it.

        Of a list the first few are said, and how many there are unless the text says so itself by `count`.
        """
        counts = "count" not in fields
        return {key: self.value(key, data[key], counts=counts) for key in fields | {"count"} if key in data}

    def value(self, key: str, value: object, *, counts: bool = True) -> object:
        """Return one value, ready to stand in a text."""
        if isinstance(value, str):
            return self._text(key, value)
        if isinstance(value, date):
            return said_date(value, self.words)
        if isinstance(value, bool) or value is None or isinstance(value, int):
            return value
        if isinstance(value, float):
            return Ratio(value)
        if isinstance(value, Iterable):
            parts = [str(self.value(key, part)) for part in value]
            if self.anonymous and key in PERSON_KEYS:
                return self("people_count", count=len(parts))
            return joined(parts, self.words, counts=counts)
        return clean(str(value))

    def _text(self, key: str, text: str) -> str:
        if key in PERSON_KEYS:
            return self("name_left_out") if self.anonymous else clean(text)
        if key == "columns":
            return self.column(clean(text))
        if key in TERMS:
            return clean(self.term(TERMS[key], text))
        if text in self.hidden:
            return self("name_left_out")
        if text in self.names:
            return self.quoted(text)
        day = iso_date(text)
        return clean(text) if day is None else said_date(day, self.words)

    def finding(self, finding: Finding) -> str:
        """Return what `finding` says."""
        return self.pick(finding.rule.message, _closest(finding.evidence))

    def suggestion(self, finding: Finding) -> str:
        """Return what `finding` suggests to do."""
        return self.pick(finding.rule.suggestion, _closest(finding.evidence))

    def reason(self, action: Action, reason: ReasonCode) -> str:
        """Return why `action` is taken: what the finding of that code says, or the words of plan.toml.

        A finding on a pair may name many partners; the reason for a merge is the one partner that is merged into.
        """
        finding = None if reason.value in PAIRED else self.found.get((action.channel_id, reason.value))
        if finding is not None and finding.rule.message:
            return self.finding(finding)
        into = self.words("plan.another_channel") if action.into is None else self.quoted(action.into)
        return self.words(f"plan.because_{reason.value.replace('-', '_')}", into=into)

    def note(self, note: Note) -> str:
        """Return what `note` says, from report.toml or the table reader's input.toml."""
        name = f"note_{note.code.replace('-', '_')}"
        for part in ("report", "input"):
            template = _template(part, name, self.words)
            if template is not None:
                fields = fields_of(template)
                said = self.values(note.data, fields)
                return clean(filled(partial(self.words, f"{part}.{name}"), fields, said))
        raise KeyError(name)

    def citation(self, citation: Citation) -> str:
        """Return document and clause in one phrase."""
        return " ".join(part for part in (self.pick(citation.document), self.pick(citation.clause)) if part)

    def people(self, members_are: MembersAre) -> str:
        """Return what the members are: people, or posts and units."""
        return self.words("plan.people_posts" if members_are is MembersAre.POSTS else "plan.people_persons")


def full_voice(report: Report, words: Words) -> Voice:
    """Return the voice for plan.json and plan.xlsx, which names everything."""
    channels = report.inventory.channels
    named = channels.filter(pl.col("name").is_not_null())
    names: dict[str, str] = dict(zip(channels["channel_id"], channels["channel_id"], strict=True))
    names.update(zip(named["channel_id"], named["name"], strict=True))
    return Voice(words, names, _by_reason(report.result.findings))


def without_names(voice: Voice, report: Report) -> Voice:
    """Return `voice` so that it names no person and no owner that stands in the findings or notes of `report`."""
    texts = {text for finding in report.result.findings for text in _texts(finding.evidence)}
    texts |= {text for note in report.all_notes for text in _texts(note.data)}
    hidden = texts & _private(report.inventory, texts)
    return replace(voice, anonymous=True, hidden=frozenset(hidden))


def _by_reason(findings: Iterable[Finding]) -> dict[tuple[str, str], Finding]:
    """Index the first finding of each channel and code."""
    found: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        found.setdefault((finding.channel_id, finding.code.value), finding)
    return found


def _closest(evidence: Mapping[str, object]) -> dict[str, object]:
    """Return `evidence` with the closest partner alone: the figures beside it are that one's, and `count` says how many there are."""
    return {
        key: value[0] if key in PARTNERS and isinstance(value, list | tuple) and value else value
        for key, value in evidence.items()
    }


def _texts(values: Mapping[str, object]) -> set[str]:
    """Return every text in `values`, also those in lists."""
    found: set[str] = set()
    for value in values.values():
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Iterable):
            found.update(part for part in value if isinstance(part, str))
    return found


def _private(inventory: Inventory, texts: set[str]) -> set[str]:
    """Return which of `texts` name or number a person, and neither a channel nor a unit."""
    columns = [inventory.channels["owner"], inventory.people["name"], inventory.people["person_id"]]
    if inventory.members_are is MembersAre.PERSONS:
        columns.append(inventory.memberships["person_id"])
    public = [
        inventory.channels["channel_id"],
        inventory.channels["unit"],
        inventory.units["unit"],
        inventory.people["unit"],
    ]
    wanted = pl.Series("text", sorted(texts), dtype=pl.String)

    def among(series: Iterable[pl.Series]) -> set[str]:
        return {
            text for column in series for text in wanted.filter(wanted.is_in(column.drop_nulls().unique().implode()))
        }

    return among(columns) - among(public)


def _template(part: str, name: str, words: Words) -> str | None:
    try:
        return catalogue(part, _written(words)).get(name)
    except FileNotFoundError:
        return None


def _written(words: Words) -> str:
    return "en" if words.lang == "en" else "zh-Hans"
