"""What all files say together, which stands as long as none of them says anything else."""

from __future__ import annotations

import datetime
import marshal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from briefsite.check.chronology import latest_of
from briefsite.check.entry import HELD, Entry
from briefsite.check.index import AllIds, join_ids
from briefsite.check.publishing import carried_from, day_for_rules, publication_day
from briefsite.model.dates import Edtf, parse_date
from briefsite.model.walk import Key


@dataclass(frozen=True)
class Times:
    """What the days of all briefs make of a publication."""

    speaks: Edtf | None = None
    """The day that it speaks from; None if no brief is public."""
    year: int | None = None
    """The last in which any was reviewed."""
    carried: Mapping[Key, datetime.date] = field(default_factory=dict)
    waiting: Mapping[int, datetime.date] = field(default_factory=dict)
    """The briefs that are not public always, by the number of the file, and from which day on."""
    is_sure: bool = True
    """Whether the day that it speaks from is known: any brief that cannot be read may decide it."""

    @property
    def day(self) -> datetime.date:
        """The first day that it may speak from."""
        return day_for_rules(self.speaks, is_sure=self.is_sure)

    def differing(self, before: Times) -> Iterator[str]:
        """What rules may have looked at that was otherwise before."""
        if self.day != before.day:
            yield "day"
        if self.year != before.year:
            yield "year"
        for (kind, identity), _ in self.carried.items() ^ before.carried.items():
            yield f"id {kind} {identity}"


@dataclass(frozen=True)
class Together:
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
    publishes: int | None
    """The file that says who publishes."""

    @cached_property
    def packed(self) -> bytes:
        """The same as it is kept, which is equal for what is equal."""
        times = self.times
        plain: Any = (
            self.as_of,
            str(times.speaks or ""),
            times.year,
            *(
                {key: day.isoformat() for key, day in days.items()}
                for days in (times.carried, times.waiting)
            ),
            times.is_sure,
            tuple(self.ids),
            self.held,
            self.reads,
            self.speaking,
            self.publishes,
        )
        return marshal.dumps(plain, 2)  # later versions tell too which texts are the same object


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
            {n: d for n, t in enumerate(every) if (d := t.ids.public_from) and t.ids.is_waiting},
            as_of is not None or not any(told.share.is_unread for told in every),
        ),
        join_ids(told.ids for told in every),
        held,
        {key: read for told in every for key, read in told.reads.items()},
        [number for number, told in enumerate(every) if told.has_words],
        next((number for number, told in enumerate(every) if told.share.publishes), None),
    )


def read_together(packed: bytes) -> Together:
    """What was packed."""
    plain = marshal.loads(packed)  # noqa: S302 - of what is ours
    as_of, speaks, year, carried, waiting, is_sure, ids, *others = plain
    carried, waiting = (
        {k: datetime.date.fromisoformat(d) for k, d in each.items()} for each in (carried, waiting)
    )
    times = Times(parse_date(speaks) if speaks else None, year, carried, waiting, is_sure)
    joined = Together(as_of, times, AllIds(*ids), *others)
    vars(joined)["packed"] = packed
    return joined
