"""Generated demands as a register would hold them: titles, asks and fields of 8 to 40 characters, all different.

Seventeen patterns, of which each slot is drawn from a list of `bench.similar_words` (a few words often, most seldom), with
names of villages, towns and works put together from 250 characters, dates, periods, amounts. Six entries in ten are another
one with one or two slots drawn anew: the same demand a quarter later, in the next village, for another paper. Some have
hundreds of such siblings, most have one or two or none. That is what registers look like, and what makes the five nearest
hard to tell apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple, TypeAlias

from bench import similar_words as words

Parts: TypeAlias = tuple[tuple[str, str], ...]

SHORTEST, LONGEST = 8, 40
SIBLINGS, MODELS = 0.6, 50_000
_WRITTEN = """
关于|act|time|topic|material|的|document
关于开展|place|topic|campaign|的|document
关于开展|time|topic|qualifier|campaign|的|document
关于印发|place|topic|material|的|document
department|关于|time|topic|campaign|情况的通报
关于|works|topic|material|的|document
place|time|topic|material|act
act|place|topic|qualifier|material
请于|date|前|act|topic|material
frequency|act|place|topic|material
act|time|topic|qualifier|material|报|department
place|works|campaign|evidence|amount
place|topic|qualifier|campaign|amount
place|subject|attribute
place|group|subject|attribute|unit
time|topic|subject|attribute|unit
works|time|subject|attribute|material
"""
PATTERNS = [pattern.split("|") for pattern in _WRITTEN.split()]


class Entry(NamedTuple):
    """A generated text and the slots it was joined from: (slot, words); the slot of fixed words is empty."""

    text: str
    parts: Parts


def entries(count: int, seed: int = 2019) -> Iterator[Entry]:
    """Yield `count` entries, no two of the same text; the same for the same seed."""
    rng = Random(seed)
    seen: set[int] = set()
    models: list[Parts] = []
    while len(seen) < count:
        if models and rng.random() < SIBLINGS:
            parts = _sibling(models[int(len(models) * rng.random() ** 2)], rng)
        else:
            parts = tuple((slot, SLOTS[slot](rng)) if slot in SLOTS else ("", slot) for slot in rng.choice(PATTERNS))
            if len(models) < MODELS:
                models.append(parts)
            else:
                models[rng.randrange(MODELS)] = parts
        text = "".join(part for _, part in parts)
        if SHORTEST <= len(text) <= LONGEST and (key := hash(text)) not in seen:
            seen.add(key)
            yield Entry(text, parts)


def _sibling(parts: Parts, rng: Random) -> Parts:
    """Return `parts` with one slot drawn anew, or two."""
    places = rng.sample([place for place, (slot, _) in enumerate(parts) if slot], k=1 if rng.random() < 0.7 else 2)
    return tuple(
        (slot, SLOTS[slot](rng)) if place in places else (slot, part) for place, (slot, part) in enumerate(parts)
    )


def _name(rng: Random) -> str:
    return "".join(rng.choices(words.PLACE_CHARACTERS, k=2 if rng.random() < 0.8 else 3))


def _place(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.33:
        return rng.choice(("", "", "全县", "各乡镇", "各村", "县直单位"))
    if kind < 0.55:
        return _name(rng) + rng.choice(("镇", "镇", "乡", "街道"))
    if kind < 0.85:
        return _name(rng) + rng.choice(("村", "村", "村", "社区"))
    return f"{_name(rng)}镇{_name(rng)}村"


def _time(rng: Random) -> str:
    year = rng.randint(2016, 2027)
    kind = rng.randrange(7)
    if kind == 0:
        return ""
    if kind == 1:
        return f"{year}年第{rng.choice('一二三四')}季度"
    if kind == 2:
        return f"{year}年{rng.randint(1, 12)}月份"
    if kind == 3:
        return f"{year}年{rng.choice(('上', '下'))}半年"
    return f"{year}年" if kind == 4 else f"{year}年度" if kind == 5 else f"{rng.randint(1, 12)}月"


def _amount(rng: Random) -> str:
    number = rng.choice((rng.randint(2, 60), rng.randrange(50, 1000, 10), rng.randrange(1000, 20_000, 500)))
    return f"不少于{number}{rng.choice(words.UNITS)}"


def _unit(rng: Random) -> str:
    return f"（{rng.choice(words.UNITS)}）" if rng.random() < 0.6 else ""


def _frequency(rng: Random) -> str:
    return f"每{rng.choice(('日', '周', '周五', '半月', '月', '季度', '半年', '年', f'月{rng.randint(1, 28)}日前'))}"


def _one_of(listed: list[str]) -> Callable[[Random], str]:
    """Draw one, the first ones oftener: the first tenth of a list has a quarter of the draws."""

    def draw(rng: Random) -> str:
        return listed[int(len(listed) * rng.random() ** 1.66)]

    return draw


SLOTS: dict[str, Callable[[Random], str]] = {
    "act": _one_of(words.ACTS),
    "topic": _one_of(words.TOPICS),
    "material": _one_of(words.MATERIALS),
    "document": _one_of(words.DOCUMENTS),
    "campaign": _one_of(words.CAMPAIGNS),
    "qualifier": _one_of(words.QUALIFIERS),
    "department": _one_of(words.DEPARTMENTS),
    "subject": _one_of(words.SUBJECTS),
    "attribute": _one_of(words.ATTRIBUTES),
    "evidence": _one_of(words.EVIDENCE),
    "group": _one_of(words.RANGES),
    "works": lambda rng: _name(rng) + rng.choice(words.OBJECTS),
    "date": lambda rng: f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
    "place": _place,
    "time": _time,
    "amount": _amount,
    "unit": _unit,
    "frequency": _frequency,
}
