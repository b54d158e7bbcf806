"""The load generator and the steps that measure."""
