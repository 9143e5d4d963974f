"""YAML text to nodes that know their place."""

from briefsite.load.basemaps import Basemap
from briefsite.load.document import Document, load_document
from briefsite.load.nodes import Location, Node, Path, Value
from briefsite.load.tree import Kind, Tree, address, load_tree

__all__ = [
    "Basemap",
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
]
