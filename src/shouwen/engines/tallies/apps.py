from shouwen.ground.primitive import Primitive


class TalliesConfig(Primitive):
    name = "shouwen.engines.tallies"
    label = "tallies"
