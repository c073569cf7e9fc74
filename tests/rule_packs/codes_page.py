"""docs/reference/codes.md, as the packs say it: `python -m tests.rule_packs.codes_page` writes it anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qingzhuang.domain.gate import Code
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import Pack, Rule, open_book, strongest
from qingzhuang.tables.packs import built_in_packs, load_packs
from qingzhuang.words import Words

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/codes.md"

HEAD = """# 问题代码 · Codes of findings

`qingzhuang check` 和 `qingzhuang rules` 用这些代码。每个代码背后有一条或几条规则；判断那一天，以当天有效的规则里最重的一条为准。
`reject` 只出现在见过原文（`V`）的规则上；其余是 `warn` 或 `info`，直到有人核过条款。带 *local* 的规则包只在选用时有效（`--rules 名称`）。

The codes that `qingzhuang check` and `qingzhuang rules` use. Behind each stand one rule or more; on the day judged, the strongest in force counts.
Only a rule whose wording was seen (`V`) may `reject`; the others warn until a person has checked the clause (`S` a secondary source, `M` from memory, `own`
our own or a county's). Packs marked *local* hold only where they are chosen (`--rules NAME`). This page is written from the packs, and a test holds it to them.
"""


def codes_page() -> str:
    """Return the page."""
    words, english = Words("zh-Hans"), Words("en")
    everywhere = load_packs([], lists=LISTS)
    everything = load_packs([name for name in built_in_packs() if name != "base"], lists=LISTS)
    parts = [HEAD, _summary(everywhere, words, english)]
    for code in Code:
        key = "check.code_" + code.replace("-", "_")
        parts.append(f"## `{code}` {words(key)} · {english(key)}\n\n{_rules(code, everything)}")
    return "\n".join(parts)


def _summary(packs: list[Pack], words: Words, english: Words) -> str:
    """Return the table of severities by day, local packs left out."""
    days = sorted({pack.head.in_force_from for pack in packs})
    lines = ["| code | 问题 · fault | severity, from the day on |", "| --- | --- | --- |"]
    for code in Code:
        steps: list[str] = []
        last = ""
        for day in days:
            rule = strongest(_judging(code, packs, day))
            severity = str(rule.severity) if rule else ""
            if severity and severity != last:
                steps.append(f"`{severity}` {_day(day)}")
            last = severity
        key = "check.code_" + code.replace("-", "_")
        lines.append(f"| [`{code}`](#user-content-{code}) | {words(key)} · {english(key)} | {', '.join(steps)} |")
    return "\n".join(lines).replace("#user-content-", "#") + "\n"


def _judging(code: Code, packs: list[Pack], day: date) -> list[Rule]:
    return [rule for rule in open_book(packs, day).rules.values() if rule.code == code and (rule.when or rule.text)]


def _rules(code: Code, packs: list[Pack]) -> str:
    lines = ["| rule | from | severity | certainty | source |", "| --- | --- | --- | --- | --- |"]
    heads = {pack.head.id: pack.head for pack in packs}
    for rule in _judging(code, packs, max(head.in_force_from for head in heads.values())):
        head = heads[rule.pack]
        local = " *local*" if head.local else ""
        source = " ".join(part for part in (rule.citation.document["zh-Hans"], rule.citation.clause["zh-Hans"]) if part)
        day = _day(head.in_force_from)
        lines.append(f"| `{rule.id}`{local} | {day} | `{rule.severity}` | {rule.citation.certainty} | {source} |")
    return "\n".join(lines) + "\n"


def _day(day: date) -> str:
    return "always" if day.year == 2000 else day.isoformat()


if __name__ == "__main__":
    PAGE.write_text(codes_page(), encoding="utf-8")
