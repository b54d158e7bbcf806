"""Letters that come in: fetched, kept raw, guarded, threaded, registered."""
