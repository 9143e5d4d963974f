"""YAML text to nodes that know their place."""

from briefsite.load.basemaps import Basemap, Basemaps, list_basemaps, read_basemaps
from briefsite.load.characters import without_hidden
from briefsite.load.document import Document, load_document
from briefsite.load.edits import Edit, apply_edits
from briefsite.load.memory import frozen, seldom_collected, uncollected
from briefsite.load.migrations import CURRENT_VERSION, MIGRATIONS, MigrationError, migrate
from briefsite.load.nodes import Blank, Location, Node, Path, Value, resolve
from briefsite.load.revisions import NoRevisionError, RevisionError, commit_of, load_revision
from briefsite.load.tree import (
    Kind,
    Tree,
    address,
    list_sources,
    list_strays,
    list_translations,
    load_tree,
    printable_name,
    read_bytes,
    read_document,
    read_source,
    read_translation,
    translation_of,
)

__all__ = [
    "CURRENT_VERSION",
    "MIGRATIONS",
    "Basemap",
    "Basemaps",
    "Blank",
    "Document",
    "Edit",
    "Kind",
    "Location",
    "MigrationError",
    "NoRevisionError",
    "Node",
    "Path",
    "RevisionError",
    "Tree",
    "Value",
    "address",
    "apply_edits",
    "commit_of",
    "frozen",
    "list_basemaps",
    "list_sources",
    "list_strays",
    "list_translations",
    "load_document",
    "load_revision",
    "load_tree",
    "migrate",
    "printable_name",
    "read_basemaps",
    "read_bytes",
    "read_document",
    "read_source",
    "read_translation",
    "resolve",
    "seldom_collected",
    "translation_of",
    "uncollected",
    "without_hidden",
]
