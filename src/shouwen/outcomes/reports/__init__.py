"""Reports 报表: periodic papers with figures that open their lists; frozen once they are signed.

Owns `Report`. Reads everything below and changes nothing of it.
"""
