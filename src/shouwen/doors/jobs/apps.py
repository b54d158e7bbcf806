from shouwen.ground.primitive import Primitive


class JobsConfig(Primitive):
    name = "shouwen.doors.jobs"
    label = "jobs"
