"""YAML text to nodes that know their place."""

from briefsite.load.basemaps import Basemap
from briefsite.load.document import Document, load_document, without_hidden
from briefsite.load.nodes import Blank, Location, Node, Path, Value, resolve
from briefsite.load.tree import Kind, Tree, address, load_tree

__all__ = [
    "Basemap",
    "Blank",
    "Document",
    "Kind",
    "Location",
    "Node",
    "Path",
    "Tree",
    "Value",
    "address",
    "load_document",
    "load_tree",
    "resolve",
    "without_hidden",
]
