"""Nodes to records: every problem of the whole tree in one run."""

from briefsite.check.check import Checked, check_tree

__all__ = ["Checked", "check_tree"]
