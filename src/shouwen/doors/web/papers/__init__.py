"""Papers 单据: any sheet as a page, its sections as forms, its copies as archives and queues."""
