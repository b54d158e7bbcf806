from shouwen.ground.primitive import Primitive


class AssessmentConfig(Primitive):
    name = "shouwen.outcomes.assessment"
    label = "assessment"
