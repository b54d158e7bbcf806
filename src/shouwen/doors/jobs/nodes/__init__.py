"""What several machines need: words over the broker, and how each of them is."""
