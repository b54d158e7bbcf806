"""The pictures of the regulations."""

from shouwen.doors.jobs.pictures import Shot

SHOTS = [
    Shot("regulations", "jimingfa", "/regulations/"),
    Shot("regulation", "fangxiaotang", "/regulations/R4/", documents=("wide",)),
    Shot("clause", "fangxiaotang", "/clauses/R4-59/", documents=("wide",)),
    Shot("clause-values", "guchangting", "/clauses/R4-39/"),
]
