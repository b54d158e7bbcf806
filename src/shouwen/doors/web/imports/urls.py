from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("imports/", views.start, name="start"),
    path("imports/<slug:kind>/", views.upload, name="upload"),
    path("imports/<slug:kind>/template/", views.template, name="template"),
    path("imports/tried/<uuid:token>/", views.trial, name="trial"),
    path("imports/tried/<uuid:token>/errors/", views.errors, name="errors"),
    path("imports/tried/<uuid:token>/commit/", views.commit, name="commit"),
    path("imports/tried/<uuid:token>/drop/", views.drop, name="drop"),
]
