"""What comes round for each record at the company's own interval: offers, reviews, contact.

A clause says it once (`every: company_interval`, `each: customer`, `value`, `stops`); a `Rhythm` is
that clause in one division, a `Beat` the turn of one record. The primitive that owns the records
registers them as `Followers` and says when one comes, goes, or changes its class. Whatever fact
`stops` names moves the record's turn and settles its due.
"""
