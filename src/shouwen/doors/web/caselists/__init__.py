"""案件: lists of matters by view and filter, a board, the register, and what is overdue."""
