"""The first page."""

from django.urls import path

from qingzhuang.apps.home import views

urlpatterns = [path("", views.home, name="home")]
