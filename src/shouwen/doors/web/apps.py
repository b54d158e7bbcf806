from shouwen.ground.primitive import Primitive


class WebConfig(Primitive):
    name = "shouwen.doors.web"
    label = "web"
