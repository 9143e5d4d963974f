"""Two revisions to what changed in substance: pure functions over records."""

from briefsite.changes.compare import Comparison, Lost, compare
from briefsite.changes.difference import KINDS, REWORDED, Difference
from briefsite.changes.edition import Edition, read_edition
from briefsite.changes.propose import Proposal, propose

__all__ = [
    "KINDS",
    "REWORDED",
    "Comparison",
    "Difference",
    "Edition",
    "Lost",
    "Proposal",
    "compare",
    "propose",
    "read_edition",
]
