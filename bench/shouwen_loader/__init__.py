"""Many cases in minutes: what the product's verbs write for a few, written by COPY for a million.

Owns the multiplying of rows. Refuses to know which tables a verb writes: it looks.
"""
