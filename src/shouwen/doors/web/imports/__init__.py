"""Spreadsheets in: choose a kind, upload, see what would happen, commit or mend."""
