"""Ways 渠道: how customers reach the company, and what they see of what they brought.

Owns the published channels, the labels that lead to a place, what was filed on the web and what
the customer said of it later. The words themselves are interactions; a matter is not known here.
"""
