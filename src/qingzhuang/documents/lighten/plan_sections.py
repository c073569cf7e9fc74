"""The sections about single channels: what must be decided first, what goes, what stays, what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from qingzhuang.documents.lighten.blocks import Block, Lines, Row, Section, Table
from qingzhuang.documents.lighten.facts import Facts, findings_by_rule
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.values import said_number
from qingzhuang.documents.lighten.voice import Voice
from qingzhuang.domain.channels.result import Action, Code, Finding, ReasonCode, Step

LIMIT = 50
LARGEST = 12
TO_DECIDE = 10
EXAMPLES = 3


def first(report: Report, facts: Facts, voice: Voice) -> Section:
    """Return what must be decided before anything else: channels without a target, and secrets on public platforms."""
    unresolved = [facts.actions[channel_id] for channel_id in report.result.unresolved]
    mismatched = _mismatched(report)
    blocks: list[Block] = []
    if unresolved:
        blocks += [
            Lines((voice("unresolved_lead", count=len(unresolved), number=said_number(len(unresolved))),), urgent=True)
        ]
        blocks += [_unresolved_table(unresolved, facts, voice)]
    if mismatched:
        blocks += [
            Lines((voice("secrecy_lead", count=len(mismatched), number=said_number(len(mismatched))),), urgent=True)
        ]
        blocks += [_secrecy_table(mismatched, facts, voice)]
    if not blocks:
        blocks = [Lines((voice("first_none"),))]
    return Section("first", voice("first_title"), tuple(blocks), urgent=bool(mismatched or unresolved))


def _mismatched(report: Report) -> list[Finding]:
    """Return one finding for each channel whose secrecy does not fit its platform."""
    found = {finding.channel_id: finding for finding in report.result.findings if finding.code is Code.SECRECY_MISMATCH}
    return list(found.values())


def _secrecy_table(findings: list[Finding], facts: Facts, voice: Voice) -> Table:
    rows = [
        (
            voice.channel(finding.channel_id),
            facts.unit(finding.channel_id, voice),
            voice.platform(facts.platforms.get(finding.channel_id)),
            voice.finding(finding),
        )
        for finding in findings[:LIMIT]
    ]
    headers = (voice("channel"), voice("unit"), voice("platform"), voice("what_is_wrong"))
    return Table(voice("secrecy_caption"), headers, tuple(rows), more=_more_to_decide(LIMIT, len(findings), voice))


def _unresolved_table(actions: list[Action], facts: Facts, voice: Voice) -> Table:
    by_id = {action.channel_id: action for action in actions}
    rows = [
        (facts.sized(key, voice), facts.unit(key, voice), why_unresolved(by_id[key], voice))
        for key in facts.largest(by_id, TO_DECIDE)
    ]
    headers = (voice("channel"), voice("unit"), voice("why_unresolved"))
    return Table(
        voice("unresolved_caption"), headers, tuple(rows), more=_more_to_decide(TO_DECIDE, len(actions), voice)
    )


def _more_to_decide(shown: int, count: int, voice: Voice) -> str:
    return voice("more", shown=shown, count=count, sheet=voice("sheet_first")) if count > shown else ""


def goes(report: Report, facts: Facts, voice: Voice) -> Section:
    """Return what is dissolved or merged, and why."""
    going = [action for action in report.result.actions if action.step is not Step.KEEP]
    if not going:
        return Section("goes", voice("goes_title"), (Lines((voice("goes_none"),)),))
    by_step = {step: Counter(reason for a in going if a.step is step for reason in a.reasons) for step in Step}
    rows = []
    for reason, ids in _by_reason(going):
        counts = (by_step[step][reason] for step in (Step.DISSOLVE, Step.MERGE))
        rows.append((voice.term("reason", reason.value), *map(said_number, counts), _examples(ids, facts, voice)))
    headers = (voice("reason"), voice.step(Step.DISSOLVE), voice.step(Step.MERGE), voice("largest"))
    reasons = Table(voice("goes_caption"), headers, tuple(rows), frozenset({1, 2}))
    blocks = (Lines((voice("goes_lead"),)), reasons, _largest(going, facts, voice, "goes_largest_caption"))
    return Section("goes", voice("goes_title"), blocks)


def stays(report: Report, facts: Facts, voice: Voice) -> Section:
    """Return what is kept, and why."""
    kept = [action for action in report.result.actions if action.step is Step.KEEP]
    if not kept:
        return Section("stays", voice("stays_title"), (Lines((voice("stays_none"),)),))
    rows = [
        (voice.term("reason", reason.value), said_number(len(ids)), _examples(ids, facts, voice))
        for reason, ids in _by_reason(kept)
    ]
    table = Table(
        voice("stays_caption"), (voice("reason"), voice("channels"), voice("largest")), tuple(rows), frozenset({1})
    )
    return Section("stays", voice("stays_title"), (Lines((voice("stays_lead"),)), table))


def found(report: Report, facts: Facts, voice: Voice) -> Section:
    """Return the findings by code and rule, with their source and how sure it is."""
    grouped = findings_by_rule(report.result.findings)
    if not grouped:
        return Section("findings", voice("findings_title"), (Lines((voice("findings_none"),)),))
    rows = [_finding_row(findings, facts, voice) for findings in sorted(grouped.values(), key=_weight)]
    headers = (voice("finding"), voice("channels"), voice("severity"), voice("citation"), voice("example"))
    more = voice("more", shown=LIMIT, count=len(rows), sheet=voice("sheet_findings")) if len(rows) > LIMIT else ""
    table = Table(voice("findings_caption"), headers, tuple(rows[:LIMIT]), frozenset({1}), more)
    return Section("findings", voice("findings_title"), (Lines((voice("findings_lead"),)), table))


def _weight(findings: list[Finding]) -> tuple[int, int]:
    """Sort by severity, then by how many there are."""
    severities = list(type(findings[0].rule.severity))
    return severities.index(findings[0].rule.severity), -len(findings)


def _finding_row(findings: list[Finding], facts: Facts, voice: Voice) -> Row:
    rule = findings[0].rule
    by_channel = {finding.channel_id: finding for finding in reversed(findings)}
    example = by_channel[facts.largest(by_channel, 1)[0]]
    certainty = voice.term("certainty", rule.citation.certainty.value)
    source = voice("source", citation=voice.citation(rule.citation), certainty=certainty, rule=rule.id)
    return (
        voice.term("finding", rule.code),
        said_number(len(by_channel)),
        voice.term("severity", rule.severity.value),
        source,
        voice("example_said", channel=voice.quoted(example.channel_id), said=voice.finding(example)),
    )


def reasons_text(action: Action, voice: Voice) -> str:
    """Return every reason for an action in one phrase."""
    return voice("list_stop").join(voice.reason(action, reason).rstrip("。.") for reason in action.reasons)


def why_unresolved(action: Action, voice: Voice) -> str:
    """Return why a channel must go that has nowhere to go."""
    demands = tuple(reason for reason in action.reasons if reason is not ReasonCode.NO_TARGET)
    return reasons_text(replace(action, reasons=demands or action.reasons), voice)


def step_text(action: Action, voice: Voice) -> str:
    """Return what is done with a channel."""
    if action.step is Step.MERGE and action.into is not None:
        return voice("merge_into", into=voice.quoted(action.into))
    return voice.step(action.step)


def _by_reason(actions: list[Action]) -> list[tuple[ReasonCode, list[str]]]:
    """Return the channels of each reason, the most frequent reason first."""
    grouped: defaultdict[ReasonCode, list[str]] = defaultdict(list)
    for action in actions:
        for reason in dict.fromkeys(action.reasons):
            grouped[reason].append(action.channel_id)
    order = list(ReasonCode)
    return sorted(grouped.items(), key=lambda item: (-len(item[1]), order.index(item[0])))


def _examples(ids: list[str], facts: Facts, voice: Voice) -> str:
    return voice("list_comma").join(facts.sized(channel_id, voice) for channel_id in facts.largest(ids, EXAMPLES))


def _largest(actions: list[Action], facts: Facts, voice: Voice, caption: str) -> Table:
    by_id = {action.channel_id: action for action in actions}
    rows = [
        (facts.sized(key, voice), facts.unit(key, voice), step_text(by_id[key], voice), reasons_text(by_id[key], voice))
        for key in facts.largest(by_id, LARGEST)
    ]
    headers = (voice("channel"), voice("unit"), voice("action"), voice("why"))
    more = (
        voice("more", shown=LARGEST, count=len(actions), sheet=voice("sheet_actions")) if len(actions) > LARGEST else ""
    )
    return Table(voice(caption), headers, tuple(rows), more=more)
