"""The log is for whoever runs the product: what people were told stands in the journal."""

import logging
import logging.config
from copy import deepcopy

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    ("status", "written"), [(422, False), (409, False), (404, True), (500, True)]
)
def test_a_refusal_is_no_line_of_the_log(status, written):
    wanted = deepcopy(settings.LOGGING)
    faults = logging.config.DictConfigurator(wanted).configure_filter(wanted["filters"]["faults"])
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "/intake/", (), None)
    record.status_code = status
    assert bool(faults(record)) is written
    del record.status_code
    assert faults(record)
