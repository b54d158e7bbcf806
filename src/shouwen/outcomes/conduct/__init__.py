"""Conduct 服务行为: reviewed contacts, findings against people, and what the department decides.

Owns reviews with their marks, findings with objection and answer, measures and transfers, and what
customers say about an employee. Which items are marked and which violations exist, the norm clauses
of the division say. Never dismisses anybody: every step is a person's.
"""
