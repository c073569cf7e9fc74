"""plan.json: the whole plan for other programs, one row a line, the same bytes for the same input."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

from qingzhuang.documents.lighten.figure_sections import in_roll_order
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.voice import Voice, full_voice
from qingzhuang.domain.channels.result import Figures
from qingzhuang.engines.rules import Citation
from qingzhuang.words import Words

Json = dict[str, Any]
ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def plan_dict(report: Report, words: Words) -> Json:
    """Return plan.json as plain values; texts are in the language of `words`, codes are the same in every language."""
    parts = _parts(report, words)
    return {name: list(part) if isinstance(part, Iterator) else part for name, part in parts.items()}


def write_plan_json(report: Report, path: Path, words: Words) -> None:
    """Write plan.json to `path`, in UTF-8, row by row."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        _write(file, _parts(report, words))


def _parts(report: Report, words: Words) -> dict[str, Any]:
    """Return the parts of plan.json in order; those that can be long are iterators."""
    result, voice = report.result, full_voice(report, words)
    return {
        "as_of": result.as_of.isoformat(),
        "inputs": [{"name": file.name, "sha256": file.sha256, "rows": dict(file.rows)} for file in report.inputs],
        "rules": [{"id": pack.id, "sha256": pack.sha256} for pack in report.packs],
        "before": _figures(result.before),
        "after": _figures(result.after),
        "bound": {
            "objective": plain(result.bound.objective),
            "lower_bound": plain(result.bound.lower_bound),
            "gap": plain(result.bound.gap),
        },
        "solved": dict(sorted(result.solved.items())),
        "by_unit": in_roll_order(result.by_unit, report).iter_rows(named=True),
        "by_platform": result.by_platform.iter_rows(named=True),
        "unresolved": list(result.unresolved),
        "switched_off": [{"code": off.code.value, "needs": list(off.needs)} for off in result.switched_off],
        "notes": [{"code": note.code, "data": plain(note.data), "text": voice.note(note)} for note in report.all_notes],
        "actions": _actions(report, voice),
        "findings": _findings(report, voice),
    }


def _figures(figures: Figures) -> Json:
    return {
        "channels": figures.channels,
        "memberships": figures.memberships,
        "people": figures.people,
        "channels_per_person": {"median": plain(figures.median), "p95": plain(figures.p95), "max": figures.max},
        "messages_per_person_week": plain(figures.messages_per_person_week),
    }


def _actions(report: Report, voice: Voice) -> Iterator[Json]:
    for action in report.result.actions:
        yield {
            "channel_id": action.channel_id,
            "action": action.step.value,
            "into": action.into,
            "adds": list(action.adds),
            "exposes": action.exposes,
            "reasons": [{"code": reason.value, "text": voice.reason(action, reason)} for reason in action.reasons],
        }


def _findings(report: Report, voice: Voice) -> Iterator[Json]:
    citations: dict[str, Json] = {}
    for finding in report.result.findings:
        rule = finding.rule
        if rule.id not in citations:
            citations[rule.id] = _citation(rule.citation, voice)
        yield {
            "channel_id": finding.channel_id,
            "code": finding.code.value,
            "rule": rule.id,
            "severity": rule.severity.value,
            "citation": citations[rule.id],
            "evidence": plain(finding.evidence),
            "message": voice.finding(finding),
        }


def _citation(citation: Citation, voice: Voice) -> Json:
    return {
        "document": voice.pick(citation.document),
        "clause": voice.pick(citation.clause),
        "certainty": citation.certainty.value,
    }


def plain(value: object) -> Any:
    """Return `value` as JSON can hold it: days as ISO text, sets in order, what is not a number as null."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return [plain(part) for part in sorted(value, key=str)]
    if isinstance(value, Iterable):
        return [plain(part) for part in value]
    return str(value)


def _write(file: TextIO, parts: Mapping[str, Any]) -> None:
    """Write one part a line, and one row a line within those that are lists of rows."""
    for index, (name, part) in enumerate(parts.items()):
        file.write(f"{',' if index else '{'}\n{_dumps(name)}: ")
        if isinstance(part, Iterator):
            _write_rows(file, part)
        else:
            file.write(_dumps(part))
    file.write("\n}\n")


def _write_rows(file: TextIO, rows: Iterable[Json]) -> None:
    separator = "["
    for row in rows:
        file.write(f"{separator}\n{_dumps(row)}")
        separator = ","
    file.write("[]" if separator == "[" else "\n]")


def _dumps(value: object) -> str:
    return ENCODER.encode(value)
