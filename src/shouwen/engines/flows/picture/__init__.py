"""A flow as a picture: pure layout, text in, SVG out."""

from .column import in_column
from .lanes import in_lanes
from .sketch import Back, Link, Node, Sketch

__all__ = ["Back", "Link", "Node", "Sketch", "in_column", "in_lanes"]
