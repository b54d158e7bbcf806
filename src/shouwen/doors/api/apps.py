from shouwen.ground.primitive import Primitive


class ApiConfig(Primitive):
    name = "shouwen.doors.api"
    label = "api"
