"""The templates and files that come with this package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_HERE = Path(__file__).parent
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def template(name: str) -> Template:
    """One of the templates. What it prints is escaped, and what is undefined raises."""
    return _ENVIRONMENT.get_template(name)


@cache
def static_text(name: str) -> str:
    """One of the script or style files."""
    return (_HERE / "static" / name).read_text(encoding="utf-8")
