"""What a site is made from, besides what the core reads; unknown with plugins other than ours."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from briefsite.project import Project

PLUGIN = "briefsite"


def project_of(config: MkDocsConfig) -> Project:
    return Project(Path(config.config_file_path or "mkdocs.yml").resolve().parent)


def is_alone(config: MkDocsConfig) -> bool:
    """Whether nobody else may wish to see each page, or give it what its siblings have not."""
    return set(config.plugins) == {PLUGIN} and not config.hooks


def sources(config: MkDocsConfig) -> list[Path] | None:
    """All files and folders that a site is made from, besides its settings; None if unknown.

    Other plugins, hooks, and extensions that bring files into pages may look at anything, also at
    the clock.
    """
    around = frame_sources(config)
    return None if around is None else [*project_of(config).watched, *around]


def frame_sources(config: MkDocsConfig) -> list[Path] | None:
    """Those of them that an engine itself reads: hand-written pages, which navigation shows, and
    the theme."""
    settings = Path(config.config_file_path)
    extensions = set(config.markdown_extensions)
    if (
        not is_alone(config)
        or not all(map(_is_pure, extensions))
        or b"INHERIT" in settings.read_bytes()
    ):
        return None
    theme = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    return [project_of(config).docs, Path(config.docs_dir), *theme]


def _is_pure(extension: str) -> bool:
    """Whether what an extension of Markdown makes of a page follows from the page."""
    module = extension if "." in extension else f"markdown.extensions.{extension}"
    package, _, name = module.rpartition(".")
    if package == "pymdownx":
        return name not in ("snippets", "b64")
    return package == "markdown.extensions" and find_spec(module) is not None
