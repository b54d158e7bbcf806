"""A company that does not exist: everything in it is invented, and made by the verbs themselves."""
