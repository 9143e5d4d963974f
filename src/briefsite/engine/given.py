"""What a build is given: what the settings say, and what whoever runs it has beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from briefsite.cache.store import Store
from briefsite.cache.unchanged import Note
from briefsite.engine.sources import PLUGIN, project_of
from briefsite.model.dates import Edtf
from briefsite.progress import Progress
from briefsite.project import Project

if TYPE_CHECKING:
    from briefsite.publish import Press


class Settings(NamedTuple):
    """Which site of a project is wanted."""

    project: Project
    as_of: Edtf | None
    drafts: bool
    site_url: str


def settings_of(config: MkDocsConfig) -> Settings:
    """What is said in `mkdocs.yml`, or instead of that by the command line."""
    options = config.plugins[PLUGIN].config
    return Settings(project_of(config), options.as_of, options.drafts, config.site_url or "")


@dataclass(frozen=True)
class Resources:
    """What `briefsite` gives a build; one that MkDocs is asked for has none of it."""

    told: Progress = field(default_factory=Progress)
    press: Press | None = None
    """For what goes online; without it there are pages, and nothing beside them."""
    store: Store | None = None
    """What the builds before have made, if anything may be used again."""
    note: Note | None = None
    frame: str | None = None
    """What differs if settings, theme or hand-written pages do; None if that is in doubt."""
