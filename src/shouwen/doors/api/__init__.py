"""The interface for other systems: JSON under `/api/v1/`, for those that hold a token.

Owns the client systems with their scopes, and the answers kept for idempotency keys. Everything it
does goes through the same verbs as the screens; a refusal is answered with its clause.
"""
