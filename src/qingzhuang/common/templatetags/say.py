"""`{% say "home.title" count=n %}`: a text of the catalogue in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from qingzhuang.common.language import language, words
from qingzhuang.common.places import PLACES

register = template.Library()


@register.simple_tag
def say(key: str, **values: object) -> str:
    """Return the text of `key`, filled with `values`; the template escapes it."""
    return words()(key, **values)


@register.simple_tag
def hours(count: Decimal) -> str:
    """Return a number of hours with its unit: whole from a hundred on, else to a tenth."""
    rounded = count.quantize(Decimal(1) if count >= 100 else Decimal("0.1"))
    plain = rounded.normalize() if rounded != rounded.to_integral_value() else rounded.quantize(Decimal(1))
    return words()("web.hours", count=f"{plain:,}")


@register.simple_tag
def day(of: date) -> str:
    """Return a day as the reader writes it: 2026年3月25日."""
    return words()("web.day", year=of.year, month=of.month, day=of.day)


@register.simple_tag
def bcp47() -> str:
    """Return the language in use as HTML names it."""
    return language()


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Return the languages offered, each by the name that its readers know."""
    return list(settings.LANGUAGES)


@dataclass(frozen=True)
class Listed:
    """A place of the navigation, as it is shown on one page."""

    address: str
    words: str
    here: bool


@register.simple_tag(takes_context=True)
def places(context: Context) -> list[Listed]:
    """Return where the account may go, in the order of the navigation."""
    request = context["request"]
    shown = [place for place in PLACES if not place.permission or request.user.has_perm(place.permission)]
    addresses = [(place, reverse(place.view)) for place in shown]
    return [Listed(address, place.words, request.path == address) for place, address in addresses]
