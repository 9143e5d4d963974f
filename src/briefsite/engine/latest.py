"""The site as its sources stand; while they have mistakes, the last good one."""

from __future__ import annotations

import gc
import sys

from mkdocs.exceptions import PluginError

from briefsite.cache.store import Store
from briefsite.check import Checked, Checker, KnownIds, Parts, check_project, check_tree
from briefsite.engine.given import Resources, Settings
from briefsite.load import load_tree, uncollected
from briefsite.model.lazy import Lazy
from briefsite.model.library import Library
from briefsite.pages import TemplateError
from briefsite.publish import PublishError
from briefsite.report import has_errors, render, summary
from briefsite.site import Assembler, AssemblyError, Reuse, Site, renew_ids

_EMPTY = Site((), {}, Lazy())


class LatestSite:
    """The last good site of a project, and what is wrong with its sources now, if anything is."""

    def __init__(self, *, follows: bool = False) -> None:
        """One that `follows` edits, for a preview, keeps what they do not touch."""
        self.site = _EMPTY
        self.as_of = ""
        """The day that it speaks from."""
        self.headline = ""
        """What is wrong, in a few words; nothing if the site is that of the sources."""
        self.report = ""
        """All problems there are."""
        self._assembler: Assembler | None = None
        self._following = _Following() if follows else None

    @property
    def is_there(self) -> bool:
        """Whether there ever was a good one."""
        return self.site is not _EMPTY

    @property
    def notes(self) -> str:
        """What whoever publishes was told besides problems."""
        return "".join(f"{note}\n" for note in self.site.notes)

    def renew(self, given: Settings, resources: Resources) -> None:
        """Read the sources as they stand, and tell of all problems.

        Nothing is rendered yet that nobody has asked for.
        """
        told = resources.told
        told.enter("checking")
        if self._following is not None:
            checked = self._following.check(given)
        else:
            checked = _check(given, resources.store)
        problems, mistake = checked.problems, ""
        if checked.library is not None:
            try:
                told.enter("assembling")
                self.site = self._assemble(checked, checked.library, given, resources)
                self.as_of = str(checked.library.as_of)
                sys.stderr.write(self.notes)
            except AssemblyError as error:
                problems = (*problems, *error.problems)
            except TemplateError as error:
                mistake = f"macros/{error}\n"
            except PublishError as error:
                raise PluginError(f"nothing was published: {error}") from error
        self.report = render(problems) + mistake
        self.headline = "a macro cannot be rendered" if mistake else ""
        if has_errors(problems):
            self.headline = summary(problems)
        told.hush()
        sys.stderr.write(self.report)

    def _assemble(
        self, checked: Checked, library: Library, given: Settings, resources: Resources
    ) -> Site:
        if self._assembler is None or self._assembler.project != given.project:
            self._assembler = Assembler(given.project)
        reuse = None
        if resources.store is not None:
            options = given.site_url, resources.press is not None, given.drafts
            reuse = Reuse(given.project, resources.store, checked, options)
        with uncollected():
            site = self._assembler.assemble(
                library,
                resources.press,
                site_url=given.site_url,
                # What `serve` shows, nobody lists; a build gives the same, to the byte.
                unlisted=given.drafts,
                reuse=reuse,
            )
            if self._following is None:
                gc.freeze()
        return site


def _check(given: Settings, store: Store | None) -> Checked:
    """Every problem of a project that is looked at once."""
    root = given.project.root
    with uncollected():
        if store is None:
            checked = check_tree(load_tree(root), as_of=given.as_of, drafts=given.drafts)
        else:
            checked = check_project(root, Parts(store), as_of=given.as_of, drafts=given.drafts)
        gc.freeze()  # or all that was read would be looked through at once
    return checked


class _Following:
    """Looks again and again, and only at what an edit can change; drafts are shown too."""

    def __init__(self) -> None:
        self._checker: Checker | None = None
        self._known_ids = KnownIds()

    def check(self, given: Settings) -> Checked:
        """Every problem of a project; editors are told which ids there are now."""
        root, checker = given.project.root, self._checker
        if checker is None or (checker.root, checker.as_of) != (root, given.as_of):
            checker = self._checker = Checker(root, as_of=given.as_of, drafts=True)
        checked = checker.check()
        if known := self._known_ids.renewed(checked.readings):
            renew_ids(root, known)
        return checked
