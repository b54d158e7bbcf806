from shouwen.ground.primitive import Primitive


class TrainingConfig(Primitive):
    name = "shouwen.work.training"
    label = "training"
