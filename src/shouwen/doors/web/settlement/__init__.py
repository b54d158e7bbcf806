"""Settlement 退货折让: the queue of each post, and the page on which a decision is settled."""
