"""What is done to keep customers: complete records, grades, opportunities, offers, opinions.

Each module is one of them, with its verbs; `queries` has every list, `rules` every decision.
"""
