"""What time does to a due: its moments, and what is said when they come."""
