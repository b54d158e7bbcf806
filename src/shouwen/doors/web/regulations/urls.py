from django.urls import path, register_converter

from . import views


class ClauseNumber:
    """`R4-59`."""

    regex = r"R\d+-\d\d"

    def to_python(self, value: str) -> str:
        """The number itself."""
        return value

    def to_url(self, value: str) -> str:
        """The number itself."""
        return value


register_converter(ClauseNumber, "clause")

app_name = "regulations"
urlpatterns = [
    path("regulations/", views.overview, name="list"),
    path("regulations/<str:code>/", views.regulation, name="regulation"),
    path("clauses/<clause:number>/", views.clause, name="clause"),
]
