"""受理: whoever is asked first writes down what the customer says; who calls is seen meanwhile."""
