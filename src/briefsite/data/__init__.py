"""Library to data files: one model, in formats that others can read."""

from briefsite.data.json import brief_json, library_json

__all__ = ["brief_json", "library_json"]
