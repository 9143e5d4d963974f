"""A site brought up to date without the engine, which takes longer to begin than an edit is worth.

After a sentence was edited, all that an engine makes stands, and so do nearly all pages and files:
that much is known before any of it is made. A part of the site is put together, what was concerned
is made, and all else is linked from the site in place. In any doubt nothing is done: whoever asked
builds the whole.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from briefsite.cache.revision import revision
from briefsite.cache.store import Store
from briefsite.cache.survey import survey
from briefsite.cache.unchanged import Note, Standing
from briefsite.check import Checked, EditedError, Parts, check_project
from briefsite.load import uncollected
from briefsite.model.dates import parse_date
from briefsite.model.library import BriefEntry
from briefsite.model.wanted import Wanted
from briefsite.pages import Page, TemplateError
from briefsite.progress import Progress
from briefsite.project import Project
from briefsite.site import (
    Assembler,
    AssemblyError,
    Building,
    InPlace,
    Reuse,
    Site,
    Writer,
    framed,
    replace_folder,
    verify,
)
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.manifest import renew as renew_manifest


class _DoubtError(Exception):
    """It cannot be told that all else stands."""


def renew(standing: Standing, root: Path, note: Note, store: Store, told: Progress) -> bool:
    """Bring the site of a project up to date; False if it must be built, and nothing was done.

    `standing` is what the build before has noted, of which all stands but for briefs.
    """
    renewal = _Renewal(standing, root, note, store, told)
    try:
        with uncollected():
            renewal.prepare()
            gc.freeze()
            renewal.put_in_place()
    except (_DoubtError, AssemblyError, EditedError, TemplateError, OSError):
        return False
    finally:
        gc.unfreeze()
        renewal.close()
    return True
