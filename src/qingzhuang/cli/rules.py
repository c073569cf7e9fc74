"""`qingzhuang rules`: which rules are in force on a day, what one says, and whether their cases hold."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from qingzhuang.cli.options import lang_option, on_option, rules_option
from qingzhuang.cli.output import Unusable
from qingzhuang.cli.packs import packs_or_unusable, unusable_pack
from qingzhuang.engines.rules import Pack, PackError, Rule, RuleBook, Severity, open_book
from qingzhuang.words import Words

LOUDEST = 8
"""How many of a sign's most telling words are shown."""


@click.group(short_help="which rules are in force on a day")
def rules() -> None:
    """看规则：哪天有哪些规则（list）、一条规则的依据和例子（show）、每个例子是否判得对（test）。

    The rules in force on a day, one rule with its source and cases, and whether every case is judged as it says.
    """


@rules.command(name="list")
@on_option
@rules_option
@lang_option
@click.option("--json", "as_json", is_flag=True, help="JSON")
def list_(on: date, rules: tuple[str, ...], lang: str, as_json: bool) -> int:
    """列出某天有效的规则，按问题和轻重排列 · the rules in force on a day."""
    words = Words(lang)
    book = _book(packs_or_unusable(rules, words), on, words)
    order = list(Severity)
    listed = sorted(book.rules.values(), key=lambda rule: (rule.code, order.index(rule.severity)))
    if as_json:
        click.echo(json.dumps([_dict(rule, words) for rule in listed], ensure_ascii=False, indent=1))
        return 0
    click.echo(words("rules.in_force", on=on.isoformat(), count=len(listed), packs=len(book.packs)))
    for rule in listed:
        source = " · ".join(
            part for part in (words.pick(rule.citation.document), words.pick(rule.citation.clause)) if part
        )
        click.echo(
            f"{words(f'check.severity_{rule.severity}')} {rule.code:22} {rule.id:32} [{rule.citation.certainty}] {source}"
        )
    return 0


@rules.command()
@click.argument("id", metavar="ID")
@on_option
@rules_option
@lang_option
@click.option("--json", "as_json", is_flag=True, help="JSON")
def show(id: str, on: date, rules: tuple[str, ...], lang: str, as_json: bool) -> int:  # noqa: A002 -- the field's name
    """说一条规则：管什么、依据、可信程度、参数、例子 · one rule, with its source, values and cases."""
    words = Words(lang)
    book = _book(packs_or_unusable(rules, words), on, words)
    if id not in book.rules:
        near = sorted(name for name in book.rules if id in name or book.rules[name].code == id)
        hint = [words("rules.near", rules="、".join(near) if lang != "en" else ", ".join(near))] if near else []
        raise Unusable([words("rules.no_rule", id=id, on=on.isoformat()), *hint])
    rule = book.rules[id]
    if as_json:
        click.echo(json.dumps(_dict(rule, words) | {"parameters": _values(rule, book)}, ensure_ascii=False, indent=1))
        return 0
    for line in _shown(rule, book, words):
        click.echo(line)
    return 0


@rules.command()
@on_option
@rules_option
@lang_option
def test(on: date, rules: tuple[str, ...], lang: str) -> int:
    """把每条规则的例子都判一遍，判错的列出来 · run every case of every rule."""
    from qingzhuang.domain.gate.cases import run_cases

    words = Words(lang)
    packs = packs_or_unusable(rules, words)
    try:
        outcomes = list(run_cases(packs, on))
    except PackError as error:
        raise unusable_pack(error, words) from error
    wrong = [outcome for outcome in outcomes if not outcome.held]
    for outcome in wrong:
        case = outcome.case.text if outcome.case.text is not None else str(outcome.case.subject)
        said = words(f"rules.case_{outcome.side}", number=outcome.number)
        click.echo(f"{outcome.rule.id}: {said}: {case}")
    count = len({outcome.rule.id for outcome in outcomes})
    click.echo(words("rules.tested", rules=count, cases=len(outcomes), wrong=len(wrong)))
    return int(bool(wrong))


def _book(packs: list[Pack], on: date, words: Words) -> RuleBook:
    try:
        return open_book(packs, on)
    except PackError as error:
        raise unusable_pack(error, words) from error


def _dict(rule: Rule, words: Words) -> dict[str, Any]:
    return {
        "id": rule.id,
        "pack": rule.pack,
        "code": rule.code,
        "severity": str(rule.severity),
        "applies_to": list(rule.applies_to),
        "when": dict(rule.when),
        "signs": list(rule.text.signs) if rule.text else [],
        "patterns": [spec.find for spec in rule.text.patterns] if rule.text else [],
        "message": words.finish(rule.message[_written(words)]),
        "suggestion": words.finish(rule.suggestion[_written(words)]) if rule.suggestion else "",
        "citation": {
            "document": words.pick(rule.citation.document),
            "clause": words.pick(rule.citation.clause),
            "certainty": str(rule.citation.certainty),
        },
    }


def _sign_shown(name: str, book: RuleBook, words: Words) -> list[str]:
    sign = book.signs.get(name)
    lines = [f"{words('rules.sign')}: {name} ({len(sign.patterns) if sign else 0})"]
    if sign and sign.weighed and sign.weights:
        given = sign.weighed.thresholds
        loudest = "、".join(sign.weights.matter.loudest(name, LOUDEST))
        lines.append(words("rules.weighed", finds=given.finds, keeps=given.keeps, about=given.about, loudest=loudest))
    return lines


def _written(words: Words) -> str:
    return "en" if words.lang == "en" else "zh-Hans"


def _values(rule: Rule, book: RuleBook) -> dict[str, Any]:
    """Return the parameters that the rule's conditions speak of, with their values of the day."""
    conditions = " ".join(rule.when.values())
    return {name: dated.value for name, dated in book.values.items() if f"params.{name}" in conditions}


def _shown(rule: Rule, book: RuleBook, words: Words) -> list[str]:
    shown = _dict(rule, words)
    citation = rule.citation
    lines = [
        f"{rule.id}  {words(f'check.severity_{rule.severity}')}  {rule.code}",
        f"{words('rules.pack')}: {rule.pack}",
        f"{words('rules.message')}: {shown['message']}",
        f"{words('check.suggestion')}: {shown['suggestion']}",
        f"{words('check.basis')}: {words.pick(citation.document)} {words.pick(citation.clause)}",
        f"{words('rules.certainty')}: {words(f'check.certainty_{citation.certainty}')}",
        f"{words('rules.applies_to')}: {', '.join(rule.applies_to) or words('rules.all_kinds')}",
    ]
    lines += [f"{words('rules.when')} {subject}: {condition}" for subject, condition in rule.when.items()]
    lines += [f"{words('rules.value')} {name} = {value}" for name, value in _values(rule, book).items()]
    for name in shown["signs"]:
        lines += _sign_shown(name, book, words)
    lines += [f"{words('rules.pattern')}: {pattern}" for pattern in shown["patterns"]]
    for side, cases in (("fails", rule.cases.fails), ("passes", rule.cases.passes)):
        lines += [
            f"{words('rules.' + side)}: {case.text if case.text is not None else json.dumps(case.subject, ensure_ascii=False, default=str)}"
            for case in cases
        ]
    return lines
