"""Nodes to records: every problem of the whole tree in one run."""

from briefsite.check.audit import Audit, Coverage, Unsourced, audit
from briefsite.check.check import Checked, check_tree
from briefsite.check.checker import Checker
from briefsite.check.known import KnownIds, known_ids
from briefsite.check.on_demand import EditedError
from briefsite.check.parts import Parts
from briefsite.check.problems import (
    check_project,
    check_standing,
    find_problems,
    find_translation_problems,
)
from briefsite.check.publishing import public_from
from briefsite.check.translations import TranslationChecker, Translations, read_translations

__all__ = [
    "Audit",
    "Checked",
    "Checker",
    "Coverage",
    "EditedError",
    "KnownIds",
    "Parts",
    "TranslationChecker",
    "Translations",
    "Unsourced",
    "audit",
    "check_project",
    "check_standing",
    "check_tree",
    "find_problems",
    "find_translation_problems",
    "known_ids",
    "public_from",
    "read_translations",
]
