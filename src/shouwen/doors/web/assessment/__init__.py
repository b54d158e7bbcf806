"""Assessment 考核: improvements, notices, sanctions, claims, and what they mean for a case."""
