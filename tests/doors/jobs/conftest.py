"""Workers in threads of the test."""

import threading

import pytest

from shouwen.doors.jobs import worker


@pytest.fixture
def working():
    """`working(sweep, …, broker=url)` starts a worker; it is stopped afterwards."""
    begun = []

    def start(*some, broker=""):
        work = worker.Work(some, broker)
        thread = threading.Thread(target=work.run)
        thread.start()
        begun.append((work, thread))
        return work

    yield start
    for work, thread in begun:
        work.stop.set()
        thread.join(10)
        assert not thread.is_alive()
