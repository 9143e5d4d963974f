"""The templates and files that come with this package."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from briefsite.languages import ENGLISH, Language, Said, said_in, said_text

_HERE = Path(__file__).parent


def template(name: str) -> Template:
    """One of the templates. What it prints is escaped, and what is undefined raises."""
    return _environment(ENGLISH).get_template(name)


def template_of(text: str, language: Language = ENGLISH) -> Template:
    """A template that is not a file, and may include those that are."""
    return _environment(language).from_string(text)


@lru_cache(maxsize=8)
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    said = Said(language)
    environment.globals.update(_=said.gettext, word=said.word, language=language.in_pages)
    environment.filters.update(said=said_text, said_in=said_in)
    return environment


@cache
def static_text(name: str) -> str:
    """One of the script or style files."""
    return (_HERE / "static" / name).read_text(encoding="utf-8")
