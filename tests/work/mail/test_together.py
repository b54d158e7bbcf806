"""Several workers at the same letters, and a flood from one sender."""

import threading
import time

import pytest
from django.db import connections
from work.mail.conftest import letter

from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import actions as mail
from shouwen.work.mail.models import Outgoing, RawMail


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_register_each_letter_once(house):
    """The same letter delivered by two ways at once makes one interaction and one receipt."""
    for number in range(6):
        data = letter(f"第 {number} 封来信的内容", Message_ID=f"<{number}@kehu.cn>",
                      sender=f"a{number}@kehu.cn")  # fmt: skip
        house.put(data)
        house.put(b"Received: by another way\r\n" + data)
    failed: list[Exception] = []

    def work():
        try:
            mail.process_waiting(house.now.at)
        except Exception as error:  # shown below: a thread that dies would be overlooked
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    house.now.wait(minutes=20)
    mail.process_waiting(house.now.at)
    assert Interaction.objects.count() == 6
    assert Outgoing.objects.count() == 6
    states = list(RawMail.objects.values_list("state", flat=True))
    assert (states.count("processed"), states.count("ignored")) == (6, 6)


def test_a_flood_is_taken_in_fast_enough_and_delays_nobody(house):
    """At the pace of 5,000 letters in ten minutes, with much to spare; others come at once."""
    for number in range(150):
        house.put(letter(f"轰炸 {number}", sender="a@flood.cn", Message_ID=f"<{number}@flood.cn>"))
    other = house.put(letter())
    began = time.monotonic()
    mail.process_waiting(house.now.at, limit=2)
    other.refresh_from_db()
    assert other.state == "processed"
    done = 2
    while taken := mail.process_waiting(house.now.at):
        done += taken
    pace = done / (time.monotonic() - began)
    assert done == 151
    assert pace > 5000 / 600
    assert RawMail.objects.filter(state="quarantined", sender="a@flood.cn").count() == 100
