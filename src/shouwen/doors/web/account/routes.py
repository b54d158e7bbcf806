from shouwen.doors.web.access import Route

ROUTES = [
    Route("account:sign_in", open=True, anonymous=200, everyone=302),
    Route("account:sign_in_as", "POST", open=True, everyone=404),
    Route("account:switch", everyone=404),
    Route("account:sign_out", "POST", open=True, everyone=302),
    Route("account:language", "POST", open=True, everyone=302, data=lambda _: {"language": "en"}),
    Route("account:theme", "POST", open=True, everyone=302, data=lambda _: {"theme": "dark"}),
    Route("account:keys"),
]
