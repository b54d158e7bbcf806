"""Keeping customers: complete records, relations, opportunities, offers, opinions, merging."""
