"""All generated files of a publication as one ordered set, and what becomes of it on disk."""

from briefsite.site.assemble import SEARCH_INDEX, Assembler, AssemblyError, Site, assemble
from briefsite.site.docs import read_docs
from briefsite.site.ids import fill_ids, renew_ids
from briefsite.site.manifest import built_as_of, built_at, manifest
from briefsite.site.project import Project, stamp
from briefsite.site.sitemap import sitemap
from briefsite.site.stage import StageError, stage
from briefsite.site.swap import folder_beside, may_replace, replace_folder
from briefsite.site.verify import verify

__all__ = [
    "SEARCH_INDEX",
    "Assembler",
    "AssemblyError",
    "Project",
    "Site",
    "StageError",
    "assemble",
    "built_as_of",
    "built_at",
    "fill_ids",
    "folder_beside",
    "manifest",
    "may_replace",
    "read_docs",
    "renew_ids",
    "replace_folder",
    "sitemap",
    "stage",
    "stamp",
    "verify",
]
