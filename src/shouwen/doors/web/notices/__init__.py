"""What one was told: the bell on every page, and the whole list."""
