"""The service centre of the demo group and a year of its contacts."""
