"""Ordered stages and sign-off rounds: who may move what on, and who has to sign it.

Owns `Run`, `Step`, `Round`, `Signing` and what people do around them. Refuses to know what travels:
a complaint, a certificate and a petition are all a subject to it.
"""
