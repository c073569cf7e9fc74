"""Findings as SARIF 2.1.0, the form in which editors and code hosts take what checkers find (OASIS, 2020)."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import PurePath
from string import Formatter
from typing import Any
from urllib.parse import quote

from qingzhuang.documents.check.values import Said, said
from qingzhuang.domain.gate import Judgement
from qingzhuang.engines.rules import Rule, Severity
from qingzhuang.words import Words

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.REJECT: "error", Severity.WARN: "warning", Severity.INFO: "note"}
LANGUAGES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}  # the schema knows no scripts
TOOL = "qingzhuang"


def sarif_log(judgements: Iterable[Judgement], words: Words) -> dict[str, Any]:
    """Return the findings of all `judgements` as the plain values of a SARIF log with one run."""
    listed = [(judgement, said(finding, words)) for judgement in judgements for finding in judgement.findings]
    rules = {one.finding.rule.id: one for _, one in reversed(listed)}
    ids = sorted(rules)
    driver = {"name": TOOL, "version": version(TOOL), "rules": [_descriptor(rules[key], words) for key in ids]}
    run = {
        "tool": {"driver": driver},
        "language": LANGUAGES[words.lang],
        "columnKind": "unicodeCodePoints",
        "results": [_result(judgement, one, ids.index(one.finding.rule.id)) for judgement, one in listed],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _descriptor(one: Said, words: Words) -> dict[str, Any]:
    """Return what is to be said of a rule as such, once for all its findings."""
    rule = one.finding.rule
    descriptor: dict[str, Any] = {
        "id": rule.id,
        "name": str(one.finding.code),
        "shortDescription": {"text": one.kind},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "citation": " · ".join(filter(None, (one.document, one.clause))),
            "certainty": str(rule.citation.certainty),
        },
    }
    if rule.suggestion:
        descriptor["help"] = {"text": _advice(rule, words)}
    return descriptor


def _advice(rule: Rule, words: Words) -> str:
    """Return the suggestion of `rule`, with a gap where each finding says something of its own."""
    fields = {name for text in rule.suggestion.values() for _, name, _, _ in Formatter().parse(text) if name}
    return words.pick(rule.suggestion, **{name: _Gap("…") for name in fields})


class _Gap(str):
    """Stands where a template wants a value; takes any format."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return str(self)


def _result(judgement: Judgement, one: Said, index: int) -> dict[str, Any]:
    finding, place = one.finding, one.finding.place
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "snippet": {"text": finding.words},
    }
    located = {"artifactLocation": {"uri": uri(judgement.notice.file)}, "region": region}
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": LEVELS[finding.rule.severity],
        "message": {"text": one.message},
        "locations": [{"physicalLocation": located}],
        "properties": {
            "severity": str(finding.rule.severity),
            "code": str(finding.code),
            "suggestion": one.suggestion,
            "page": place.page,
            "on": judgement.on.isoformat(),
            "fromScan": judgement.notice.scanned,
        },
    }


def uri(file: str) -> str:
    """Return the path `file` as a URI reference: a relative one stays relative.

    >>> uri("待发/通知 1.docx")
    '%E5%BE%85%E5%8F%91/%E9%80%9A%E7%9F%A5%201.docx'
    """
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
