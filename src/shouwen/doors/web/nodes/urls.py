from django.urls import path

from . import views

app_name = "nodes"
urlpatterns = [
    path("live", views.live, name="live"),
    path("ready", views.ready, name="ready"),
    path("work", views.work, name="work"),
]
