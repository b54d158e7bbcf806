from shouwen.ground.primitive import Primitive


class ReportsConfig(Primitive):
    name = "shouwen.outcomes.reports"
    label = "reports"
