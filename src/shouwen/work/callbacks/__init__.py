"""Call-backs 回访: the company rings the customer again, hears him out and acts on what he says.

Owns the call-back with its tries and its result, the director's sample, the audits, the monthly
report, the list of improvements, and delivered projects with their call-back files. It reacts to
what a matter tells (`case.solved`, `repair.finished`) and never changes a matter itself: a bad
answer is handed to whoever has said that he takes it (`handing`).
"""
