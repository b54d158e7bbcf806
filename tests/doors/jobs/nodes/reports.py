"""Ask a page that reads the replica, in an installation that has one. Run as a program.

Each argument after the person is a step; each line of output what the workbook of customers holds.
"""

import io
import sys

import django

SHEET = "/customers/export/"


def names(client):
    """The customers of the workbook."""
    import python_calamine

    answer = client.get(SHEET)
    assert answer.status_code == 200, answer.status_code
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    return sorted(cell for row in rows for cell in row if str(cell).endswith("机电"))


def write():
    """What happens to one who writes through the replica by mistake."""
    from django.db import DatabaseError

    from shouwen.doors.jobs.models import Worker

    try:
        Worker.objects.using("reports").all().delete()
    except DatabaseError as error:
        return [type(error).__name__]
    return ["written"]


def main():
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(username=sys.argv[1]))
    for step in sys.argv[2:]:
        if step == "wrote":
            assert client.post("/theme/", {"theme": "dark"}).status_code == 302
        found = write() if step == "write" else names(client)
        sys.stdout.write(f"{step}: {' '.join(found)}\n")


if __name__ == "__main__":
    django.setup()
    main()
