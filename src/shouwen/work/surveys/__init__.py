"""Surveys 满意度: what customers are asked, what they answer, and every mark they give.

Owns questionnaires in versions, campaigns with whom they ask by which channel, answers that are
never rewritten, and ratings: one mark about one matter, whichever room it was given in. It does not
know what that matter is, nor what a month's indicators make of the marks.
"""
