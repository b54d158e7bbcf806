"""Training 培训: a department's plan of the year with its targets, sessions held, skills re-tested.

Owns plans, sessions, attendance and the skills of people. A plan that was submitted is kept as it
was; what is held against it is counted, never typed in.
"""
