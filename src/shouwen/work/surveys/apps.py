from shouwen.ground.primitive import Primitive


class SurveysConfig(Primitive):
    name = "shouwen.work.surveys"
    label = "surveys"
