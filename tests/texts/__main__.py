"""Show what the signs get wrong, `python -m tests.texts dev check-in`, or learn their weights anew, `python -m tests.texts learn`.

Only the development half is shown text by text. `python -m tests.texts crossed fourth seventh` learns from the other sets
alone and says how precision and recall on these would be for several thresholds."""

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

FINDS = (-0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4)
KEPT_BELOW = 0.8
ABOUT = -2.0


def show(half: str, codes: list[str]) -> None:
    """Print the counts of each code and, where codes are named, each text of the development half that is judged wrongly."""
    book = open_book(load_packs([], lists=LISTS), date(2026, 11, 1))
    wanted = {name: rule for name, rule in book.rules.items() if not codes or rule.code in codes}
    gate = Gate(dataclasses.replace(book, rules=wanted))
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


def show_crossed(sets: list[str]) -> None:
    """Print, for each code, how thresholds would do on the texts of `sets`, by weights learned from the other sets alone."""
    from tests.texts.learn import SIGNS, crossed

    scores = list(crossed(sets))
    for number, code in enumerate(SIGNS):
        own = [(bag.one.label, code in bag.found, fault, matter) for bag, fault, matter in scores if bag.code == number]
        figures = []
        for finds in FINDS:
            found = [
                (label, (fault >= finds and matter >= ABOUT) or (pattern and fault >= finds - KEPT_BELOW))
                for label, pattern, fault, matter in own
            ]
            right = sum(label and yes for label, yes in found)
            precision, recall = right / max(sum(yes for _, yes in found), 1), right / max(sum(y for y, _ in found), 1)
            figures.append(f"{finds:+.1f}: {precision:.2f}/{recall:.2f}")
        print(f"{code:22} {'  '.join(figures)}")


if __name__ == "__main__":
    half, *codes = sys.argv[1:]
    if half == "learn":
        from tests.texts.learn import write_weights

        write_weights()
    elif half == "crossed":
        show_crossed(codes)
    else:
        show(half, codes)
