"""Settlement 退货折让: what was decided for the customer becomes goods, paper and a voucher.

Owns the settlement of a closed complaint, its return lines, vouchers and collections. The decision
itself is never changed here.
"""
