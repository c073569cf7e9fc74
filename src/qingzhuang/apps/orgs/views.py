"""The organisation's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from qingzhuang.apps.orgs.models import Unit
from qingzhuang.apps.orgs.queries import children_on, path_of, posts_on, tops_on
from qingzhuang.common.access import needs


@needs("orgs.see_units")
def units(request: HttpRequest) -> HttpResponse:
    """Show the tops of the tree with what stands directly below them."""
    today = localdate()
    tops = [(unit, children_on(unit, today)) for unit in tops_on(today)]
    return render(request, "orgs/units.html", {"tops": tops, "today": today})


@needs("orgs.see_units")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: where it stands, what it was called, its posts and what stands below."""
    shown = get_object_or_404(Unit, pk=pk)
    today = localdate()
    held = {
        "unit": shown,
        "path": path_of(shown),
        "records": shown.records.all(),
        "children": children_on(shown, today),
        "posts": posts_on(shown, today),
        "today": today,
    }
    return render(request, "orgs/unit.html", held)
