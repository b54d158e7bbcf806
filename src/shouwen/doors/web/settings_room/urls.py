from datetime import date

from django.urls import path, register_converter

from . import adoptions, organisation, people, values
from .working_time import calendar, quiet


class Day:
    """`2026-02-14`."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(Day, "day")

app_name = "settings"
urlpatterns = [
    path("", organisation.home, name="home"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("units/<slug:code>/", organisation.unit, name="unit"),
    path("units/<slug:code>/below/", organisation.unit_below, name="unit_below"),
    path("units/<slug:code>/duties/", organisation.unit_duties, name="unit_duties"),
    path("units/<slug:code>/names/", organisation.unit_change, name="unit_change"),
    path("units/<slug:code>/place/", organisation.unit_move, name="unit_move"),
    path("units/<slug:code>/closure/", organisation.unit_closure, name="unit_closure"),
    path("units/<slug:code>/posts/", organisation.post_new, name="post_new"),
    path("people/new/", people.hire, name="hire"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/details/", people.change, name="person_change"),
    path("people/<int:pk>/appointments/", people.appointment, name="appointment"),
    path(
        "people/<int:pk>/appointments/<int:held>/end/",
        people.appointment_end,
        name="appointment_end",
    ),
    path("people/<int:pk>/absences/", people.absence, name="absence"),
    path("people/<int:pk>/absences/<int:absence>/end/", people.absence_end, name="absence_end"),
    path("people/<int:pk>/departure/", people.departure, name="departure"),
    path("people/<int:pk>/password/", people.password, name="password"),
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/hours/", calendar.hours, name="hours"),
    path("calendar/quiet/", quiet.quiet_hours, name="quiet"),
    path("calendar/<int:year>/", calendar.year, name="year"),
    path("calendar/<int:year>/list/", calendar.year_list, name="year_list"),
    path("calendar/<day:day>/", calendar.day, name="day"),
    path("values/", values.values, name="values"),
    path("values/<str:key>/", values.value, name="value"),
    path("adoptions/", adoptions.adoptions, name="adoptions"),
    path("adoptions/new/", adoptions.adoption_new, name="adoption_new"),
    path("adoptions/<int:pk>/end/", adoptions.adoption_end, name="adoption_end"),
]
