"""Signing in and out, the reader's language, light and dark."""
