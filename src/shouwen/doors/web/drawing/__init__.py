"""What pages have by the hundred, drawn in Python: the small pieces, and tables of them."""
