"""Hand-written pages: the folder they lie in, and what is wrong with them."""

from briefsite.docs.folder import Docs, read_docs
from briefsite.docs.markers import check_inserts, marker_lines
from briefsite.docs.written import check_written, forbidden, links_of

__all__ = [
    "Docs",
    "check_inserts",
    "check_written",
    "forbidden",
    "links_of",
    "marker_lines",
    "read_docs",
]
