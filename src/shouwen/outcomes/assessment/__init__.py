"""Assessment 考核: what a closed complaint means for units and people: loss, penalty, improvement.

Owns what an approved determination means: shares of the loss, penalties, notices, sanction lists,
and the state of improvements and claims. Never changes a decision.
"""
