"""Telephony 电话: what the telephone system tells of calls, and whose extension rings.

Owns the call and the extension. Hears events in any order and more than once; a call that somebody
registers is bound to its interaction. Knows nothing of matters.
"""
