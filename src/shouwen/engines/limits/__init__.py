"""Limits: how often somebody outside may try something, counted in windows of time.

Owns one counter a window. Does not know what is tried; who is tried stands there as a digest only.
"""
