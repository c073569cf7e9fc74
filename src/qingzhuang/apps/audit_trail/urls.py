"""The log."""

from django.urls import path

from qingzhuang.apps.audit_trail import views

urlpatterns = [path("", views.log, name="log")]
