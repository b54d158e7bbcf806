from shouwen.ground.primitive import Primitive


class DemoConfig(Primitive):
    name = "shouwen.doors.demo"
    label = "demo"
