"""The auditor's page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingzhuang.apps.audit_trail.queries import newest
from qingzhuang.common.access import needs

PAGE = 50


@needs("audit_trail.read")
def log(request: HttpRequest) -> HttpResponse:
    """Show the log, the newest first; `?on=orgs.unit:12` shows what was done to one thing."""
    kind, _, on_id = request.GET.get("on", "").partition(":")
    page = Paginator(newest(on_kind=kind, on_id=on_id), PAGE).get_page(request.GET.get("page"))
    return render(request, "audit_trail/log.html", {"page": page, "on": request.GET.get("on", "")})
