"""Reception 接待: who came to us and how they were received; letters and faxes in and out.

Owns the visitor register and the post book. A visit, a letter and a fax are interactions too: one
act writes both. Knows neither what a matter is nor what follows from a bad rating beyond the check
that it puts before the manager.
"""
