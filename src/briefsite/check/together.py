"""What all files say together, which stands as long as none of them says anything else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from briefsite.check.chronology import latest_of
from briefsite.check.entry import HELD, Entry
from briefsite.check.index import AllIds, join_ids
from briefsite.check.publishing import ALWAYS, Key, carried_from, publication_day
from briefsite.model.dates import Edtf, parse_date


@dataclass(frozen=True)
class Times:
    """What the days of all briefs make of a publication."""

    speaks: Edtf | None = None
    """The day that it speaks from; None if no brief is public."""
    year: int | None = None
    """The last in which any was reviewed."""
    carried: Mapping[Key, datetime.date] = field(default_factory=dict)

    @property
    def day(self) -> datetime.date:
        """The first day that it may speak from."""
        return self.speaks.first if self.speaks else ALWAYS

    def differing(self, before: Times) -> Iterator[str]:
        """What rules may have looked at that was otherwise before."""
        if self.day != before.day:
            yield "day"
        if self.year != before.year:
            yield "year"
        for (kind, identity), _ in self.carried.items() ^ before.carried.items():
            yield f"id {kind} {identity}"


class Together(NamedTuple):
    """What the files of a tree tell, joined; each file is known by its number."""

    as_of: str
    """The day that was asked for, if any."""
    times: Times
    ids: AllIds
    held: Mapping[str, Mapping[str, int]]
    """By the property of an entry and the id of what it holds, the file that has it."""
    reads: Mapping[str, str | None]
    """What was read of each source."""
    speaking: Sequence[int]
    """The files that tell words or names, which sentences of others are held to."""
    fits: tuple[bool, ...] = ()
    """With drafts or without them, if a comparison of all files has found nothing wrong so."""


def join(entries: Sequence[Entry], as_of: Edtf | None) -> Together:
    """Join what files tell, in the order of the tree."""
    every = [entry.told for entry in entries]
    briefs = (
        (each.ids.public_from, entry.days) for each, entry in zip(every, entries, strict=True)
    )
    public = ((since, days) for since, days in briefs if since is not None)
    held: dict[str, dict[str, int]] = {key: {} for key in HELD}
    for number, told in enumerate(every):
        for key, identities in told.held.items():
            held[key] |= dict.fromkeys(identities, number)
    return Together(
        str(as_of or ""),
        Times(
            as_of or publication_day(public),
            latest_of(told.year for told in every),
            carried_from((told.ids.public_from, told.named) for told in every),
        ),
        join_ids(told.ids for told in every),
        held,
        {key: read for told in every for key, read in told.reads.items()},
        [number for number, told in enumerate(every) if told.has_words],
    )


def plain_of(joined: Together) -> tuple[Any, ...]:
    """The same of nothing but texts, numbers, tuples and the like, as it is kept."""
    _, times, ids, *others = joined
    carried = {key: day.isoformat() for key, day in times.carried.items()}
    return joined.as_of, str(times.speaks or ""), times.year, carried, tuple(ids), *others


def read_together(plain: tuple[Any, ...]) -> Together:
    """What was kept as `plain_of` gives it."""
    as_of, speaks, year, carried, ids, *others = plain
    days = {key: datetime.date.fromisoformat(day) for key, day in carried.items()}
    times = Times(parse_date(speaks) if speaks else None, year, days)
    return Together(as_of, times, AllIds(*ids), *others)
