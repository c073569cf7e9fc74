"""Show what the signs get wrong: `python -m tests.texts dev check-in [--all]`; only the development half is shown."""

from __future__ import annotations

import dataclasses
import sys
from datetime import date

from tests.texts import read_texts

from qingzhuang.domain.gate import Code, Gate
from qingzhuang.domain.notices import notice_of
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import open_book
from qingzhuang.tables.packs import load_packs

if __name__ == "__main__":
    half, *codes = sys.argv[1:]
    book = open_book(load_packs([], lists=LISTS), date(2026, 11, 1))
    wanted = {name: rule for name, rule in book.rules.items() if not codes or rule.code in codes}
    book = dataclasses.replace(book, rules=wanted)
    gate = Gate(book)
    for code in codes or [str(one) for one in Code]:
        counts = {"tp": 0, "fn": 0, "fp": 0, "tn": 0}
        for one in read_texts(half, code):
            found = [f for f in gate.judge_notice(notice_of(one.text)) if f.code == code]
            kind = ("tp" if found else "fn") if one.label else ("fp" if found else "tn")
            counts[kind] += 1
            if half != "heldout" and codes and kind in {"fn", "fp"}:
                print(
                    kind.upper(), "|", one.text.replace("\n", "⏎")[:400], "|", one.note, "|", [f.words for f in found]
                )
        tp, fn, fp = counts["tp"], counts["fn"], counts["fp"]
        print(f"{code:22} {counts} precision {tp / max(tp + fp, 1):.3f} recall {tp / max(tp + fn, 1):.3f}")
