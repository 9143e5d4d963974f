"""New records: from flags, answers or a citation, as text in the files that authors edit."""

from briefsite.write.command import add_kinds
from briefsite.write.insert import write_text

__all__ = ["add_kinds", "write_text"]
