"""Search: what can be found, and an index of it that a browser reads in pieces."""

from briefsite.search.index import FOLDER, index_files, search_index
from briefsite.search.items import (
    Item,
    brief_items,
    translated_items,
    written_items,
)
from briefsite.search.records import RECORDS, library_items, record_items
from briefsite.search.table import Source, make_table, tell

__all__ = [
    "FOLDER",
    "RECORDS",
    "Item",
    "Source",
    "brief_items",
    "index_files",
    "library_items",
    "make_table",
    "record_items",
    "search_index",
    "tell",
    "translated_items",
    "written_items",
]
