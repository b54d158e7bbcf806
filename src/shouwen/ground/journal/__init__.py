"""Append-only facts: who did what to which record, when. Sealed into a hash chain by a worker.

Owns `Entry` and `Seal`. Refuses to know what any fact means.
"""
