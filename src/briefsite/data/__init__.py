"""Library to data files: one model, in formats that others can read."""

from briefsite.data.addresses import NOWHERE, Addresses
from briefsite.data.bibtex import bibtex_entry
from briefsite.data.cite import Cited, cite
from briefsite.data.documents import data_schema
from briefsite.data.feeds import ATOM
from briefsite.data.files import data_files, joined_tables
from briefsite.data.joined import Joined, groups
from briefsite.data.json import brief_json, library_json
from briefsite.data.linked import linked_data
from briefsite.data.lists import print_audit, print_stale
from briefsite.data.table import to_csv
from briefsite.data.works import work_of_brief, work_of_source

__all__ = [
    "ATOM",
    "NOWHERE",
    "Addresses",
    "Cited",
    "Joined",
    "bibtex_entry",
    "brief_json",
    "cite",
    "data_files",
    "data_schema",
    "groups",
    "joined_tables",
    "library_json",
    "linked_data",
    "print_audit",
    "print_stale",
    "to_csv",
    "work_of_brief",
    "work_of_source",
]
