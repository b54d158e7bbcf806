"""Announcements 公告: what personnel publishes, for everybody to see (R4-63)."""
