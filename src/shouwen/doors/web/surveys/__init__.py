"""调查: questionnaires, campaigns, answers and what they come to; the customer's own page."""
