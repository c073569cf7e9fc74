"""Read the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from qingzhuang.apps.orgs.models import Account, Grant, Holding, Loan, Post, Unit, UnitRecord


def units_on(day: date) -> QuerySet[Unit]:
    """Return the units that there are on `day`, each above what stands below it."""
    units: QuerySet[Unit] = Unit.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day).order_by("path")
    return units


def tops_on(day: date) -> QuerySet[Unit]:
    """Return the units that stand below no other."""
    return units_on(day).filter(depth=1)


def children_on(unit: Unit, day: date) -> QuerySet[Unit]:
    """Return what stands directly below `unit`."""
    return units_on(day).filter(path__startswith=unit.path, depth=unit.depth + 1)


def path_of(unit: Unit) -> QuerySet[Unit]:
    """Return the units above `unit`, the highest first."""
    above: QuerySet[Unit] = Unit.objects.get_ancestors(unit)
    return above


@dataclass(frozen=True)
class PostSeen:
    """How many posts of one title a unit has, and how many of them somebody holds and is not lent out from."""

    title: str
    front_line: bool
    count: int
    filled: int


def posts_on(unit: Unit, day: date) -> list[PostSeen]:
    """Return the posts of `unit` on `day` by their titles; no person is named."""
    filled = set(filled_posts(unit, day).values_list("pk", flat=True))
    by_title: dict[tuple[str, bool], list[bool]] = {}
    for post in Post.objects.on(day).filter(unit=unit).order_by("pk"):
        by_title.setdefault((post.title, post.front_line), []).append(post.pk in filled)
    return [PostSeen(title, front_line, len(held), sum(held)) for (title, front_line), held in by_title.items()]


def name_on(unit: Unit, day: date) -> str:
    """Return what `unit` was called on `day`, or is called now where it was not there yet."""
    record = UnitRecord.objects.on(day).filter(unit=unit).first()
    return record.name if record else unit.name


def filled_posts(unit: Unit, day: date) -> QuerySet[Post]:
    """Return the posts of `unit` that somebody holds on `day`, and is not lent out from."""
    held = Holding.objects.on(day).exclude(loans__in=Loan.objects.on(day))
    return Post.objects.on(day).filter(unit=unit, holdings__in=held).distinct()


def grants_of(account: Account, day: date) -> QuerySet[Grant]:
    """Return what `account` is on `day`, and for which units."""
    return account.grants.on(day).select_related("unit").order_by("role", "unit__path")
