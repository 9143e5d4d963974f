"""Nodes to records: every problem of the whole tree in one run."""

from briefsite.check.audit import Audit, Coverage, Unsourced, audit
from briefsite.check.check import Checked, check_tree
from briefsite.check.known import known_ids
from briefsite.check.publishing import public_from

__all__ = [
    "Audit",
    "Checked",
    "Coverage",
    "Unsourced",
    "audit",
    "check_tree",
    "known_ids",
    "public_from",
]
