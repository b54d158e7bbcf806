"""Assessment 考核: what a closed complaint means for units and people: loss, penalty, improvement.

Owns the computed proposals, sanctions and improvement projects' state. Never changes a decision.
"""
