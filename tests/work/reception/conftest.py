"""A factory of one person a group, working by the service regulations."""

from serving import cast, day

__all__ = ["cast", "day"]
