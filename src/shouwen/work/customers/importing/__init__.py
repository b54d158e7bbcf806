"""Spreadsheets in: read safely, find headings, check every row, try, then commit all or nothing.

The way of a file: `files` (bytes to a grid, hostile ones refused) → `headings` (which column is
what) → `rows` (a checked model a row) → `plans` (create, change, same) → `trials` → `actions`.
"""
