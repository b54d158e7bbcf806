from django.urls import path

from . import general, matter, views

app_name = "intake"
urlpatterns = [
    path("intake/", views.new, name="new"),
    path("intake/who/", views.who, name="who"),
    path("intake/who/general/", general.who_general, name="who_general"),
    path("intake/shipments/", views.shipments, name="shipments"),
    path("intake/same/", views.same, name="same"),
    path("intake/similar/", views.similar, name="similar"),
    path("intake/ordinary/<int:pk>/", matter.show, name="matter"),
    path("intake/ordinary/<int:pk>/close/", matter.close, name="close"),
]
