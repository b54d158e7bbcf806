from shouwen.ground.primitive import Primitive


class CallbacksConfig(Primitive):
    name = "shouwen.work.callbacks"
    label = "callbacks"
