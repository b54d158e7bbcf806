"""The working calendar, the hours of the week, and the hours in which no letters leave."""
