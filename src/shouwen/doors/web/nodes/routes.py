from shouwen.doors.web.access import Route

ROUTES = [
    Route("nodes:live", open=True),
    Route("nodes:ready", open=True),
    # No worker runs beside a test.
    Route("nodes:work", open=True, everyone=503),
]
