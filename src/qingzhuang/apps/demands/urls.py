"""The register."""

from django.urls import path

from qingzhuang.apps.demands import views

urlpatterns = [
    path("burden/", views.burden, name="burden"),
    path("demands/", views.mine, name="my_demands"),
    path("demands/new/", views.new, name="new_demand"),
    path("demands/findings/", views.findings, name="findings"),
    path("demands/queue/", views.queue, name="queue"),
    path("demands/<int:pk>/", views.demand, name="demand"),
    path("demands/<int:pk>/edit/", views.edit, name="edit_demand"),
    path("demands/<int:pk>/submit/", views.submit, name="submit_demand"),
    path("demands/<int:pk>/step/", views.step, name="take_step"),
    path("v/", views.look_up, name="look_up"),
    path("v/<str:number>/", views.verify, name="verify"),
]
