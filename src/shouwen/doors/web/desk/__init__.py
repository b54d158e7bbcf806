"""今日: everything due on one desk, by urgency.

Other rooms add a panel beside it in their `nav.py`: `panels.register("cases", 20, build)`, where
`build(request)` gives a `panels.Panel` or None.
"""
