"""New records: from flags, answers or a citation, as text in the files that authors edit."""

from briefsite.write.command import add_parser

__all__ = ["add_parser"]
