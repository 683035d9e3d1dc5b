"""The statistics of a unit, and that none of it tells of few people outside."""

from planforms.models.statistics import Statistics
from planforms.registry import Kind
from planforms.rules.statistics import untold_problems

KIND = Kind(
    Statistics,
    problems=(untold_problems,),
    vocabularies={"goal": lambda service: tuple(service.counting.goals)},
    pages=1,
    blank_pages=1,
)
