"""Measures the product beside other systems of its kind and beside the physical limit.

No part of the installed package: `README.md` in this folder says how to run and extend it.
"""
