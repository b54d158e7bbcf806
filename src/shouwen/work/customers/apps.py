from shouwen.ground.primitive import Primitive


class CustomersConfig(Primitive):
    name = "shouwen.work.customers"
    label = "customers"

    def ready(self) -> None:
        """Let the search box find what is kept here."""
        from . import searching  # noqa: F401 - registers itself by being imported

        super().ready()
