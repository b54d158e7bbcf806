"""Dues that a clause ties to facts, or to the calendar."""
