"""How a case travels: the course of its kind and class, what its moves bring about, its gates."""
