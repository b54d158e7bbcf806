"""The simulator calls a server that runs, and its agent is offered the call."""

import io

import pytest
from casting import company
from django.core.management import CommandError, call_command

from shouwen.doors.api.models import ApiClient
from shouwen.work.telephony.actions import give_extension
from shouwen.work.telephony.models import Call

WORDS = ("--from=13800138000", "--rings=0", "--lasts=0")


@pytest.fixture
def cast(transactional_db, settings):
    settings.DEMO = True
    made = company()
    give_extension(made.division, "8001", made.agent, by=None)
    return made


def test_a_call_rings_is_answered_and_ends(cast, live_server):
    out = io.StringIO()
    call_command("demo_call", "--to=8001", f"--url={live_server.url}", *WORDS, stdout=out)
    assert out.getvalue().split() == [
        "ringing:", "ringing", "answered:", "answered", "ended:", "ended",
    ]  # fmt: skip
    call = Call.objects.get()
    assert (call.agent, call.caller, call.is_missed) == (cast.agent, "13800138000", False)
    assert not ApiClient.objects.filter(revoked_at__isnull=True).exists()


def test_nobody_answers(cast, live_server):
    url = f"--url={live_server.url}"
    call_command("demo_call", "--to=8001", url, *WORDS, "--missed", stdout=io.StringIO())
    assert Call.objects.get().is_missed


def test_it_says_what_is_missing(cast, settings):
    with pytest.raises(CommandError):
        call_command("demo_call", "--to=9999", *WORDS)
    with pytest.raises(CommandError):
        call_command("demo_call", "--to=8001", "--url=http://127.0.0.1:9", *WORDS)
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_call", "--to=8001", *WORDS)
    assert not Call.objects.exists()
