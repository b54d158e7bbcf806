"""The systems that are measured: a module each."""
