"""Who is told what, where, and whether it was read: a line under the bell, and a letter by e-mail.

Owns `Notice`, `Mail` and `QuietHours`. Refuses to decide who must be told: whoever knows the rule
calls `tell`. Nothing is told twice: one key, one person, one notice.
"""
