"""Units."""

from django.urls import path

from qingzhuang.apps.orgs import views

urlpatterns = [
    path("", views.units, name="units"),
    path("<int:pk>/", views.unit, name="unit"),
]
