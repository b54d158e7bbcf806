from shouwen.ground.primitive import Primitive


class SearchConfig(Primitive):
    name = "shouwen.engines.search"
    label = "search"
