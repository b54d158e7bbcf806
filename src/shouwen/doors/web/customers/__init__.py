"""Customers, their contacts, products and orders: found, looked at, entered and changed."""
