"""Search: what can be found, and an index of it that a browser reads in pieces."""

from briefsite.search.index import FOLDER, search_index
from briefsite.search.items import Item, library_items, translated_items, written_items

__all__ = ["FOLDER", "Item", "library_items", "search_index", "translated_items", "written_items"]
