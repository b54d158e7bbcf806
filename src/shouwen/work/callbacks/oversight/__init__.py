"""Who looks over the call-backs: the director's sample and report, two departments, the list."""
