"""Two editions to what changed between them, in substance and in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefsite.changes.briefs import Sides, compare_brief, counts, match_ids
from briefsite.changes.difference import Difference
from briefsite.changes.edition import Edition
from briefsite.changes.renames import Names, find_renames, with_new_names
from briefsite.changes.shared import compare_maps, compare_shared
from briefsite.changes.translations import compare_translations
from briefsite.load import address
from briefsite.model.entries import Origin
from briefsite.model.staleness import AgedKey, Reason

_FOLDERS = {
    "brief": "briefs", "map": "maps", "source": "sources", "actor": "actors", "place": "places",
    "agreement": "agreements", "term": "glossary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lost:
    """An address that was published, and leads nowhere now; `now` is the record's new id, if any.

    `key` is the kind and the id of the record, of what only a brief knows `BRIEF#ID`.
    """

    address: str
    key: tuple[str, str]
    now: str = ""


@dataclass(frozen=True)
class Comparison:
    """What changed from one edition to another, and what that leaves open."""

    before: Edition
    after: Edition
    differences: tuple[Difference, ...]
    lost: tuple[Lost, ...]
    left_out: tuple[str, ...]
    """What could not be compared, each in a sentence."""


def compare(before: Edition, after: Edition) -> Comparison:
    """Compare two editions.

    A file that cannot be read on either side is left out on both, so that what it holds does not
    seem to be new or gone.
    """
    unread = {*before.unread, *after.unread}
    old, new = before.without(unread), after.without(unread)
    names = find_renames(old, new)
    told = compare_translations(old, new, names)
    old = with_new_names(old, names)
    found = [*_renames(names, new), *_briefs(old, new), *compare_shared(old, new), *told]
    found += [*compare_maps(old, new), *_stale(old, new)]
    lost = sorted({*_lost_names(names, new), *_lost_inside(old, new), *_lost(old, new)}, key=_key)
    differences = tuple(sorted(found, key=lambda difference: difference.sort_key))
    return Comparison(old, new, differences, tuple(lost), tuple(_left_out(before, after)))


def _key(lost: Lost) -> tuple[str, str]:
    return lost.address, lost.now


def _left_out(before: Edition, after: Edition) -> Iterator[str]:
    for side, edition in (("before", before), ("after", after)):
        for path, why in sorted(edition.unread.items()):
            yield f"{path} is not compared: {side} the change it is not right ({why})"
    for path in sorted(before.waiting.keys() | after.waiting.keys()):
        was, now = before.waiting.get(path), after.waiting.get(path)
        is_public = ("brief", address(path)) in after.places
        if was != now and not is_public and (found := now or was):
            yield f"{path} {found.why}: it is not compared"
    for side, edition in (("before", before), ("after", after)):
        if edition.stale is None:
            count = f"{edition.errors} error{'' if edition.errors == 1 else 's'}"
            yield f"what is due is not compared: {side} the change, the tree has {count}"


def _renames(names: Names, new: Edition) -> Iterator[Difference]:
    for (kind, former), now in names.items():
        home = {"claim": new.claims, "question": new.questions}.get(kind, {})
        brief = home[now][1] if now in home else now if kind == "brief" else ""
        origin = new.origin(kind, now)
        assert origin is not None
        yield Difference(f"{kind}-renamed", kind, now, brief, origin, former, now)


def _briefs(old: Edition, new: Edition) -> Iterator[Difference]:
    for slug in sorted(old.briefs.keys() | new.briefs.keys()):
        before, after = old.briefs.get(slug), new.briefs.get(slug)
        if before is not None and after is not None:
            yield from compare_brief(Sides(slug, before, after, old, new))
            continue
        brief, edition = (before, old) if before is not None else (after, new)
        assert brief is not None
        kind, origin = (
            f"brief-{'removed' if after is None else 'added'}",
            edition.origin("brief", slug),
        )
        assert origin is not None
        text = f"{brief.title} ({counts(brief)})"
        yield Difference(kind, "brief", slug, slug, origin, text=text)


def _stale(old: Edition, new: Edition) -> Iterator[Difference]:
    """What a reason for another look marks: each reason once, with all that rests on it."""
    if old.stale is None or new.stale is None:
        return
    was, now = _marked(old.stale), _marked(new.stale)
    for reason in sorted(was.keys() ^ now.keys(), key=lambda r: (r.kind, r.id, r.cause)):
        is_new = reason in now
        edition, marked = (new, now[reason]) if is_new else (old, was[reason])
        others = [key for key in marked if _owner(edition, key) != (reason.kind, reason.id)]
        others = [key for key in others if key != (reason.kind, reason.id)]
        exists = _exists(new, reason.kind, reason.id)
        # What was withdrawn or replaced is told as such; here counts what rests on it.
        if (reason.cause != "review due" and not others) or not exists:
            continue
        since = f" {reason.since}" if reason.since else ""
        kind = "stale-due" if is_new else "stale-ceased"
        origin = new.origin(reason.kind, reason.id) or edition.origin(reason.kind, reason.id)
        assert origin is not None
        home = new.claims.get(reason.id, (None, ""))[1] if reason.kind == "claim" else ""
        brief = reason.id if reason.kind == "brief" else home
        text = f"{reason.cause}{since}{_resting(others)}"
        yield Difference(kind, reason.kind, reason.id, brief, origin, text=text)


def _marked(stale: Mapping[AgedKey, tuple[Reason, ...]]) -> dict[Reason, list[AgedKey]]:
    found: dict[Reason, list[AgedKey]] = defaultdict(list)
    for key, reasons in stale.items():
        for reason in reasons:
            found[reason].append(key)
    return found


def _owner(edition: Edition, key: AgedKey) -> AgedKey | None:
    """The brief of a claim, which rests on the brief in no other way than by standing in it."""
    return ("brief", edition.claims[key[1]][1]) if key[0] == "claim" else None


def _exists(edition: Edition, kind: str, identity: str) -> bool:
    if kind == "claim":
        return identity in edition.claims
    return identity in edition.briefs if kind == "brief" else (kind, identity) in edition.shared


def _resting(others: list[AgedKey]) -> str:
    if not others:
        return ""
    tally = Counter(kind for kind, _ in others)
    parts = [f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in sorted(tally.items())]
    return f"; {', '.join(parts)} {'rests' if len(others) == 1 else 'rest'} on it"


def _lost(old: Edition, new: Edition) -> Iterator[Lost]:
    """Addresses of what is gone: pages, and claims, questions and corrections."""
    for key in old.briefs.keys() - new.briefs.keys():
        yield Lost(f"briefs/{key}/", ("brief", key))
    for key in old.maps.keys() - new.maps.keys():
        yield Lost(f"maps/{key}/", ("map", key))
    for kind, key in old.shared.keys() - new.shared.keys():
        if kind in _FOLDERS:
            yield Lost(f"{_FOLDERS[kind]}/{key}/", (kind, key))
        elif kind == "correction":
            yield Lost(f"corrections/#{key}", (kind, key))
    for kind, before, after in (
        ("claim", _homes(old.claims), _homes(new.claims)),
        ("question", _homes(old.questions), _homes(new.questions)),
    ):
        for key in before.keys() - after.keys():
            if before[key] in new.briefs:  # else its page is gone, which is told
                yield Lost(f"briefs/{before[key]}/#{key}", (kind, key))


def _homes(records: Mapping[str, tuple[object, str]]) -> dict[str, str]:
    return {key: home for key, (_, home) in records.items()}


def _lost_names(names: Names, new: Edition) -> Iterator[Lost]:
    """Former ids that no record tells of."""
    for (kind, former), now in names.items():
        if former in _formerly(new, kind, now) or kind == "topic":
            continue
        homes = {**_homes(new.claims), **_homes(new.questions)}
        if kind in _FOLDERS:
            address = f"{_FOLDERS[kind]}/{former}/"
        elif kind == "correction":
            address = f"corrections/#{former}"
        else:
            address = f"briefs/{homes[now]}/#{former}"
        yield Lost(address, (kind, former), now)


def _formerly(new: Edition, kind: str, key: str) -> tuple[str, ...]:
    record: object
    if kind in ("brief", "map"):
        record = (new.briefs if kind == "brief" else new.maps)[key]
    elif kind in ("claim", "question"):
        record = (new.claims if kind == "claim" else new.questions)[key][0]
    else:
        record = new.shared[(kind, key)]
    return getattr(record, "formerly", ())


def _lost_inside(old: Edition, new: Edition) -> Iterator[Lost]:
    """Judgements and sections that have another id on their page."""
    for slug in old.briefs.keys() & new.briefs.keys():
        before, after = old.briefs[slug], new.briefs[slug]
        for kind, names, told in (
            (
                "judgement",
                match_ids(before.judgements, after.judgements),
                {f for j in after.judgements for f in j.formerly},
            ),
            (
                "section",
                match_ids(before.sections, after.sections),
                {f for s in after.sections for f in s.formerly},
            ),
        ):
            for former, now in names.items():
                if former not in told:
                    yield Lost(f"briefs/{slug}/#{former}", (kind, f"{slug}#{former}"), now)


__all__ = ["Comparison", "Lost", "Origin", "compare"]
