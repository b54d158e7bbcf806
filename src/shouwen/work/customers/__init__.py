"""Who we sell to and what they bought: customers, contacts, products, orders, shipments.

Owns those tables, the importer of spreadsheets and the masking of telephone numbers. Refuses to
know what a complaint is: cases point here, never the other way.
"""
