"""What changed in a claim."""

from __future__ import annotations

from collections.abc import Iterator

from briefsite.changes.difference import Difference
from briefsite.changes.substance import (
    changed_fields,
    citation_words,
    figure_words,
    paired,
    same,
    substance,
    words,
)
from briefsite.model.entries import Origin
from briefsite.model.records import Claim, Contest, Standing

_TOLD_APART = frozenset(
    {"id", "text", "sources", "figures", "contested", "response", "status", "compared"}
)


def compare_claims(before: Claim, after: Claim, brief: str, origin: Origin) -> Iterator[Difference]:
    """Every difference between a claim and what it was."""

    def told(kind: str, old: str = "", new: str = "", text: str = "") -> Difference:
        return Difference(kind, "claim", after.id, brief, origin, old, new, text or after.text)

    if before.text != after.text:
        yield told("claim-reworded", before.text, after.text)
    if not same(before.sources, after.sources):
        yield told("claim-resourced", _citations(before), _citations(after))
    if before.confidence.level != after.confidence.level:
        yield told("claim-confidence", before.confidence.level, after.confidence.level)
    pairs, gone, new = paired(
        before.figures,
        after.figures,
        lambda figure: (figure.measures, figure.unit, figure.year),
        lambda figure: (figure.measures, figure.year),
        lambda figure: figure.measures,
        lambda figure: (figure.value, figure.unit),
        lambda figure: figure.unit,
    )
    for old, now in pairs:
        was, what = figure_words(old), figure_words(now)
        if was == what:
            was, what = f"{old.measures}: {was}", f"{now.measures}: {what}"
        yield told("figure-changed", was, what, now.measures)
    for figure in gone:
        yield told("figure-removed", figure_words(figure), text=figure.measures)
    for figure in new:
        yield told("figure-added", new=figure_words(figure), text=figure.measures)
    yield from standing("claim", before.status, after.status, told)
    yield from _contested(before, after, told)
    if not same(before.response, after.response):
        yield told("claim-answered", words(_answer(before)), words(_answer(after)))
    fields = list(changed_fields(before, after, _TOLD_APART))
    if before.confidence.level != after.confidence.level:
        fields = [name for name in fields if name != "confidence"]
    for name in fields:
        yield told("claim-changed", *field_words(before, after, name), text=name)
    if before.compared != after.compared:
        yield told("claim-compared", str(before.compared), str(after.compared))


def field_words(before: object, after: object, name: str) -> tuple[str, str]:
    """What a field was and is, in words.

    Of a list, what is gone and what is new: empty if that is nothing, while other items stay.
    """
    old, new = _field(before, name), _field(after, name)
    if isinstance(old, tuple) and isinstance(new, tuple):
        kept = {repr(substance(item)) for item in old} & {repr(substance(item)) for item in new}
        gone, added = (tuple(i for i in t if repr(substance(i)) not in kept) for t in (old, new))
        if kept and (gone or added):
            return words(gone) if gone else "", words(added) if added else ""
        old, new = gone, added
    return words(old), words(new)


def _field(record: object, name: str) -> object:
    fields = type(record).model_fields  # type: ignore[attr-defined]
    attribute = next(n for n, field in fields.items() if name in (n, field.alias))
    return getattr(record, attribute)


def _citations(claim: Claim) -> str:
    return "; ".join(sorted(citation_words(citation) for citation in claim.sources))


def _answer(claim: Claim) -> str | None:
    given = claim.response
    return f"{given.kind}: {given.text}" if given else None


def standing(
    kind: str, before: Standing | None, after: Standing | None, told: object
) -> Iterator[Difference]:
    """What has become of a claim or a source since."""
    assert callable(told)
    was, now = (each.state if each else "current" for each in (before, after))
    if was != now:
        name = "restored" if now == "current" else now
        yield told(f"{kind}-{name}", was, after.reason if after and now != "current" else now)
    elif not same(before, after):
        old, new = (each.reason if each else "none" for each in (before, after))
        yield told(f"{kind}-changed", old, new, "status")


def _contested(before: Claim, after: Claim, told: object) -> Iterator[Difference]:
    assert callable(told)

    def side(contest: Contest) -> str:
        who = f"{contest.by}: " if contest.by else ""
        return f"{who}{contest.position}"

    pairs, gone, new = paired(before.contested, after.contested, lambda c: c.by or "")
    for contest in new:
        yield told("claim-contested", new=side(contest))
    for contest in gone:
        yield told("claim-uncontested", side(contest))
    for old, now in pairs:
        yield told("claim-changed", side(old), side(now), "contested")
