from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.inbox, name="list"),
    path("notices/newest/", views.newest, name="newest"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/read/", views.read_all, name="read"),
    path("notices/<int:pk>/", views.follow, name="open"),
]
