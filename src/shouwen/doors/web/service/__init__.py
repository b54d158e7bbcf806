"""服务指标: the month's figures of service by department and person, each with its list."""
