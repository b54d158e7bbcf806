from shouwen.ground.primitive import Primitive


class CustomersConfig(Primitive):
    name = "shouwen.work.customers"
    label = "customers"
