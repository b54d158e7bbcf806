"""报表: the monthly statistics of complaints, the base of the collection bonus, the indicators."""
