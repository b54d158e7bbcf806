"""培训: plans of the year, trainings held, and what everybody was tested in (R2-22, R7-68)."""
