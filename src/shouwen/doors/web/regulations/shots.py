"""The pictures of the regulations."""

from shouwen.doors.jobs.pictures import Shot

SHOTS = [
    Shot("regulations", "jimingfa", "/regulations/"),
    Shot("regulation", "fangxiaotang", "/regulations/R4/"),
    Shot("clause", "fangxiaotang", "/clauses/R4-59/"),
    Shot("clause-values", "guchangting", "/clauses/R4-39/"),
]
