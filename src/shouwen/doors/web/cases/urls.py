from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("cases/<int:pk>/", views.show, name="show"),
    path("cases/<int:pk>/sections/<slug:key>/", views.section, name="section"),
    path("cases/<int:pk>/acts/", views.act, name="act"),
    path("cases/<int:pk>/deals/<slug:key>/", views.deal, name="deal"),
    path("cases/<int:pk>/refile/", views.refile, name="refile"),
]
