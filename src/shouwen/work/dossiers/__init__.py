"""Dossiers 档案: everything the company holds about one person, whatever storey keeps it.

Owns the record of erasures, and joins what customers, interactions and cases keep each for itself:
the timeline over every channel, who was not heard of for long, the copy a person may ask for, and
the erasure of a person (decision 11). Refuses to own any of what it shows.
"""
