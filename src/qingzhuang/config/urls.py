"""Addresses: each app brings its own."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("", include("qingzhuang.apps.home.urls")),
    path("", include("qingzhuang.apps.demands.urls")),
    path("units/", include("qingzhuang.apps.orgs.urls")),
    path("log/", include("qingzhuang.apps.audit_trail.urls")),
]

handler403 = "qingzhuang.apps.home.views.forbidden"
handler404 = "qingzhuang.apps.home.views.not_found"
