"""This engine reads `forms.yaml` of every regulation."""

from shouwen.ground.policy import parsers

from .definitions import parse_forms

parsers.register("forms", parse_forms)
