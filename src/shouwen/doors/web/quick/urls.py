from django.urls import path

from . import calls, page, queue, repeats, views

app_name = "quick"
urlpatterns = [
    path("quick/", views.new, name="new"),
    path("quick/who/", views.who, name="who"),
    path("calls/mine/", calls.mine, name="calls"),
    path("interactions/", queue.show, name="queue"),
    path("interactions/export/", queue.export, name="export"),
    path("interactions/repeats/", repeats.show, name="repeats"),
    path("interactions/repeats/export/", repeats.export, name="repeats_export"),
    path("interactions/<int:pk>/", page.show, name="interaction"),
    path("interactions/<int:pk>/correction/", page.correct, name="correct"),
    path("interactions/<int:pk>/answer/", page.answer, name="answer"),
]
