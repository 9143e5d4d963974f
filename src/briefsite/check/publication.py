"""What is published: the records of all files as a library, and who publishes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from briefsite.check.publishing import LISTS
from briefsite.check.shape import Reading
from briefsite.load import Document, Kind
from briefsite.model.answers import Prints
from briefsite.model.dates import Edtf, newest
from briefsite.model.entries import BriefEntry, MapEntry, Origin
from briefsite.model.library import Library, by_id, frozen
from briefsite.model.records import Brief, MapRecord, Record, Registry
from briefsite.model.walk import AnyKey, Key
from briefsite.report import Problem, did_you_mean


class Share(NamedTuple):
    """What a file has to do with whether anything is published: a brief, or a publisher.

    A file that cannot be read may be either.
    """

    is_brief: bool = False
    is_unread: bool = False
    publishes: bool = False
    may_publish: bool = False


def share_of(kind: Kind, document: Document, reading: Reading[Any] | None) -> Share:
    if kind == "brief":
        return Share(is_brief=True, is_unread=reading is None)
    if kind == "registry":
        publishes = reading is not None and reading.plain.get("publication") is not None
        return Share(publishes=publishes, may_publish=_may_publish(document))
    return Share()


def _may_publish(document: Document) -> bool:
    """Whether a file that has its own problem may have been meant to hold the publication."""
    if not isinstance(document.plain, dict):
        return True
    unknown = set(document.plain) - set(Registry.model_fields)
    return any(did_you_mean(key, ["publication"]) for key in unknown)


def check_publication(
    files: Iterable[tuple[Share, Callable[[], Document]]], *, shows_any: bool
) -> Iterator[Problem]:
    """There is something to publish (in a preview: or to show), and one publisher."""
    files = list(files)
    briefs = [share for share, _ in files if share.is_brief]
    if not shows_any and not any(share.is_unread for share in briefs):
        hint = "write briefs/YOUR-TOPIC.yaml"
        if briefs:
            hint = "all are drafts or scheduled for later; `briefsite serve` shows them"
        yield Problem("briefs", 1, 1, "no-briefs", "there is no brief to publish", hint)
    publishers = [find for share, find in files if share.publishes]
    if not publishers and not any(share.may_publish for share, _ in files):
        yield Problem(
            "briefs/registry", 1, 1, "no-publication", "no file here says who publishes",
            "add `publication:` to a registry file",
        )  # fmt: skip
    for second in publishers[1:]:
        document = second()
        where = document.locate(("publication",), key=True)
        message = f"the publication is already described in {publishers[0]().path}"
        yield document.problem(where, "duplicate-id", message)


@dataclass(frozen=True, slots=True)
class Part:
    """What one file gives to the library."""

    record: BriefEntry | MapEntry | Registry | None
    registered: Mapping[AnyKey, Origin] = field(default_factory=dict)
    """Where the records of a registry file are written."""
    prints: Sequence[str] = ()
    """Of each of its `records` what it is known by, if that is kept with them."""

    @property
    def records(self) -> Iterator[Record]:
        """What pages hold one by one: the records of a registry file, the events of a brief."""
        if isinstance(self.record, Registry):
            for key in LISTS:
                yield from getattr(self.record, key)
        elif isinstance(self.record, BriefEntry):
            yield from self.record.record.timeline

    @property
    def known(self) -> Prints:
        """What its records are known by."""
        return {
            id(each): (each, text) for each, text in zip(self.records, self.prints, strict=False)
        }

    @property
    def origins(self) -> Mapping[AnyKey, Origin]:
        """Where its records are written."""
        return self.record.origins if isinstance(self.record, BriefEntry) else self.registered


def part_of(reading: Reading[Any]) -> Part:
    """The records of a file that is whole, with the lines they stand at."""
    document, record = reading.document, reading.record
    slug = document.path.rsplit("/", 1)[-1].removesuffix(".yaml")
    match record:
        case Brief():
            return Part(_entry_of(reading, slug, record))
        case MapRecord():
            return Part(MapEntry(slug, Origin(document.path, 1), record))
        case Registry():
            origins: dict[AnyKey, Origin] = {}
            for kind, key in _REGISTERED.items():
                origins |= _origins(document, kind, key, getattr(record, key))
            return Part(record, origins)
    return Part(None)


def _entry_of(reading: Reading[Brief], slug: str, record: Brief) -> BriefEntry:
    """A brief, with what its references tell, or it would walk over all that it says once more."""
    document = reading.document
    lines = (
        document.line_of(key, number)
        for key in ("claims", "judgements")
        for number in range(len(getattr(record, key)))
    )
    named: dict[Key, None] = {}
    naming: dict[Key, dict[int, None]] = {}
    for reference in reading.references:
        key = reference.kind, reference.id
        named[key] = None
        match reference.path:
            case ("claims", int(number), *_):
                naming.setdefault(key, {})[number] = None
    entry = BriefEntry(slug, Origin(document.path, 1), record, tuple(lines))
    found = {key: tuple(numbers) for key, numbers in naming.items()}
    vars(entry).update(named=tuple(named), naming=found)
    return entry


_REGISTERED = {kind: name for name, kind in LISTS.items() if kind != "topic"}
"""What has a page that tells where it is written: the list of each kind."""


def _origins(
    document: Document, kind: str, key: str, records: Sequence[Any]
) -> dict[AnyKey, Origin]:
    return {
        (kind, record.id): Origin(document.path, document.line_of(key, number))
        for number, record in enumerate(records)
    }


def build_library(
    parts: Iterable[Part],
    day: Edtf | None,
    carried: Mapping[Key, datetime.date] = MappingProxyType({}),
    *,
    drafts: bool = False,
) -> Library:
    """Join the parts of all files, in the order of the tree, of which none has an error.

    `day` is the day that the publication speaks from; `carried` are the records that are public
    from some day on, and `drafts` asks for what is not public yet too.
    """
    parts = list(parts)
    # With drafts alone, a preview speaks from the newest day that any was reviewed.
    day = day or newest(p.record.record.reviewed for p in parts if isinstance(p.record, BriefEntry))
    hidden: set[AnyKey] = set()
    if not drafts:
        hidden |= {key for key, since in carried.items() if since > day.first}
    briefs: dict[str, BriefEntry] = {}
    maps: dict[str, MapEntry] = {}
    registries: list[Registry] = []
    origins: list[BriefEntry | Mapping[AnyKey, Origin]] = []
    for part in parts:
        match part.record:
            case BriefEntry() as entry if drafts or entry.record.is_published(day):
                briefs[entry.id] = entry
                origins.append(entry)
            case MapEntry() as entry if ("map", entry.id) not in hidden:
                maps[entry.id] = entry
            case Registry() as registry:
                registries.append(_without(registry, hidden))
                origins.append(_but(part.registered, hidden))
    publication = next(r.publication for r in registries if r.publication is not None)
    return Library(
        publication=publication,
        as_of=day,
        topics=MappingProxyType(by_id(topic for r in registries for topic in r.topics)),
        briefs=frozen(briefs),
        maps=frozen(maps),
        sources=frozen(by_id(source for r in registries for source in r.sources)),
        actors=frozen(by_id(actor for r in registries for actor in r.actors)),
        places=frozen(by_id(place for r in registries for place in r.places)),
        agreements=frozen(by_id(item for r in registries for item in r.agreements)),
        terms=frozen(by_id(term for r in registries for term in r.terms)),
        corrections=frozen(by_id(item for r in registries for item in r.corrections)),
        loaded_words=tuple(word for r in registries for word in r.loaded_words),
        contested_names=tuple(name for r in registries for name in r.contested_names),
        origins=Origins(origins),
    )


def _but(found: Mapping[AnyKey, Origin], hidden: Collection[AnyKey]) -> Mapping[AnyKey, Origin]:
    return {k: v for k, v in found.items() if k not in hidden} if hidden else found


class Origins(Mapping[AnyKey, Origin]):
    """Kind and id of a record → where it is written.

    Those of briefs are joined when one of them is asked for: pages need those of the registry.
    """

    def __init__(self, parts: Sequence[BriefEntry | Mapping[AnyKey, Origin]]) -> None:
        """`parts` are, in the order of the tree, briefs and the records of registry files."""
        self._parts = parts
        self._registered = dict(
            chain.from_iterable(p.items() for p in parts if not isinstance(p, BriefEntry))
        )

    @cached_property
    def _all(self) -> Mapping[AnyKey, Origin]:
        each = (p.origins if isinstance(p, BriefEntry) else p for p in self._parts)
        return dict(chain.from_iterable(part.items() for part in each))

    def __getitem__(self, key: AnyKey) -> Origin:
        return self._registered.get(key) or self._all[key]

    def __iter__(self) -> Iterator[AnyKey]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _without(registry: Registry, hidden: Collection[AnyKey]) -> Registry:
    """A registry without the records that are not public yet."""
    if not hidden:
        return registry
    kept = {
        key: tuple(record for record in getattr(registry, key) if (kind, record.id) not in hidden)
        for key, kind in LISTS.items()
    }
    return registry.model_copy(update=kept)
