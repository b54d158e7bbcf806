from django.urls import path

from . import overdue, register, saved, views

app_name = "caselists"
urlpatterns = [
    path("cases/", views.listing, name="list"),
    path("cases/export/", views.export, name="export"),
    path("cases/board/", views.board, name="board"),
    path("cases/board/export/", views.board_export, name="board_export"),
    path("cases/views/", saved.keep, name="keep"),
    path("cases/views/<int:pk>/", saved.forget, name="forget"),
    path("register/", register.show, name="register"),
    path("register/export/", register.export, name="register_export"),
    path("overdue/", overdue.show, name="overdue"),
    path("overdue/export/", overdue.export, name="overdue_export"),
]
