"""Find anything by a few signs: two Chinese characters, a number, a phone, pinyin initials.

Owns `SearchDoc` and its outbox `SearchWaiting`, and one index beside the table: FTS5 on SQLite, a
tsvector on PostgreSQL, both fed with the same tokens. Refuses to know what a case or a customer is:
an upper storey registers how the words of its records are found. Who may see a hit is decided by
the caller's divisions and, on the record itself, by its own gate.
"""
