from shouwen.ground.primitive import Primitive


class ReceptionConfig(Primitive):
    name = "shouwen.work.reception"
    label = "reception"
