"""What stands beside the papers of this room: reminders of improvements, opinions on a claim."""

from shouwen.doors.web.papers import asides
from shouwen.doors.web.papers.asides import Aside
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues.models import Due
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.assessment.improvements import PAPERS
from shouwen.outcomes.assessment.models import Improvement, Invitation, Notice
from shouwen.outcomes.assessment.penalty_notices import FORM

from .lists import notice_state


@asides.register(*PAPERS)
def reminders(sheet: Sheet) -> Aside | None:
    """When the owner was reminded (R4-11), and what this one follows or is followed by."""
    found = Improvement.objects.select_related("follows__sheet").filter(sheet=sheet).first()
    if found is None:
        return None
    dues = Due.objects.filter(subject_kind="sheet", subject_id=sheet.pk).values("pk")
    said = Entry.objects.filter(event="due.reminded", subject_kind="due", subject_id__in=dues)
    context = {
        "improvement": found,
        "reminders": list(said.order_by("-at", "-id")),
        "next": found.followed_by.select_related("sheet").first(),
    }
    return Aside("assessment/_reminders.html", context)


@asides.register("third_party")
def opinions(sheet: Sheet) -> Aside | None:
    """The units invited and what they said (R4-56)."""
    asked = Invitation.objects.filter(claim__sheet=sheet).select_related("unit", "sheet")
    sheets = papers.with_content(Sheet.objects.filter(invitation__in=asked))
    said = {one.pk: papers.data_of(one).get("opinion", {}).get("text", "") for one in sheets}
    rows = [{"invitation": one, "text": said[one.sheet_id]} for one in asked.order_by("id")]
    return Aside("assessment/_opinions.html", {"rows": rows}) if rows else None


@asides.register("joint_opinion")
def claim(sheet: Sheet) -> Aside | None:
    """The claim that an opinion belongs to."""
    found = Invitation.objects.filter(sheet=sheet).select_related("claim__sheet").first()
    return Aside("assessment/_claim.html", {"claim": found.claim}) if found else None


@asides.register(FORM)
def notice(sheet: Sheet) -> Aside | None:
    """Where a notice is approved, checked and carried out."""
    found = Notice.objects.filter(sheet=sheet).first()
    if found is None:
        return None
    return Aside("assessment/_notice.html", {"notice": found, "state": notice_state(found)})
