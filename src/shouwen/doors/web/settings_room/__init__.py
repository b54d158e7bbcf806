"""Settings: the organisation, the working calendar, company values, adopted regulations.

Everybody may read what concerns his divisions; the keeper of the rules changes it.
"""
