"""Library to data files: one model, in formats that others can read."""

from briefsite.data.differences import (
    DifferenceStyle,
    Revisions,
    print_differences,
)
from briefsite.data.json import brief_json, library_json
from briefsite.data.lists import print_audit, print_stale
from briefsite.data.reference import reference_pages, renew, write_reference

__all__ = [
    "DifferenceStyle",
    "Revisions",
    "brief_json",
    "library_json",
    "print_audit",
    "print_differences",
    "print_stale",
    "reference_pages",
    "renew",
    "write_reference",
]
