from django.urls import path

from . import views

app_name = "announcements"
urlpatterns = [
    path("announcements/", views.board, name="board"),
    path("announcements.xlsx", views.export, name="export"),
    path("announcements/<int:pk>/publication/", views.publish, name="publish"),
]
