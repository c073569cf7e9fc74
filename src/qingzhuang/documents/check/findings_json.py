"""Findings as JSON: a flat list, one entry a finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qingzhuang.documents.check.values import around, said
from qingzhuang.domain.gate import Judgement
from qingzhuang.words import Words


def finding_dicts(judgements: Iterable[Judgement], words: Words) -> list[dict[str, Any]]:
    """Return the findings of all `judgements` as plain values; lines and columns from 1 in code points, the end exclusive."""
    return [
        {
            "file": judgement.notice.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "end_line": finding.place.end_line,
            "end_column": finding.place.end_column,
            "page": finding.place.page,
            "code": str(finding.code),
            "rule": finding.rule.id,
            "severity": str(finding.rule.severity),
            "message": one.message,
            "citation": {
                "document": one.document,
                "clause": one.clause,
                "certainty": str(finding.rule.citation.certainty),
            },
            "words": finding.words,
            "excerpt": "".join(around(finding)),
            "suggestion": one.suggestion,
            "on": judgement.on.isoformat(),
            "from_scan": judgement.notice.scanned,
        }
        for judgement in judgements
        for finding in judgement.findings
        for one in [said(finding, words)]
    ]
