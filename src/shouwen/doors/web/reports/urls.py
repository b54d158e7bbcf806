from django.urls import path

from . import bonus, counted, listing, papers, row, sheet

app_name = "reports"
urlpatterns = [
    path("", listing.index, name="index"),
    path("draw-up/", listing.draw_up, name="draw_up"),
    path("statistics/<int:division>/<str:period>/", listing.month, name="month"),
    path("<int:pk>/", sheet.show, name="sheet"),
    path("<int:pk>/acts/<str:key>/", sheet.act, name="act"),
    path("<int:pk>/rows/<int:case>/", row.show, name="row"),
    path("<int:pk>/rows/<int:case>/<str:key>/", row.act, name="row_act"),
    path("<int:pk>/pdf/", papers.pdf, name="pdf"),
    path("<int:pk>/export/", papers.export, name="export"),
    path("counted/<str:key>/", counted.show, name="counted"),
    path("bonus/", bonus.index, name="bonuses"),
    path("bonus/<int:division>/<int:person>/<str:period>/", bonus.show, name="bonus"),
    path("bonus/<int:division>/<int:person>/<str:period>/export/", bonus.export,
         name="bonus_export"),
]  # fmt: skip
