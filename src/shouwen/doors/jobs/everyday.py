"""The sweeps of the product, in one list."""

from datetime import datetime, timedelta

from django.conf import settings

from shouwen.doors.api import actions as api
from shouwen.doors.demo import company, complaints, months, staff
from shouwen.doors.demo.centre.contacts import playing
from shouwen.doors.web import one_time
from shouwen.engines.dues import actions as dues
from shouwen.engines.limits import actions as limits
from shouwen.engines.notices import sending
from shouwen.engines.notices.models import Mail
from shouwen.engines.search import actions as search
from shouwen.engines.search.models import SearchWaiting
from shouwen.ground.journal import anchor, chain
from shouwen.ground.org.models import Unit
from shouwen.outcomes.conduct import detecting
from shouwen.work.callbacks import actions as callbacks
from shouwen.work.customers.care import completeness, merging
from shouwen.work.customers.importing import actions as imports
from shouwen.work.knowledge import shifts, taboo
from shouwen.work.mail import actions as mail
from shouwen.work.mail.models import Outgoing, RawMail
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Recipient
from shouwen.work.training import actions as training

from .sweeps import sweep

ANCHOR = settings.HOME / "journal.anchor"
DEMO_AT_ONCE = 2
KEPT = timedelta(days=7)
"""How long a client may send a request again and get its first answer."""


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


@sweep("search.index", every=1, rows=SearchWaiting)
def index_records(now: datetime) -> int:
    """Bring the search index up to date with the records that changed."""
    return search.index_waiting()


@sweep("notices.mail", every=10, rows=Mail)
def send_letters(now: datetime) -> int:
    """Send the letters whose time has come."""
    return sending.send_mail(now)


@sweep("surveys.mail", every=15, rows=Recipient)
def send_invitations(now: datetime) -> int:
    """Send the survey invitations and reminders that leave by e-mail."""
    return surveys.send_waiting(now)


@sweep("mail.fetch", every=20)
def fetch_mail(now: datetime) -> int:
    """Fetch what came into the mailboxes, and keep it raw."""
    return mail.fetch_all(now)


@sweep("mail.process", every=2, rows=RawMail)
def take_mail_in(now: datetime) -> int:
    """Register the letters that are kept, or put them aside."""
    return mail.process_waiting(now)


@sweep("mail.send", every=5, rows=Outgoing)
def send_mail_to_customers(now: datetime) -> int:
    """Send the answers to customers."""
    return mail.send_waiting(now)


@sweep("dues.sweep", every=5)
def say_what_is_due(now: datetime) -> int:
    """Warn of what is due soon, say what was missed, report what stays undone."""
    return dues.sweep(now)


@sweep("dues.open_periodic", every=60)
def open_periodic_duties(now: datetime) -> int:
    """Put the duties of a new day, month or quarter on the desks."""
    return dues.open_periodic(now)


@sweep("dues.open_rhythms", every=60)
def open_turns(now: datetime) -> int:
    """Put on the desks whose turn has come: offers, reviews, contact."""
    return dues.open_rhythms(now)


@sweep("conduct.idle", every=900)
def seek_idle_matters(now: datetime) -> int:
    """Put to their owners the matters in which nothing has happened for too long."""
    return detecting.seek_idle(now)


@sweep("customers.recount", every=300)
def recount_completeness(now: datetime) -> int:
    """Reckon anew what records lack where the company asks for other fields than before."""
    return completeness.recount(now)


@sweep("customers.gather", every=60)
def gather_strays(now: datetime) -> int:
    """Bring after what was written for a record in the moment it was merged."""
    return merging.gather(now)


@sweep("callbacks.plan", every=60)
def plan_calls(now: datetime) -> int:
    """Plan the calls whose month, quarter or interval has come; draw the samples that are due."""
    return callbacks.sweep(now)


@sweep("imports.drop_old", every=3600)
def drop_old_imports(now: datetime) -> int:
    """Delete the files of imports that were tried and never confirmed."""
    return imports.drop_old(now)


@sweep("dues.remind", every=300)
def remind_of_what_is_open(now: datetime) -> int:
    """Remind, once a week, of what a clause wants to be reminded of."""
    return dues.remind(now)


@sweep("training.retests", every=3600)
def ask_for_retests(now: datetime) -> int:
    """Put the re-test of each skill that expired on its owner's desk."""
    return training.ask_retests(now)


@sweep("web.forget_forms", every=3600)
def forget_old_forms(now: datetime) -> int:
    """Drop the answers to forms so old that no browser sends them again."""
    return one_time.forget(now - timedelta(days=2))


@sweep("api.forget_answers", every=3600)
def forget_old_answers(now: datetime) -> int:
    """Drop the answers kept for idempotency keys, and counts of tries, that are over."""
    return api.forget(now - KEPT) + limits.forget(now - timedelta(days=2))


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
        or playing.make(firm, playing.missing(firm, now)[:DEMO_AT_ONCE], now)
    )
