from shouwen.ground.primitive import Primitive


class NoticesConfig(Primitive):
    name = "shouwen.engines.notices"
    label = "notices"
