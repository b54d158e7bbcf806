from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("desk/", views.renewed, name="renewed"),
    path("late/", views.late, name="late"),
    path("late/export/", views.late_export, name="late_export"),
    path("dues/<int:pk>/", views.due, name="due"),
    path("dues/<int:pk>/why/", views.why, name="why"),
    path("dues/<int:pk>/reaction/", views.react, name="react"),
    path("dues/<int:pk>/owner/", views.hand_over, name="hand_over"),
]
