"""Knowledge 知识: what may not be said, what was asked and is known now, what everybody shall read.

Owns taboo phrases and where they were said, checks of a shift's records, articles with their
versions, the quarter's summary and the bulletin drawn from it. Refuses to know the screens; a
portal reads `bulletins.told_to_customers`.
"""
