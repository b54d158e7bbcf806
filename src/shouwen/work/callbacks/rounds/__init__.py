"""Calls that come round by themselves: to delivered projects, and to every customer."""
