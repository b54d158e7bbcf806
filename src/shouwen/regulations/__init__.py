"""The company's regulations: texts, figures, flows, and the scenarios that show they are kept.

A regulation is a folder of YAML and never a table. `scenarios` reads the stories, `runner` plays
them against the real verbs (`verbs`), `coverage` counts, `pages` writes the clause pages.
"""
