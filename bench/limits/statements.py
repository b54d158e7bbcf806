"""The statements of the limit: one a request, one transaction each, prepared by the driver."""

from itertools import pairwise

CREATE = """WITH m AS (INSERT INTO matter(customer, unit, severity, state, due, title)
    VALUES (%s, %s, %s, 0, now() + interval '15 days', %s) RETURNING id, due),
  b AS (INSERT INTO body SELECT id, %s FROM m),
  u AS (INSERT INTO unread SELECT id FROM m)
INSERT INTO event(matter_id, actor, kind) SELECT id, 1, 0 FROM m RETURNING matter_id"""
"""The index over pairs is for a worker, as in the product: `unread` tells it what is new."""
SHOWN = "id, title, severity, state, due, customer, assignee"
FIRST_PAGE = f"""SELECT {SHOWN} FROM matter WHERE unit = %s AND state < 9
ORDER BY due, id LIMIT 25"""
DEEP_PAGE = f"""SELECT {SHOWN} FROM matter WHERE (due, id) > (%s, %s)
ORDER BY due, id LIMIT 25"""
DEEP_KEY = "SELECT due, id FROM matter ORDER BY due, id OFFSET %s LIMIT 1"
DETAIL = "SELECT m.*, b.text FROM matter m JOIN body b ON b.matter_id = m.id WHERE m.id = %s"
EVENTS = "SELECT id, at, actor, kind, note FROM event WHERE matter_id = %s ORDER BY id LIMIT 100"
SEARCH = """SELECT m.id, title, severity, state, m.due FROM (
  SELECT s.matter_id FROM searched s JOIN body b USING (matter_id)
  WHERE s.pairs @> %s AND b.text LIKE %s ORDER BY s.due LIMIT 25) f
JOIN matter m ON m.id = f.matter_id ORDER BY m.due"""
STEP = """WITH m AS (UPDATE matter SET state = 1, assignee = 1, version = version + 1
  WHERE id = %s RETURNING id)
INSERT INTO event(matter_id, actor, kind, note) SELECT id, 1, 2, %s FROM m RETURNING matter_id"""
STATISTICS = """SELECT month, unit, outcome, sum(n)::bigint FROM statistic
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
DESK = f"""SELECT {SHOWN} FROM matter WHERE assignee = 1 AND state < 9
ORDER BY due, id LIMIT 200"""
SWEEP = """WITH m AS (UPDATE matter SET level = level + 1, severity = greatest(1, severity - 1),
    version = version + 1 WHERE state < 9 AND due < now() RETURNING id)
INSERT INTO event(matter_id, actor, kind) SELECT id, 0, 3 FROM m"""
SEARCHED = "COPY searched FROM STDIN"
PAIRS_INDEX = """SET maintenance_work_mem = '2GB';
CREATE INDEX searched_pairs ON searched USING gin (pairs) WITH (fastupdate = off);
"""


def pairs(text: str) -> list[int]:
    """A text as the numbers of its pairs of characters: an index that no locale can change."""
    signs = [ord(sign) for sign in text]
    return list({(a & 0x7FFF) << 16 | b & 0xFFFF for a, b in pairwise(signs)})
