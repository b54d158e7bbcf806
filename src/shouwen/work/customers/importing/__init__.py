"""Spreadsheets in: read safely, find headings, check every row, try, then commit all or nothing.

The way of a file: `reading` (bytes to a grid, hostile files refused) → `headings` (which column is
what) → `rows` (a checked model a row) → `plans` (create, change, unchanged) → `actions` (commit).
"""
