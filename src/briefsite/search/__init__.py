"""Search: what can be found, and an index of it that a browser reads in pieces."""

from briefsite.search.index import FOLDER, index_files, search_index
from briefsite.search.items import Item, translated_items, written_items
from briefsite.search.postings import tell
from briefsite.search.records import library_items, library_parts

__all__ = [
    "FOLDER",
    "Item",
    "index_files",
    "library_items",
    "library_parts",
    "search_index",
    "tell",
    "translated_items",
    "written_items",
]
