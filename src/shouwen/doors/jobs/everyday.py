"""The sweeps of the product, in one list."""

from datetime import datetime, timedelta

from django.conf import settings

from shouwen.doors.demo import company, complaints, months, staff
from shouwen.doors.demo.centre import contacts
from shouwen.doors.web import one_time
from shouwen.engines.dues import actions as dues
from shouwen.engines.notices import sending
from shouwen.engines.search import actions as search
from shouwen.ground.journal import anchor, chain
from shouwen.ground.org.models import Unit
from shouwen.work.customers.importing import actions as imports
from shouwen.work.knowledge import shifts, taboo

from .sweeps import sweep

ANCHOR = settings.HOME / "journal.anchor"
DEMO_AT_ONCE = 2


@sweep("journal.seal", every=1)
def seal_journal(now: datetime) -> int:
    """Chain what was recorded, then note the newest link outside the database."""
    sealed = chain.seal_all()
    if sealed or not ANCHOR.exists():
        anchor.keep(ANCHOR)
    return sealed


@sweep("journal.seal_late", every=3600)
def seal_late_facts(now: datetime) -> int:
    """Seek facts whose transaction took so long that the look every second passed them by."""
    return chain.seal_all(look_back=None)


@sweep("search.index", every=1)
def index_records(now: datetime) -> int:
    """Bring the search index up to date with the records that changed."""
    return search.index_waiting()


@sweep("notices.mail", every=10)
def send_letters(now: datetime) -> int:
    """Send the letters whose time has come."""
    return sending.send_mail(now)


@sweep("dues.sweep", every=5)
def say_what_is_due(now: datetime) -> int:
    """Warn of what is due soon, say what was missed, report what stays undone."""
    return dues.sweep(now)


@sweep("dues.open_periodic", every=60)
def open_periodic_duties(now: datetime) -> int:
    """Put the duties of a new day, month or quarter on the desks."""
    return dues.open_periodic(now)


@sweep("imports.drop_old", every=3600)
def drop_old_imports(now: datetime) -> int:
    """Delete the files of imports that were tried and never confirmed."""
    return imports.drop_old(now)


@sweep("dues.remind", every=300)
def remind_of_what_is_open(now: datetime) -> int:
    """Remind, once a week, of what a clause wants to be reminded of."""
    return dues.remind(now)


@sweep("web.forget_forms", every=3600)
def forget_old_forms(now: datetime) -> int:
    """Drop the answers to forms so old that no browser sends them again."""
    return one_time.forget(now - timedelta(days=2))


@sweep("knowledge.taboo", every=10)
def find_taboo_phrases(now: datetime) -> int:
    """Read what was said to customers for phrases that nobody says."""
    return taboo.find_spoken(now)


@sweep("knowledge.shifts", every=300)
def check_records_of_shifts(now: datetime) -> int:
    """Count the enquiries of a closed day that have no record."""
    return shifts.check_shifts(now)


@sweep("demo.fill", every=1)
def fill_demo(now: datetime) -> int:
    """Fill in the year of the demo company: complaints first, then months and contacts."""
    if not settings.DEMO or not Unit.objects.filter(code=staff.FACTORY).exists():
        return 0
    firm = company.found()
    return (
        complaints.fill(firm, now, DEMO_AT_ONCE)
        or months.fill(firm, now)
        or contacts.make(firm, contacts.missing(firm, now)[:DEMO_AT_ONCE], now)
    )
