"""What the regulations say, and since when: dated definitions read from YAML, kept as editions.

Owns `Regulation` and `Edition`, the thirteen clause kinds and the readers of forms and flows.
Refuses to know units, persons and what any clause is good for: an engine gives its kind a shape.
"""
