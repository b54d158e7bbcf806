"""Who works where, who stands in for whom, when people work, which regulation a division adopted.

Owns units, people, posts, appointments, substitutions, adoptions, company values and the working
calendar. Refuses to know what a matter is: matters point at units and people, never back.
Reading order: `roles`, `models`, `roster` (the cache), `queries`; verbs are in `actions`.
"""
