from django.urls import path

from . import views

app_name = "settlement"
urlpatterns = [
    path("settlement/", views.queue, name="queue"),
    path("settlement/collections/", views.collections, name="collections"),
    path("settlement/vouchers/", views.vouchers, name="vouchers"),
    path("settlement/<slug:key>.xlsx", views.export, name="export"),
    path("settlement/<int:case>/", views.show, name="show"),
    path("settlement/<int:case>/steps/<str:key>/", views.act, name="act"),
    path("collections/<int:pk>/collected/", views.collected, name="collected"),
]
