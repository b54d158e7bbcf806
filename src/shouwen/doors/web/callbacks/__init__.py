"""The room of call-backs: the list of calls, one call, the sample, audits, reports, projects."""
