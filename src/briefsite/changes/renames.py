"""Ids that changed: those that a record tells of itself, and those that its substance shows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from briefsite.changes.edition import Edition
from briefsite.changes.substance import substance
from briefsite.model.records import Brief, Record
from briefsite.model.walk import references

R = TypeVar("R", bound=Record)
Names = Mapping[tuple[str, str], str]
"""Kind and former id → id."""

_BUT_ID = frozenset({"id"})


def find_renames(before: Edition, after: Edition) -> dict[tuple[str, str], str]:
    """Kind and former id → id, of every record with an address of its own.

    What names other records can only be compared when those have their new names, so registry
    records come first, then claims, questions and maps, then briefs.
    """
    names: dict[tuple[str, str], str] = {}
    for kind in ("topic", "actor", "place", "source", "agreement", "term", "correction"):
        old = {key: record for (k, key), record in before.shared.items() if k == kind}
        new = {key: record for (k, key), record in after.shared.items() if k == kind}
        names |= {(kind, key): now for key, now in renamed(old, new, names).items()}
    claims = {key: claim for key, (claim, _) in before.claims.items()}
    new_claims = {key: claim for key, (claim, _) in after.claims.items()}
    names |= {("claim", key): now for key, now in renamed(claims, new_claims, names).items()}
    questions = {key: question for key, (question, _) in before.questions.items()}
    asked = {key: question for key, (question, _) in after.questions.items()}
    names |= {("question", key): now for key, now in renamed(questions, asked, names).items()}
    names |= {("map", k): now for k, now in renamed(before.maps, after.maps, names).items()}
    return names | {("brief", k): now for k, now in _briefs(before, after, names).items()}


def renamed(before: Mapping[str, R], after: Mapping[str, R], names: Names) -> dict[str, str]:
    """Former id → id of what is gone under one id and there under another."""
    gone = {key: record for key, record in before.items() if key not in after}
    new = {key: record for key, record in after.items() if key not in before}
    found = _told(gone, after)
    waiting = {
        substance(record, but=_BUT_ID): key
        for key, record in sorted(new.items(), reverse=True)
        if key not in found.values()
    }
    for key, record in sorted(gone.items()):
        said = substance(with_names(record, names), but=_BUT_ID)
        if key not in found and said in waiting:
            found[key] = waiting.pop(said)
    return found


def _told(gone: Mapping[str, Record], after: Mapping[str, Record]) -> dict[str, str]:
    told = {old: key for key, r in after.items() for old in getattr(r, "formerly", ())}
    return {key: told[key] for key in gone if key in told}


def _briefs(before: Edition, after: Edition, names: Names) -> dict[str, str]:
    """A brief of which most claims stand under another address is that brief."""
    gone = {key: brief for key, brief in before.briefs.items() if key not in after.briefs}
    found = _told(gone, after.briefs)
    for key, brief in sorted(gone.items()):
        ids = {names.get(("claim", claim.id), claim.id) for claim in brief.claims}
        for other, candidate in sorted(after.briefs.items()):
            free = other not in before.briefs and other not in found.values()
            shared = ids & {claim.id for claim in candidate.claims}
            if key not in found and free and 2 * len(shared) > len(ids):
                found[key] = other
    return found


def with_new_names(before: Edition, names: Names) -> Edition:
    """An edition in which every record has, and every reference uses, the new ids."""
    if not names:
        return before
    briefs: dict[str, Brief] = {}
    for key, brief in before.briefs.items():
        brief = with_names(brief, names)
        claims = [_named(claim, "claim", names) for claim in brief.claims]
        questions = [_named(question, "question", names) for question in brief.positions]
        update = {"claims": tuple(claims), "positions": tuple(questions)}
        briefs[names.get(("brief", key), key)] = brief.model_copy(update=update)
    shared = {
        (kind, names.get((kind, key), key)): _named(with_names(record, names), kind, names)
        for (kind, key), record in before.shared.items()
    }
    maps = {names.get(("map", k), k): with_names(r, names) for k, r in before.maps.items()}
    places = {(kind, _key(kind, key, names)): p for (kind, key), p in before.places.items()}
    due = before.stale
    if due is not None:
        due = {
            (kind, _key(kind, key, names)): tuple(
                replace(reason, id=_key(reason.kind, reason.id, names)) for reason in reasons
            )
            for (kind, key), reasons in due.items()
        }
    return replace(before, briefs=briefs, maps=maps, shared=shared, places=places, stale=due)


def _key(kind: str, key: str, names: Names) -> str:
    if kind in ("judgement", "section"):
        slug, _, identity = key.partition("#")
        return f"{names.get(('brief', slug), slug)}#{identity}"
    return names.get((kind, key), key)


def _named(record: R, kind: str, names: Names) -> R:
    identity = getattr(record, "id", None)
    now = names.get((kind, str(identity)))
    return record if now is None else record.model_copy(update={"id": now})


def with_names(record: R, names: Names) -> R:
    """A record whose references use the new ids."""
    found = [r for r in references(record) if (r.kind, r.id) in names]
    if not found:
        return record
    plain = json.loads(record.model_dump_json(by_alias=True, exclude_none=True))
    for reference in found:
        now, place = names[(reference.kind, reference.id)], _inside(plain, reference.path[:-1])
        if reference.offset is None:
            place[reference.path[-1]] = now
        else:
            word = re.compile(rf"(?<=@){re.escape(reference.id)}(?![a-z0-9-])")
            place[reference.path[-1]] = word.sub(now, place[reference.path[-1]])
    return type(record).model_validate(_frozen(plain), by_name=False)


def _inside(plain: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        plain = plain[step]
    return plain


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
