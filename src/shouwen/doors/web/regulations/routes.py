from shouwen.doors.web.access import Route

ROUTES = [
    Route("regulations:list"),
    Route("regulations:regulation", args=lambda _: {"code": "R4"}),
    Route("regulations:clause", args=lambda _: {"number": "R4-59"}),
]
