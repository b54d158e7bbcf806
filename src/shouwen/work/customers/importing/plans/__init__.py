"""From checked rows to what they would do; nothing is written here."""
