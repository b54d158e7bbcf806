"""Cases 案件: the list, the board, the register and the page of a case."""
