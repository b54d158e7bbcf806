from django.urls import path

from . import lists, people, plans, sessions

app_name = "training"
urlpatterns = [
    path("", lists.plans, name="list"),
    path("export/", lists.plans_export, name="export"),
    path("of/<int:division>/<str:period>/", plans.of_period, name="of_period"),
    path("plans/new/", plans.new, name="new"),
    path("plans/<int:pk>/", plans.show, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit, name="edit"),
    path("plans/<int:pk>/submission/", plans.submit, name="submit"),
    path("sessions/", lists.sessions, name="sessions"),
    path("sessions/export/", lists.sessions_export, name="sessions_export"),
    path("sessions/<int:pk>/", sessions.show, name="session"),
    path("people/", lists.people, name="people"),
    path("people/export/", lists.people_export, name="people_export"),
    path("people/<int:pk>/", people.show, name="person"),
    path("people/<int:pk>/tests/", people.test, name="test"),
    path("skills/<int:pk>/", people.skill, name="skill"),
]
