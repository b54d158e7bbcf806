"""Cases 案件: a matter a customer brought, carried by its sheet and its flow to its end.

Owns the narrow case row, its text and its product lines. Knows no voucher and no penalty: what
follows from a decision belongs to the outcomes above.
"""
