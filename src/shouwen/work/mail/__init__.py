"""Mail 邮件: what comes into a mailbox, kept raw before anybody looks at it, and what is answered.

Owns mailboxes, the raw letters with what became of each, and the answers on their way out. What a
letter says becomes an interaction; which matter a new one belongs to is decided by people.
"""
