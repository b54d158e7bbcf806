"""The page of what was found, for the box on every page."""
