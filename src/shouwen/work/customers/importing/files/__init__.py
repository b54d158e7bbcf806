"""From bytes to a grid of cells, trusting nothing that a file says of itself. Pure."""
