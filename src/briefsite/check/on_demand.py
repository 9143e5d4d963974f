"""A library whose records are read when they are first asked for, from what is kept of each file.

After a sentence was edited, hardly any other record is looked at. Which there are, and which file
each stands in, is known from what all files tell together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from briefsite.check.check import read_file
from briefsite.check.parts import Parts, read_part, write_part
from briefsite.check.publication import Part, part_of
from briefsite.check.publishing import LISTS, NEVER
from briefsite.check.together import Together
from briefsite.load import Document, Kind, read_bytes, read_document
from briefsite.model.answers import Prints
from briefsite.model.entries import Origin
from briefsite.model.lazy import Held
from briefsite.model.library import Library, by_id, frozen
from briefsite.model.records import ContestedName, LoadedWord, Publication, Registry
from briefsite.model.walk import AnyKey


class EditedError(Exception):
    """A file is not what it was when it was looked at."""


def read_again(name: str, path: str, digest: str) -> Document:
    """A file that is known by its digest, where it is asked what it says after all.

    Raises EditedError.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise EditedError(name) from error
    if sha256(data).hexdigest() != digest:
        raise EditedError(name)
    return read_document(name, data)


class File(NamedTuple):
    """A file that was looked at: how it is called, the digest of what it held, and where it is."""

    kind: Kind
    name: str
    digest: str
    path: str

    @property
    def key(self) -> tuple[Kind, str, str]:
        """Under what its part is kept."""
        return self[:3]


class Shelf:
    """What each file gives to a library, taken from what is kept when it is first asked for.

    What is not whole there is read again: whoever asks then meets an EditedError, if the file was
    edited meanwhile.
    """

    def __init__(self, files: Sequence[File], parts: Parts) -> None:
        self._files = files
        self._parts = parts
        self._taken: dict[int, Part] = {}
        self._listed: dict[tuple[int, str], Mapping[str, Any]] = {}
        self.prints: Prints = {}
        """What records are known by, of the files that were asked for."""

    def put(self, number: int, part: Part) -> None:
        """Lay down what the file of a number gives."""
        self._taken[number] = part
        self.prints.update(part.known)

    def take(self, number: int) -> Part:
        """What the file of a number gives."""
        if number not in self._taken:
            self.put(number, self._find(self._files[number]))
        return self._taken[number]

    def take_all(self) -> Iterator[Part]:
        """The same of all files, in their order."""
        return map(self.take, range(len(self._files)))

    def registry(self, number: int) -> Registry:
        """What a file of the registry holds."""
        found = self.take(number).record
        assert isinstance(found, Registry)
        return found

    def listed(self, number: int, name: str) -> Mapping[str, Any]:
        """One of its lists, by id."""
        if (number, name) not in self._listed:
            self._listed[number, name] = by_id(getattr(self.registry(number), name))
        return self._listed[number, name]

    def _find(self, file: File) -> Part:
        found = next(self._parts.get_all([file.key]))
        if found is not None:
            return found
        reading = read_file(file.kind, read_again(file.name, file.path, file.digest))
        assert reading is not None, "it was free of errors"
        written = write_part(part_of(reading))
        self._parts.put(*file.key, written)
        return read_part(written)


class Public:
    """What is public, by what all files tell: of which none has an error, and some is a brief that
    is public.
    """

    def __init__(self, joined: Together, *, drafts: bool) -> None:
        """`drafts` asks for what is not public yet too."""
        times = joined.times
        day = NEVER if drafts else times.day
        self._owners: Mapping[Any, Mapping[str, int]] = joined.ids.owners
        self._found: dict[str, Mapping[str, int]] = {}
        self.hidden = {key for key, since in times.carried.items() if since > day}
        """Records that are not."""
        self.waiting = {number for number, since in times.waiting.items() if since > day}
        """Briefs that are not, by the numbers of their files."""

    def __getitem__(self, kind: str) -> Mapping[str, int]:
        """The ids of a kind, in the order of the tree, each with the file that it stands in."""
        if kind not in self._found:
            found = self._owners.get(kind, {}).items()
            self._found[kind] = {
                key: number
                for key, number in found
                if number not in self.waiting and (kind, key) not in self.hidden
            }
        return self._found[kind]

    def homes(self, kind: str) -> Mapping[str, str]:
        """The ids of what stands in briefs, each with that of its brief."""
        briefs = {number: key for key, number in self["brief"].items()}
        return frozen({key: briefs[number] for key, number in self[kind].items()})


class LibraryOnDemand(Library):
    """What `build_library` makes of all files at once."""

    _joined: Together
    _shelf: Shelf
    _public: Public

    def __init__(self, joined: Together, shelf: Shelf, *, drafts: bool = False) -> None:
        """`joined` and `drafts` are those of `Public`."""
        public = Public(joined, drafts=drafts)
        held: dict[str, Any] = {
            name: Held(frozen(public[kind]), lambda number, _: shelf.take(number).record)
            for name, kind in (("briefs", "brief"), ("maps", "map"))
        }
        for name, kind in LISTS.items():
            numbers = public[kind] if name == "topics" else frozen(public[kind])
            held[name] = Held(numbers, partial(_find, shelf, name))
        held["origins"] = _Origins(shelf, public)
        held["as_of"] = joined.times.speaks
        vars(self).update(held, _joined=joined, _shelf=shelf, _public=public)

    @cached_property
    def publication(self) -> Publication:
        assert self._joined.publishes is not None
        found = self._shelf.registry(self._joined.publishes).publication
        assert found is not None
        return found

    @cached_property
    def loaded_words(self) -> tuple[LoadedWord, ...]:
        return tuple(chain.from_iterable(each.loaded_words for each in self._speaking()))

    @cached_property
    def contested_names(self) -> tuple[ContestedName, ...]:
        return tuple(chain.from_iterable(each.contested_names for each in self._speaking()))

    def _speaking(self) -> Iterator[Registry]:
        return map(self._shelf.registry, self._joined.speaking)

    @cached_property
    def home(self) -> Mapping[str, str]:
        return self._public.homes("claim")

    @cached_property
    def asked_in(self) -> Mapping[str, str]:
        return self._public.homes("question")


def _find(shelf: Shelf, name: str, number: int, key: str) -> Any:
    return shelf.listed(number, name)[key]


class _Origins(Mapping[AnyKey, Origin]):
    """Kind and id of a record → where it is written."""

    def __init__(self, shelf: Shelf, public: Public) -> None:
        self._shelf = shelf
        self._public = public

    def __getitem__(self, key: AnyKey) -> Origin:
        kind, identity = key
        # Those of judgements are known in their brief alone.
        where = ("brief", identity.partition("#")[0]) if kind == "judgement" else key
        return self._shelf.take(self._public[where[0]][where[1]]).origins[key]

    def __iter__(self) -> Iterator[AnyKey]:
        for number, part in enumerate(self._shelf.take_all()):
            if number not in self._public.waiting:
                yield from (key for key in part.origins if key not in self._public.hidden)

    def __len__(self) -> int:
        return sum(1 for _ in self)
