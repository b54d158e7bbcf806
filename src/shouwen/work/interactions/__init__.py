"""Interactions 往来: every time a customer and the company called, wrote or met, in or out.

Owns the numbered interaction, its words and their corrections. It is never deleted. It may belong
to a matter and does not know what a matter is: cases stand above and link themselves to it.
"""
