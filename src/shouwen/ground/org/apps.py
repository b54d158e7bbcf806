from shouwen.ground.primitive import Primitive


class OrgConfig(Primitive):
    name = "shouwen.ground.org"
    label = "org"
