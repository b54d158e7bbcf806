"""邮件: what came in and what became of it, the answers, the mailboxes themselves."""
