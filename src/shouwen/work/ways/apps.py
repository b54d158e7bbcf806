from shouwen.ground.primitive import Primitive


class WaysConfig(Primitive):
    name = "shouwen.work.ways"
    label = "ways"
