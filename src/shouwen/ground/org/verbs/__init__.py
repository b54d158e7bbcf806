"""Verbs of the organisation by the noun they belong to; `actions` names them all."""
