"""The check, again and again: only what changed, and what looked at it, is looked at once more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from briefsite.cache.inputs import digest_of
from briefsite.check.across import Across, build_across
from briefsite.check.cache import Findings
from briefsite.check.check import Checked, check_tree
from briefsite.check.cycles import check_cycles
from briefsite.check.entry import WORDS, Entry
from briefsite.check.evidence import Evidence
from briefsite.check.expressions import look_over
from briefsite.check.files import FileKey, Kept, Stamp, look, stamp_of
from briefsite.check.gate import Vocabulary, build_vocabulary
from briefsite.check.history import check_former_ids
from briefsite.check.index import Definition, Index, build_index
from briefsite.check.names import check_names
from briefsite.check.on_demand import EditedError, File, LibraryOnDemand, Shelf
from briefsite.check.parts import Parts, read_part, write_part
from briefsite.check.publication import Part, build_library, check_publication
from briefsite.check.references import check_definitions
from briefsite.check.together import Times, Together, join
from briefsite.check.unused import check_unused
from briefsite.check.workers import WorkerError, Workers
from briefsite.load import (
    Basemaps,
    list_basemaps,
    list_strays,
    load_tree,
    read_basemaps,
    uncollected,
)
from briefsite.model.answers import Prints
from briefsite.model.dates import Edtf
from briefsite.model.lazy import Held
from briefsite.model.library import Library
from briefsite.model.prose import parse_prose
from briefsite.model.walk import Key
from briefsite.processes import MIN_FILES, can_fork
from briefsite.report import Problem, has_errors, ordered

# Hints at unknown ids are given up after some hundreds, in the order of the tree.
_MAX_UNKNOWN = 250


class Checker:
    """Checks one project, any number of times; each time as `check_tree(load_tree(root))` would.

    A file is read again if its stamp differs; the rules are run again over a file that changed,
    and over those that had looked up something in it that is different now.
    """

    def __init__(
        self, root: Path, *, as_of: Edtf | None = None, drafts: bool = False, processes: int = 1
    ) -> None:
        """Check the project at `root`; many files at once by several processes, if more than one.

        `as_of` is that of `check_tree`.
        """
        self.root = root
        self.as_of = as_of
        self.drafts = drafts
        self.processes = processes
        self.parts: Parts | None = None
        """What is known of files without reading them; whoever sets it needs no `readings`."""
        self.on_demand = False
        """Whether the library reads from `parts` what is asked of it, and nothing else."""
        self._kept: dict[FileKey, Kept] = {}
        self._vocabulary: Vocabulary | None = None
        self._basemaps = Basemaps({})
        self._basemap_stamps: Sequence[tuple[str, Stamp | None]] = ()
        self._basemap_print = ""
        self._strays: list[Problem] = []
        self._joined: Together | None = None
        self._fits: tuple[bool, ...] = ()
        self._found: tuple[Problem, ...] | None = None
        self._checked: Checked | None = None
        self._library: Library | None = None

    def recall(self, findings: Findings) -> None:
        """Start from what was found before."""
        found = findings.files.items()
        self._kept = {key: Kept(entry, digest) for key, (entry, digest) in found}
        self._basemap_print = findings.basemaps
        self._joined, self._fits = findings.joined, findings.fits

    def close(self) -> None:
        """Let go of all that was read and told: a library stands without it."""
        for kept in self._kept.values():
            vars(kept.entry).clear()  # what is made of an entry holds it in turn
        self._kept.clear()
        parse_prose.cache_clear()
        look_over.cache_clear()

    def findings(self) -> Findings:
        """What was found, to be recalled later."""
        kept = self._kept.items()
        files = {key: (each.entry, each.digest) for key, each in kept}
        return Findings(files, self._basemap_print, self._joined, self._fits)

    def check(self) -> Checked:
        """Check the project as it stands now."""
        self.problems()
        return self.checked()

    def checked(self) -> Checked:
        """The check of the project as it stood when its problems were asked for last; as it stands
        now, if files were edited since that have not been read yet."""
        try:
            return self._check_asked()
        except EditedError:
            self._kept = {}
            self.problems()
            return self._check_asked()

    def _check_asked(self) -> Checked:
        if self._checked is not None:
            return self._checked
        problems = self._found or ()
        day, library, prints = self._times.speaks, None, Prints()
        with uncollected():
            if not has_errors(problems):
                library, prints = self._read_library()
            every = () if self.parts else tuple(e.reading for e in self._entries() if e.reading)
        self._checked = Checked(problems, library, every, day, self.digests, prints)
        return self._checked

    @property
    def digests(self) -> Mapping[str, str]:
        """Path → digest of what each file held when it was looked into."""
        return {each.entry.name: each.digest for each in self._kept.values() if each.digest}

    @property
    def outline(self) -> str:
        """What differs if a library has other records, or in other files."""
        assert self._joined is not None
        return digest_of([self._joined.packed, str(self.drafts).encode()])

    def _read_library(self) -> tuple[Library, Prints]:
        times = self._times
        if self.parts is not None and self.on_demand and self._joined is not None and times.speaks:
            shelf = self._fill_shelf(self.parts)
            return LibraryOnDemand(self._joined, shelf, drafts=self.drafts), shelf.prints
        parts = [*self._parts()]
        library = build_library(parts, times.speaks, times.carried, drafts=self.drafts)
        if self._library is not None:
            library.follow(self._library)
        self._library = library
        return library, dict(chain.from_iterable(part.known.items() for part in parts))

    def _parts(self) -> Iterator[Part]:
        """What each file gives to the library."""
        if self.parts is None:
            yield from (entry.part for entry in self._entries())
            return
        every = self._kept.values()
        files = [(each.entry.kind, each.entry.name, each.digest) for each in every]
        for each, found in zip(every, self.parts.get_all(files), strict=True):
            entry = each.entry
            entry.part, entry.written = found or self._keep(self.parts, each), None
            yield entry.part

    def _fill_shelf(self, parts: Parts) -> Shelf:
        """What gives to a library what is kept by now."""
        root = os.fspath(self.root)
        files = [
            File(each.entry.kind, each.entry.name, each.digest, f"{root}/{name}")
            for (_, name), each in self._kept.items()
        ]
        shelf = Shelf(files, parts)
        for number, each in enumerate(self._kept.values()):
            if not parts.has(*files[number].key):
                shelf.put(number, self._keep(parts, each))
        return shelf

    def _keep(self, parts: Parts, kept: Kept) -> Part:
        """What a file gives, which is not kept yet."""
        entry = kept.entry
        written = entry.written or write_part(entry.part)
        if kept.digest:
            parts.put(entry.kind, entry.name, kept.digest, written)
        return read_part(written)  # with most of it packed

    def problems(self) -> tuple[Problem, ...]:
        """Every problem of the project as it stands now."""
        try:
            return self._find()
        except EditedError:
            self._kept = {}  # whatever is read now is held
            return self._find()

    def _find(self) -> tuple[Problem, ...]:
        before, self._kept = self._kept, dict(look(self.root, self._kept))
        fresh = [
            kept.entry
            for key, kept in self._kept.items()
            if key not in before or before[key].entry is not kept.entry
        ]
        strays = [problem for each in list_strays(self.root) for problem in each.problems]
        has_other_ground = self._look_at_basemaps()
        is_same = not (fresh or has_other_ground) and before.keys() == self._kept.keys()
        if self._found is not None and is_same and strays == self._strays:
            return self._found
        self._strays, self._checked = strays, None
        with uncollected():
            if has_other_ground:
                fresh += [e for e in self._entries() if e.kind == "map" and e not in fresh]
            self._check(before, fresh)
            self._found = self._problems()
        return self._found

    def _look_at_basemaps(self) -> bool:
        """Whether what maps can be drawn on is different from before."""
        folder = self.root / "maps" / "basemap"
        stamps = [(os.fspath(path), stamp_of(os.fspath(path))) for path in list_basemaps(folder)]
        if stamps == self._basemap_stamps:
            return False
        self._basemaps, self._basemap_stamps = read_basemaps(folder), stamps
        before = self._basemap_print
        self._basemap_print = self._basemaps.digest
        return self._basemap_print != before

    def _entries(self) -> list[Entry]:
        return [kept.entry for kept in self._kept.values()]

    @property
    def _times(self) -> Times:
        return self._joined.times if self._joined is not None else Times()

    def _check(self, before: Mapping[FileKey, Kept], fresh: Sequence[Entry]) -> None:
        """Run the rules over files that are new, and those that looked up what is different."""
        everywhere = {"words", "year"}
        done: set[Entry] = set()
        times = self._times

        def check_others(across: Across) -> None:
            changed = {*_differing(before, self._kept), *self._times.differing(times)}
            if changed.intersection(WORDS):
                self._vocabulary = None
            again = {*fresh} - done
            for entry in self._entries():
                differs = bool(everywhere & changed) or entry.looked_at(changed)
                if entry in again or (differs and entry not in done):
                    entry.check(across)

        if self.processes > 1 and len(fresh) >= MIN_FILES and can_fork():
            self._vocabulary = None
            done = {*fresh}
            with suppress(WorkerError):
                workers = Workers(fresh, self.processes, parts=self.parts is not None)
                workers.run(partial(self._across, before), check_others)
                return
            done = set()
        check_others(self._across(before))

    def _problems(self) -> tuple[Problem, ...]:
        """Those of each file, and those that are found by comparing all files."""
        problems = [problem for entry in self._entries() for problem in entry.problems]
        if sum(problem.code == "unknown-id" for problem in problems) > _MAX_UNKNOWN:
            return self._check_whole().problems
        problems += self._strays
        assert self._joined is not None
        if self.drafts in self._fits:
            return tuple(ordered(problems))
        between = [*self._problems_between(self._joined)]
        if not has_errors([*problems, *between]):
            between += self._warnings_between()
            if not between:
                self._fits = (*self._fits, self.drafts)
        return tuple(ordered([*problems, *between]))

    def _problems_between(self, joined: Together) -> Iterator[Problem]:
        entries, times, index = self._entries(), joined.times, self._index(joined)
        yield from check_definitions(index)
        former = ((entry.told.former, entry.find) for entry in entries if entry.told.former)
        yield from check_former_ids(index, former)
        yield from check_cycles((e.told.links, e.find) for e in entries if e.told.links)
        shares = [(entry.told.share, entry.find) for entry in entries]
        since = [e.told.ids.public_from for e in entries if e.told.ids.public_from is not None]
        day = times.speaks
        shows_any = any(self.drafts or (day is not None and each <= day.first) for each in since)
        yield from check_publication(shares, shows_any=shows_any)

    def _warnings_between(self) -> Iterator[Problem]:
        entries = self._entries()
        yield from check_unused((e.uses, e.expected, e.find) for e in entries)
        yield from check_names((e.told.names, e.find) for e in entries if e.told.names)

    def _check_whole(self) -> Checked:
        return check_tree(load_tree(self.root), as_of=self.as_of, drafts=self.drafts)

    def _across(self, before: Mapping[FileKey, Kept]) -> Across:
        """What rules may look up; `before` are the files that were joined last."""
        entries = self._entries()
        if self._joined is None or not self._joins_as(before, self._joined):
            self._joined, self._fits = join(entries, self.as_of), ()
        joined = self._joined

        def find(key: str, number: int, identity: str) -> Any:
            return getattr(entries[number], key)[identity]

        held = {key: Held(owners, partial(find, key)) for key, owners in joined.held.items()}
        return build_across(
            self._index(joined),
            Evidence(held["claims"], joined.reads, held["whole_claims"]),
            self._words,
            held["places"],
            held["terms"],
            self._basemaps,
            joined.times.day,
            joined.times.year,
        )

    def _joins_as(self, before: Mapping[FileKey, Kept], joined: Together) -> bool:
        """Whether the files as they are now would be joined as they are."""
        return (
            joined.as_of == str(self.as_of or "")
            and [*before] == [*self._kept]
            and all(
                each.entry is old.entry or each.entry.told.joins_as(old.entry.told)
                for each, old in zip(self._kept.values(), before.values(), strict=True)
            )
        )

    def _index(self, joined: Together) -> Index:
        entries, carried = self._entries(), joined.times.carried

        def define(number: int) -> Mapping[Key, Sequence[Definition]]:
            return entries[number].define(carried)

        return build_index(joined.ids, define, carried)

    def _words(self) -> Vocabulary:
        if self._vocabulary is None:
            assert self._joined is not None
            entries = self._entries()
            speaking = (entries[number] for number in self._joined.speaking)
            self._vocabulary = build_vocabulary(entry.told.words for entry in speaking)
        return self._vocabulary


def _differing(before: Mapping[FileKey, Kept], after: Mapping[FileKey, Kept]) -> Iterator[str]:
    """What some file answers otherwise than before."""
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old.entry is new.entry:
            continue
        gone = old.entry.told.all_answers if old is not None else {}
        come = new.entry.told.all_answers if new is not None else {}
        for question in gone.keys() | come.keys():
            if gone.get(question) != come.get(question):
                yield question
