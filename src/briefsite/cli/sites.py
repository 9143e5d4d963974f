"""Sites: built, published, verified, put back, served, staged."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefsite.cache.folder import VARIABLE, cache_folder
from briefsite.cli.parser import to_date
from briefsite.cli.project import checked_tree, inside_of
from briefsite.pages import TemplateError
from briefsite.progress import Progress, progress
from briefsite.project import Project
from briefsite.report import render, summary
from briefsite.site import (
    AssemblyError,
    Site,
    StageError,
    UnsettledError,
    altered,
    assemble,
    built_as_of,
    built_at,
    former,
    is_published,
    renewed,
    roll_back,
    verify,
)
from briefsite.site import stage as stage_site

if TYPE_CHECKING:
    from briefsite.publish import Press

R = TypeVar("R")

# The engine takes half a second to import: who does without does not wait for it, nor for what
# publishes.


def build(options: argparse.Namespace) -> int:
    """Exit 1 if nothing was built, or a site that was to be verified is not whole."""
    if options.verify:
        return publish(options) if is_published(_folder(options)) else _verify(options)
    return _make(options, drafts=options.drafts)


def publish(options: argparse.Namespace) -> int:
    """Exit 1 if nothing was published or put back, or a site to be verified is not whole."""
    if getattr(options, "rollback", False):
        return _roll_back(options)
    if not options.verify:
        return _make(options, publish=True)
    folder = _folder(options)
    if built_as_of(folder) is not None and not is_published(folder) and not altered(folder):
        sys.stderr.write(f"briefsite: {folder} was built, and not published\n")
        sys.stderr.write("  hint: briefsite build --verify tells whether it is whole\n")
        return 1
    from briefsite.publish import Cache, Press, PublishError

    try:
        # For the address that it was published for, whatever SITE_URL says now.
        return _verify(options, Press(Cache(None), built_at(folder) or ""))
    except PublishError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def serve(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from briefsite.engine import run

    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        return run.serve(options.root, address=options.address, told=told)


def stage(options: argparse.Namespace) -> int:
    """Exit 1 if there is no site to stage, 2 if the folder cannot be it."""

    def write(site: Site) -> int:
        return stage_site(Project(options.root), site, options.folder, told)

    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        try:
            count = _use(options, told, write)
        except StageError as error:
            told.hush()
            sys.stderr.write(f"briefsite: {error}\n")
            return 2
    if count is None:
        return 1
    if not options.quiet:
        sys.stderr.write(f"{count} files in {os.fspath(options.folder)}\n")
    return 0


def _make(options: argparse.Namespace, *, drafts: bool = False, publish: bool = False) -> int:
    cache = _cache(options)
    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        if cache is not None and not publish and _renew(options, cache, told):
            return 0
        from briefsite.engine import run

        return run.build(
            options.root,
            site_dir=options.site_dir,
            as_of=options.as_of,
            drafts=drafts,
            publish=publish,
            told=told,
            cache=cache,
            line=options.line,
        )


def _renew(options: argparse.Namespace, cache: Path, told: Progress) -> bool:
    """Whether the site that the same command has built before could be brought up to date."""
    from briefsite.engine.renew import renew

    site = renew(cache, options.line, told)
    if site is not None and not options.quiet:
        told.done()
        sys.stderr.write(f"the site is in {os.path.relpath(site)}\n")
    return site is not None


def _use(
    options: argparse.Namespace,
    told: Progress,
    use: Callable[[Site], R],
    press: Press | None = None,
) -> R | None:
    """What the whole site is used for, or None with its problems printed."""
    told.enter("checking")
    checked = checked_tree(options)
    told.hush()
    sys.stderr.write(render(checked.problems))
    if checked.library is None:
        sys.stderr.write(f"{summary(checked.problems)}\n")
        return None
    try:
        told.enter("assembling")
        unlisted = getattr(options, "drafts", False)
        site_url = getattr(options, "site_url", None) or ""
        project = Project(options.root)
        return use(assemble(project, checked.library, press, site_url=site_url, unlisted=unlisted))
    except AssemblyError as error:
        said = render(error.problems)
    except TemplateError as error:
        said = f"macros/{error}\n"
    told.hush()
    sys.stderr.write(said)
    return None


def _verify(options: argparse.Namespace, press: Press | None = None) -> int:
    folder = _folder(options)
    if not folder.is_dir() or not any(folder.iterdir()):
        sys.stderr.write(f"briefsite: there is no site in {folder}\n")
        return 1
    built = built_as_of(folder)
    if options.as_of is None and built is not None:
        options.as_of = to_date(built)
    options.site_url = built_at(folder)

    def look(site: Site) -> tuple[list[str], int]:
        told.enter("verifying")
        return verify(folder, site), len(site.pages) + len(site.docs) + len(site.files)

    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        found = _use(options, told, look, press)
        if found is None:
            return 1
        missing, count = found
        # Another engine makes no manifest; that of ours says the same of each file once more.
        if not missing and (press is not None or built is not None):
            missing = altered(folder)
        if press is not None:
            from briefsite.publish import faults

            missing += faults(folder)
    if built is not None:
        sys.stderr.write("".join(f"{line}\n" for line in renewed(folder, options.root)))
    for line in missing:
        sys.stdout.write(f"{line}\n")
    sys.stderr.write(f"{count} pages and files expected, {len(missing)} problems\n")
    return 1 if missing else 0


def _roll_back(options: argparse.Namespace) -> int:
    site = _folder(options)
    before = former(site.resolve())
    if not before.exists():
        sys.stderr.write(f"briefsite: nothing to put back: no site was kept beside {site}\n")
        return 1
    if wrong := altered(before):
        sys.stderr.write(f"briefsite: the site before is not whole: {wrong[0]}\n")
        return 1
    doubt = ""
    try:
        roll_back(site.resolve())
    except UnsettledError as error:
        doubt = f", but the disk may not hold it: {error.strerror}"
    except OSError as error:
        sys.stderr.write(f"briefsite: {site} cannot be replaced: {error.strerror}\n")
        return 1
    edition = "what was published" if is_published(site) else "what was built, and not published,"
    said = f"{site} is {edition} as of {built_as_of(site)} again{doubt}"
    sys.stderr.write(f"{said}; --rollback takes this back\n")
    return 1 if doubt else 0


def _folder(options: argparse.Namespace) -> Path:
    """Where the site is."""
    return Path(options.site_dir or options.root / "site")


def _cache(options: argparse.Namespace) -> Path | None:
    """Where a build keeps what the next one can use; None if nothing is kept."""
    folder = None if options.no_cache else cache_folder(options.cache)
    if folder is None:
        return None
    if inside_of(folder, options.root) is not None:
        if options.cache is None and VARIABLE not in os.environ:
            return None  # the project is the user's home
        # A proposed change could bring its own.
        sys.stderr.write(f"briefsite: a cache within the project could be anyone's: {folder}\n")
        raise SystemExit(2)
    return folder
