"""Tallies 计数: how often something may happen to one matter, and the fact that it was too often.

Counts the journal and keeps no table of its own. Does not know what follows: whoever has to act on
`limit.exceeded` reacts to it.
"""
