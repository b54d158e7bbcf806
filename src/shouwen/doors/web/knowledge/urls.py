from django.urls import path

from . import articles, board, shifts, summaries, taboo

app_name = "knowledge"
urlpatterns = [
    path("", articles.index, name="list"),
    path("export/", articles.export, name="export"),
    path("from/<int:case>/", articles.new, name="new"),
    path("offer/", articles.offer, name="offer"),
    path("articles/<int:pk>/", articles.show, name="article"),
    path("articles/<int:pk>/edit/", articles.edit, name="edit"),
    path("articles/<int:pk>/acts/<str:key>/", articles.act, name="act"),
    path("taboo/", taboo.phrases, name="taboo"),
    path("taboo/<int:pk>/end/", taboo.end, name="taboo_end"),
    path("taboo/hits/", taboo.hits, name="hits"),
    path("taboo/hits/export/", taboo.export, name="hits_export"),
    path("taboo/check/<int:case>/", taboo.check, name="check"),
    path("shifts/", shifts.index, name="shifts"),
    path("shifts/export/", shifts.export, name="shifts_export"),
    path("shifts/<int:pk>/", shifts.show, name="shift"),
    path("summaries/", summaries.index, name="summaries"),
    path("summaries/draw-up/", summaries.draw_up, name="draw_up"),
    path("summaries/of/<int:division>/<str:period>/", summaries.of_period, name="summary_of"),
    path("summaries/<int:pk>/", summaries.show, name="summary"),
    path("summaries/<int:pk>/acts/<str:key>/", summaries.act, name="summary_act"),
    path("summaries/<int:pk>/counted/", summaries.counted, name="counted"),
    path("summaries/<int:pk>/pdf/", summaries.pdf, name="summary_pdf"),
    path("summaries/<int:pk>/export/", summaries.export, name="summary_export"),
    path("summaries/<int:pk>/bulletin/", board.decide, name="decide"),
    path("bulletins/", board.index, name="board"),
    path("bulletins/of/<int:division>/<str:period>/", board.of_period, name="bulletin_of"),
    path("bulletins/<int:pk>/", board.show, name="bulletin"),
    path("bulletins/<int:pk>/publication/", board.publish, name="publish"),
    path("bulletins/<int:pk>/pdf/", board.pdf, name="bulletin_pdf"),
]
