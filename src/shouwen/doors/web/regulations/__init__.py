"""The regulations as text one can read, a state beside every clause, and the record of each."""
