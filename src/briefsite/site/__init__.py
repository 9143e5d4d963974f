"""All generated files of a publication as one ordered set, and what becomes of it on disk."""

from briefsite.docs import read_docs
from briefsite.project import Project, stamp
from briefsite.site.assemble import SEARCH_INDEX, Assembler, AssemblyError, assemble
from briefsite.site.assembled import Site
from briefsite.site.bytecode import KeptBytecode
from briefsite.site.ids import fill_ids, renew_ids
from briefsite.site.in_place import InPlace
from briefsite.site.manifest import (
    altered,
    built_as_of,
    built_at,
    list_files,
    manifest,
    renewed,
)
from briefsite.site.output import Output, is_published
from briefsite.site.reuse import Reuse
from briefsite.site.sitemap import sitemaps
from briefsite.site.stage import StageError, stage
from briefsite.site.swap import (
    MACHINE_ERRORS,
    Building,
    UnsettledError,
    former,
    may_replace,
    publish_folder,
    replace_folder,
    roll_back,
)
from briefsite.site.verify import verify
from briefsite.site.write import Writer

__all__ = [
    "MACHINE_ERRORS",
    "SEARCH_INDEX",
    "Assembler",
    "AssemblyError",
    "Building",
    "InPlace",
    "KeptBytecode",
    "Output",
    "Project",
    "Reuse",
    "Site",
    "StageError",
    "UnsettledError",
    "Writer",
    "altered",
    "assemble",
    "built_as_of",
    "built_at",
    "fill_ids",
    "former",
    "is_published",
    "list_files",
    "manifest",
    "may_replace",
    "publish_folder",
    "read_docs",
    "renew_ids",
    "renewed",
    "replace_folder",
    "roll_back",
    "sitemaps",
    "stage",
    "stamp",
    "verify",
]
