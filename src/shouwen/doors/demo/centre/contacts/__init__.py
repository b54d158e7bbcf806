"""A year of contacts of the demo's service centre, by every way, played by the verbs."""
