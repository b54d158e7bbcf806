from django.urls import path

from . import copies, views

app_name = "papers"
urlpatterns = [
    path("papers/<int:pk>/", views.show, name="show"),
    path("papers/<int:pk>/answers/<slug:key>/", views.answer, name="answer"),
    path("papers/<int:pk>/print/", views.printed, name="print"),
    path("papers/<int:pk>/letter/", views.letter, name="letter"),
    path("files/<uuid:uuid>/", views.file, name="file"),
    path("cases/<int:case>/papers/", views.choose, name="choose"),
    path("cases/<int:case>/papers/new/<slug:form>/", views.new, name="new"),
    path("copies/", copies.show, name="copies"),
    path("copies/<slug:key>/", copies.show, name="copies_of"),
    path("copies/<slug:key>.xlsx", copies.export, name="copies_export"),
    path("copies/<int:pk>/receipt/", copies.receive, name="receive"),
]
