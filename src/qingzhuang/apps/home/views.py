"""The first page, and the pages for what is not there or not for you."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from qingzhuang.apps.orgs.queries import grants_of


def home(request: HttpRequest) -> HttpResponse:
    """Show what the account may do here."""
    return render(request, "home/home.html", {"grants": grants_of(request.user, localdate())})  # type: ignore[arg-type]


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not for the one who asks, and who could open it."""
    return render(request, "home/forbidden.html", {"exception": exception}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here."""
    return render(request, "home/not_found.html", {}, status=404)
