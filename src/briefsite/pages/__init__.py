"""Library and macros to pages: one HTML body each, with what an engine must know about it."""

from briefsite.docs import check_inserts, check_written, forbidden
from briefsite.pages.build import build_pages
from briefsite.pages.inserts import Written, expand_inserts
from briefsite.pages.macros import Macros, macro_environment
from briefsite.pages.overviews import lists_of, part_files
from briefsite.pages.page import Alternate, Heading, Page
from briefsite.pages.redirects import build_redirects
from briefsite.pages.templates import MapView, TemplateError, Templates

__all__ = [
    "Alternate",
    "Heading",
    "Macros",
    "MapView",
    "Page",
    "TemplateError",
    "Templates",
    "Written",
    "build_pages",
    "build_redirects",
    "check_inserts",
    "check_written",
    "expand_inserts",
    "forbidden",
    "lists_of",
    "macro_environment",
    "part_files",
]
