from django.urls import path

from . import views

app_name = "service"
urlpatterns = [
    path("service/", views.index, name="index"),
    path("service.xlsx", views.export, name="export"),
    path("service/limits/", views.limits, name="limits"),
    path("service/reopened/", views.reopened, name="reopened"),
]
