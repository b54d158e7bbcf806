"""What a machine among several needs of the web: its health, and whom reports are read from."""
