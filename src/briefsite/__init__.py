"""Briefings as code: typed, sourced YAML in, a static publication out."""

__version__ = "0.1.0"
