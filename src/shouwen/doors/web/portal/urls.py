from django.urls import path

from . import board, following, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.new, name="new"),
    path("at/<slug:code>/", views.at, name="at"),
    path("board/", board.board, name="board"),
    path("board/<int:pk>/", board.earlier, name="earlier"),
    path("follow/", following.follow, name="follow"),
    path("matters/<int:pk>/", following.matter, name="matter"),
    path("matters/<int:pk>/words/", following.add, name="add"),
    path("matters/<int:pk>/verdict/", following.verdict, name="verdict"),
    path("matters/<int:pk>/photos/<uuid:uuid>/", following.photo, name="photo"),
]
