"""The pictures of signing in."""

from shouwen.doors.jobs.pictures import Shot

SHOTS = [Shot("sign-in", "", "/sign-in/")]
