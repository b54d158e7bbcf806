"""Two hands on one button at the same moment: one deed, one answer."""

import threading
import time
from datetime import timedelta

import pytest
from casting import company
from django.db import connection
from django.shortcuts import redirect
from django.test import Client
from django.urls import path

from shouwen.config.urls import urlpatterns as product
from shouwen.doors.web import one_time
from shouwen.doors.web.models import Answered
from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry


def slow(request):
    """Something that takes as long as a person needs for a second click."""
    time.sleep(0.3)
    journal.record("slow.done", request.person, by=request.person)
    return redirect("/keys/")


urlpatterns = [path("slow/", slow, name="slow"), *product]


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
def test_a_second_click_while_the_first_still_runs():
    person = company().sales
    answers = []

    def click() -> None:
        client = Client()
        client.force_login(person.user, "shouwen.doors.web.account.users.UserBackend")
        answers.append(client.post("/slow/", {"once": "t" * 32}))
        connection.close()

    hands = [threading.Thread(target=click) for _ in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert [answer["Location"] for answer in answers] == ["/keys/"] * 3
    assert Entry.objects.filter(event="slow.done").count() == 1


def test_old_answers_are_dropped(db):
    for days, key in ((3, "old"), (0, "new")):
        at = clock.now() - timedelta(days=days)
        Answered.objects.create(token=key, person_id=1, path="/", at=at)
    assert one_time.forget(clock.now() - timedelta(days=2)) == 1
    assert Answered.objects.get().token == "new"


def test_every_form_gets_a_token_of_its_own():
    assert len({one_time.token() for _ in range(100)}) == 100
