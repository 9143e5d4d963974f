"""Build and serve through MkDocs, as its own command line would."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Material prints a notice about MkDocs 2 on import; the versions are pinned below it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands import build as build_command
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from briefsite.cache.folder import own_folder
from briefsite.cache.store import Store
from briefsite.cache.unchanged import Note
from briefsite.engine.documents import frame_sign
from briefsite.engine.given import Resources
from briefsite.engine.mkdocs import BriefsitePlugin
from briefsite.engine.sources import PLUGIN, sources
from briefsite.load import seldom_collected
from briefsite.model.dates import Edtf
from briefsite.progress import Progress
from briefsite.publish import PublishError
from briefsite.site import MACHINE_ERRORS, stamp

if TYPE_CHECKING:
    from briefsite.publish import Press


def build(
    root: Path,
    *,
    site_dir: Path | None = None,
    as_of: Edtf | None = None,
    drafts: bool = False,
    publish: bool = False,
    told: Progress | None = None,
    cache: Path | None = None,
    line: Sequence[str] = (),
) -> int:
    """Build the site of a project, strictly; returns the exit code.

    With `drafts` it is a preview, which also holds drafts and scheduled briefs. To publish is to
    build with what goes online beside the pages. What the next run of the same command `line`
    can use again is kept in the folder `cache`, if there is one.
    """
    told = told or Progress()
    _log_to_stderr(logging.WARNING)
    options: dict[str, Any] = {"strict": True}
    if site_dir is not None:
        options["site_dir"] = str(site_dir.absolute())
    settings = stamp(root / "mkdocs.yml")
    try:
        config = _load(root, **options)
        target = config.site_dir
        plugin = _plugin(config)
        if as_of is not None:
            plugin.config.as_of = as_of
        plugin.config.drafts = plugin.config.drafts or drafts
        note, frame = None, None
        if cache is not None:
            frame = frame_sign(config)
            if (paths := sources(config)) is not None:
                note = Note(cache, line)
                note.begin(Path(config.config_file_path).resolve(), paths, Path(target))
        if stamp(root / "mkdocs.yml") != settings:  # nobody knows what was loaded
            note = frame = None
        press = _press(config, root, cache) if publish else None
        config.plugins.on_startup(command="build", dirty=False)
        store = Store(cache, root) if cache is not None else None
        plugin.resources = Resources(told, press, store, note, frame)
        try:
            with seldom_collected():
                build_command.build(config)
        finally:
            config.plugins.on_shutdown()
            # MkDocs keeps the plugin for whatever this process builds next.
            plugin.resources = Resources()
            if store is not None:
                store.close()
    except (Abort, ConfigurationError, PublishError) as error:
        told.hush()
        # What stopped the build is logged by then, and MkDocs adds no more than that it did.
        if not isinstance(error.__context__, BuildError):
            sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        if error.errno not in MACHINE_ERRORS:
            raise
        told.hush()
        where = f": {error.filename}" if error.filename else ""
        sys.stderr.write(f"nothing was published: {error.strerror}{where}\n")
        return 1
    told.done()
    if not told.quiet:
        sys.stderr.write(f"the site is in {os.path.relpath(target)}\n")
    return 0


def _press(config: MkDocsConfig, root: Path, cache: Path | None) -> Press:
    from briefsite.publish import Cache, Press

    return Press(Cache(cache and own_folder(cache, "press", root)), config.site_url or "")


def serve(root: Path, *, address: str | None = None, told: Progress | None = None) -> int:
    """Serve a preview that follows every edit, until interrupted; returns the exit code."""
    from mkdocs.commands import serve as serve_command  # no build needs a server

    told = told or Progress()
    _log_to_stderr(logging.WARNING if told.quiet else logging.INFO)
    options: dict[str, Any] = {"dev_addr": address} if address else {}
    try:
        # MkDocs loads the settings once more, and keeps the plugin.
        config = _load(root, **options)
        _plugin(config).resources = Resources(told)
        serve_command.serve(config_file=str(root / "mkdocs.yml"), strict=False, **options)
    except (Abort, ConfigurationError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.stderr.write("the address is in use: name another with --address HOST:PORT\n")
        return 1
    return 0


def _load(root: Path, **options: Any) -> MkDocsConfig:
    """The configuration; without our plugin, there would be a site, and none of the briefs."""
    config = load_config(config_file=str(root / "mkdocs.yml"), **options)
    if PLUGIN not in config.plugins:
        raise ConfigurationError(f"{root / 'mkdocs.yml'} does not name the plugin '{PLUGIN}'")
    return config


def _plugin(config: MkDocsConfig) -> BriefsitePlugin:
    plugin = config.plugins[PLUGIN]
    assert isinstance(plugin, BriefsitePlugin)
    return plugin


def _log_to_stderr(level: int) -> None:
    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(level)
