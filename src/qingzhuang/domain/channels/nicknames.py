"""Group nicknames (群昵称) matched to people: 容美镇-张三, 容美镇张三, 张三（镇长）, 民政-李四.

A nickname is taken for a person where it holds the whole name of just one person it can be, and what else it says agrees
with that person's unit or post, or says nothing about either. Two namesakes, a surname alone, a unit that disagrees and a
near spelling are listed for a yes or no; until there is one, the nickname counts as a person of its own, the same text
being the same person. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
from rapidfuzz.distance import Levenshtein

from qingzhuang.domain.channels.inventory import DoubtfulNickname
from qingzhuang.domain.channels.text import fold

MOST_CANDIDATES = 5

_PARTS = re.compile(r"[^\w]+|_+|\d+")
_FAMILIAR = re.compile(
    r"^(?:老|小)(\w)$|^(\w)(?:总|工|姐|哥|老师|同志|主任|书记|镇长|乡长|局长|科长|站长|村长|支书|主席|委员|干事)$"
)
_UNIT_ENDINGS = (
    "镇",
    "乡",
    "村",
    "社区",
    "街道",
    "局",
    "办",
    "委",
    "部",
    "院",
    "站",
    "所",
    "中心",
    "办公室",
    "县",
    "区",
)
_LONGEST_NAME = 12


@dataclass(frozen=True)
class NicknameMatches:
    """`persons`: nickname → person id, for those matched or answered yes; `doubtful`: those to ask about, in order given."""

    persons: Mapping[str, str]
    doubtful: tuple[DoubtfulNickname, ...]


@dataclass(frozen=True)
class _Person:
    person_id: str
    name: str
    unit: str
    post: str


def match_nicknames(
    nicknames: Mapping[str, str], people: pl.DataFrame, answers: Mapping[tuple[str, str], bool]
) -> NicknameMatches:
    """Match `nicknames` (text → a channel it stands in) to `people` (`person_id`, `name`, `unit`, `post`).

    `answers` says of (nickname, person id) whether they are the same; a yes settles a nickname, a no strikes a candidate.
    """
    directory = _Directory(people)
    persons: dict[str, str] = {}
    doubtful: list[DoubtfulNickname] = []
    said_yes = {nickname: person for (nickname, person), same in answers.items() if same}
    for nickname, channel in nicknames.items():
        if nickname in said_yes:
            persons[nickname] = said_yes[nickname]
            continue
        match = directory.look_up(nickname)
        left = [person for person in match.candidates if answers.get((nickname, person), True)]
        if match.sure and left:
            persons[nickname] = left[0]
        elif left:
            doubtful.append(DoubtfulNickname(nickname, channel, tuple(left[:MOST_CANDIDATES])))
    return NicknameMatches(persons, tuple(doubtful))


@dataclass(frozen=True)
class _Match:
    candidates: tuple[str, ...]
    sure: bool = False


class _Directory:
    """People by whole name, by name with one character left out (near spellings), and by surname."""

    def __init__(self, people: pl.DataFrame) -> None:
        self._ids: set[str] = set(people["person_id"].to_list())
        self._by_name: dict[str, list[_Person]] = defaultdict(list)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._by_surname: dict[str, list[_Person]] = defaultdict(list)
        self._units: set[str] = set()
        columns = ("person_id", "name", "unit", "post")
        for person_id, name, unit, post in people.select(columns).sort("person_id").iter_rows():
            if not name or not fold(name):
                continue
            person = _Person(person_id, fold(name), fold(unit or ""), fold(post or ""))
            self._by_name[person.name].append(person)
            self._by_surname[person.name[0]].append(person)
            self._units.add(person.unit)
            for shorter in _without_one(person.name):
                self._near[shorter].add(person.name)
        self._units.discard("")

    def look_up(self, nickname: str) -> _Match:
        """Return who `nickname` can be, and whether there is no doubt."""
        if nickname in self._ids:
            return _Match((nickname,), sure=True)
        parts = [folded for part in _PARTS.split(nickname) if (folded := fold(part))]
        joined = fold(nickname)
        if len(joined) <= _LONGEST_NAME and joined in self._by_name:
            return self._decide([(person, []) for person in self._by_name[joined]])
        whole = self._whole_names(parts)
        if whole:
            return self._decide(whole)
        return self._near_spellings(parts) or self._surnames(parts) or _Match(())

    def _whole_names(self, parts: list[str]) -> list[tuple[_Person, list[str]]]:
        """Return everybody whose whole name is a part of the nickname, or stands at a part's end or beginning, with what is
        left; a longer name hides a shorter one inside it."""
        exact = [(place, part) for place, part in enumerate(parts) if part in self._by_name]
        if exact:
            return [
                (person, parts[:place] + parts[place + 1 :]) for place, part in exact for person in self._by_name[part]
            ]
        found = []
        for place, part in enumerate(parts):
            for name, rest in _ends(part):
                if name in self._by_name:
                    others = [*parts[:place], rest, *parts[place + 1 :]]
                    found += [(person, others) for person in self._by_name[name]]
                    break
        return found

    def _decide(self, found: list[tuple[_Person, list[str]]]) -> _Match:
        agreeing = [person for person, rest in found if rest and all(_agrees(part, person) for part in rest)]
        if len({person.person_id for person in agreeing}) == 1:
            return _Match((agreeing[0].person_id,), sure=True)
        everyone = tuple(dict.fromkeys(person.person_id for person, _ in found))
        return _Match(everyone, sure=len(everyone) == 1 and not any(self._disagrees(*one) for one in found))

    def _disagrees(self, person: _Person, rest: Iterable[str]) -> bool:
        """Tell whether `rest` speaks of another person or unit, or of another post than one that is known."""
        for part in rest:
            if part in self._by_name:
                return True
            if _agrees(part, person) or not (person.unit or person.post):
                continue
            if person.unit and (part.endswith(_UNIT_ENDINGS) or any(_within(part, unit) for unit in self._units)):
                return True
            if person.unit and person.post:
                return True
        return False

    def _near_spellings(self, parts: list[str]) -> _Match | None:
        """Return people of whom one of three or more characters is written differently, or is left out or added."""
        names = {
            name
            for part in parts
            for piece in {part, *(end for end, _ in _ends(part) if len(end) >= 3)}
            if 2 <= len(piece) <= _LONGEST_NAME
            for key in (piece, *_without_one(piece))
            for name in (self._near.get(key, set()) | ({key} if key in self._by_name and len(key) >= 3 else set()))
            if max(len(name), len(piece)) >= 3 and Levenshtein.distance(name, piece, score_cutoff=1) <= 1
        }
        people = [person for name in sorted(names) for person in self._by_name[name]]
        return self._doubt(people, parts) if people else None

    def _surnames(self, parts: list[str]) -> _Match | None:
        """Return people of a surname that stands alone, or with a title: 容美镇-张, 老张, 张主任."""
        surnames = []
        for part in parts:
            title = _FAMILIAR.match(part)
            if title:
                surnames.append(title.group(1) or title.group(2))
            elif len(part) == 1:
                surnames.append(part)
        people = [person for surname in surnames for person in self._by_surname.get(surname, ())]
        return self._doubt(people, parts) if people else None

    def _doubt(self, people: list[_Person], parts: list[str]) -> _Match:
        """Return `people` to ask about: those of a unit or post that the nickname names, or everyone where it names none."""
        fitting = [person for person in people if any(_agrees(part, person) for part in parts)]
        return _Match(tuple(dict.fromkeys(person.person_id for person in fitting or people)))


def _agrees(part: str, person: _Person) -> bool:
    return any(known and (_within(part, known) or known in part) for known in (person.unit, person.post))


def _within(short: str, full: str) -> bool:
    """Tell whether `short` abbreviates `full`: its characters, two or more, stand there in the same order (民政 in 县民政局)."""
    if len(short) < 2:
        return False
    characters = iter(full)
    return all(character in characters for character in short)


def _ends(part: str) -> list[tuple[str, str]]:
    """Return the ends and beginnings of `part` that could be a name, longest first, each with the rest."""
    found = []
    for length in range(min(len(part) - 1, 4), 1, -1):
        found += [(part[-length:], part[:-length]), (part[:length], part[length:])]
    return found


def _without_one(name: str) -> set[str]:
    """Return `name` with each one of its characters left out; names of two characters are too short for near spellings."""
    return {name[:place] + name[place + 1 :] for place in range(len(name))} if len(name) >= 3 else set()
