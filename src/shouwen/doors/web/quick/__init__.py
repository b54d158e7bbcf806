"""往来: anybody takes down what a customer says; customer service sees what nobody took on yet."""
