from shouwen.doors.web.access import Route

ROUTES = [Route("search:results")]
