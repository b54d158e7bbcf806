from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.doors.web.access import Route
from shouwen.doors.web.cases.routes import complaint
from shouwen.engines.documents.actions import attach
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.ground.foundation import clock
from shouwen.work.cases.actions import sheet_of
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import file_record


def a_request(cast: Any) -> dict[str, Any]:
    """An opinion that quality management has to follow up."""
    asked = {
        "text": "请改善包装",
        "to_unit": cast.units["quality"].pk,
        "due_on": clock.today().isoformat(),
    }
    return {"pk": file_record(complaint(cast), "followup", asked, by=cast.sales).pk}


def its_answer(cast: Any) -> dict[str, Any]:
    """The section that answers it."""
    return a_request(cast) | {"key": "answer"}


def of_a_case(cast: Any) -> dict[str, Any]:
    """A case as these addresses name it."""
    return {"case": complaint(cast).pk}


def a_form(cast: Any) -> dict[str, Any]:
    """A form that everybody may file."""
    return of_a_case(cast) | {"form": "help_request"}


def a_copy(cast: Any) -> dict[str, Any]:
    """A copy in the hands of accounting."""
    case: Case = complaint(cast)
    sheet = sheet_of(case)
    Sheet.objects.filter(pk=sheet.pk).update(state=Sheet.State.ISSUED, issued_at=clock.now())
    copy = Copy.objects.create(
        sheet=sheet, no=4, holder_role="accounting",
        unit=cast.units["accounting"], issued_at=clock.now(),
    )  # fmt: skip
    return {"pk": copy.pk}


def a_file(cast: Any) -> dict[str, Any]:
    """A text file of a case."""
    case = complaint(cast)
    plain = SimpleUploadedFile("note.txt", "样品照片说明".encode())
    return {"uuid": attach(plain, by=cast.sales, matter=case, division=cast.division).uuid}


ROUTES = [
    Route("papers:show", args=a_request, outsider=404),
    Route("papers:answer", "POST", args=its_answer, everyone=422, outsider=404),
    Route("papers:choose", args=of_a_case, outsider=404),
    Route("papers:new", args=a_form, outsider=404),
    Route("papers:print", args=a_request, outsider=404),
    Route("papers:letter", args=a_request, everyone=409, outsider=404),
    Route("papers:file", args=a_file, outsider=404),
    Route("papers:copies"),
    Route("papers:copies_of", args=lambda cast: {"key": "kept"}),
    Route("papers:copies_export", args=lambda cast: {"key": "kept"}),
    Route("papers:receive", "POST", args=a_copy, everyone=409, outsider=404, accounting=302),
]
