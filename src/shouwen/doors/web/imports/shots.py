"""The pictures of imports."""

from shouwen.doors.jobs.pictures import Shot

SHOTS = [Shot("imports", "fangxiaotang", "/imports/customers/")]
