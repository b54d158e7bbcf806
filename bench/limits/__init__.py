"""The physical limit: the same work by hand over the driver, and HTTP that does nothing."""
