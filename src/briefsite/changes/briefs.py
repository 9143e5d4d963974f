"""What changed in a brief, claim by claim and judgement by judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from briefsite.changes.claims import compare_claims, field_words
from briefsite.changes.difference import Difference
from briefsite.changes.edition import Edition
from briefsite.changes.renames import renamed
from briefsite.changes.substance import changed_fields, paired, same, words
from briefsite.model.prose import Prose
from briefsite.model.records import Brief, Cell, Event, Judgement, Likelihood, Question, Section

_BANDS: tuple[Likelihood, ...] = get_args(Likelihood)
_DATES = ("cutoff", "reviewed", "review_by")
_TOLD_APART = frozenset(
    {"status", "summary", "judgements", "sections", "claims", "positions", "timeline", "unknowns"}
) | frozenset({*_DATES, "publish_on"})


@dataclass(frozen=True)
class Sides:
    """A brief as it was, with the names that its records have now, and as it is."""

    slug: str
    before: Brief
    after: Brief
    old: Edition
    new: Edition

    def told(
        self, kind: str, identity: str = "", before: str = "", after: str = "", text: str = ""
    ) -> Difference:
        """A difference of this brief, or of something in it."""
        record = kind.partition("-")[0]
        if record in ("claim", "question"):
            key = identity
        else:
            record, key = _record_of(record), f"{self.slug}#{identity}"
        origin = self.new.origin(record, key) or self.old.origin(record, key)
        origin = origin or self.new.origin("brief", self.slug)
        assert origin is not None
        named = identity or self.slug
        return Difference(kind, record, named, self.slug, origin, before, after, text)


def _record_of(word: str) -> str:
    return {"position": "question", "figure": "claim"}.get(word, word)


def compare_brief(sides: Sides) -> Iterator[Difference]:
    """Every difference between a brief and what it was."""
    before, after = sides.before, sides.after
    apart = _TOLD_APART
    if before.status != after.status:
        kind = "brief-withdrawn" if after.status == "withdrawn" else "brief-restored"
        reason = after.withdrawn.reason if after.withdrawn else ""
        yield sides.told(kind, after=reason, text=after.title)
        apart |= {"withdrawn"}
    yield from _prose(sides, "summary", "", before.summary, after.summary)
    yield from _judgements(sides)
    yield from _sections(sides)
    yield from _claims(sides)
    yield from _questions(sides)
    yield from _events(sides)
    for text in sorted({*before.unknowns} - {*after.unknowns}):
        yield sides.told("unknown-removed", text=text)
    for text in sorted({*after.unknowns} - {*before.unknowns}):
        yield sides.told("unknown-added", text=text)
    for name in changed_fields(before, after, apart):
        yield sides.told("brief-changed", "", *field_words(before, after, name), text=name)
    dates = [name for name in _DATES if getattr(before, name) != getattr(after, name)]
    if dates:
        old, new = (
            ", ".join(f"{n.replace('_', ' ')} {getattr(brief, n)}" for n in dates)
            for brief in (before, after)
        )
        yield sides.told("brief-reviewed", "", old, new)


def _prose(
    sides: Sides, kind: str, identity: str, before: Prose, after: Prose, heading: str = ""
) -> Iterator[Difference]:
    if before.text != after.text:
        yield sides.told(f"{kind}-reworded", identity, before.text, after.text, heading)
    elif not same(before, after):
        old, new = (", ".join(dict.fromkeys(c for c, _ in p.references())) for p in (before, after))
        if old != new:
            yield sides.told(f"{kind}-resourced", identity, old, new, heading)
        else:  # emphasis, a link, or which sentence names which claim
            yield sides.told(f"{kind}-reworded", identity, before.source, after.source, heading)


def match_ids(
    before: Sequence[Judgement] | Sequence[Section], after: Sequence[Judgement] | Sequence[Section]
) -> dict[str, str]:
    """Former id → id of what has another id on its page."""
    return renamed({r.id: r for r in before}, {r.id: r for r in after}, {})


def _judgements(sides: Sides) -> Iterator[Difference]:
    names = match_ids(sides.before.judgements, sides.after.judgements)
    old = {names.get(j.id, j.id): j for j in sides.before.judgements}
    new = {j.id: j for j in sides.after.judgements}
    for former, now in names.items():
        yield sides.told("judgement-renamed", now, former, now, new[now].text)
    for key in sorted(old.keys() - new.keys()):
        yield sides.told("judgement-removed", key, old[key].likelihood, text=old[key].text)
    for key in sorted(new.keys() - old.keys()):
        yield sides.told("judgement-added", key, after=new[key].likelihood, text=new[key].text)
    for key in sorted(old.keys() & new.keys()):
        yield from _judgement(sides, old[key], new[key])


def _judgement(sides: Sides, before: Judgement, after: Judgement) -> Iterator[Difference]:
    def told(kind: str, old: str, new: str, text: str = "") -> Difference:
        return sides.told(f"judgement-{kind}", after.id, old, new, text or after.text)

    if before.likelihood != after.likelihood:
        up = _BANDS.index(after.likelihood) > _BANDS.index(before.likelihood)
        yield told("up" if up else "down", before.likelihood, after.likelihood)
    if before.confidence.level != after.confidence.level:
        yield told("confidence", before.confidence.level, after.confidence.level)
    elif before.confidence != after.confidence:
        yield told("changed", before.confidence.reason, after.confidence.reason, "confidence")
    if before.text != after.text and not _says_its_band(before, after):
        yield told("reworded", before.text, after.text)
    if set(before.claims) != set(after.claims):
        yield told("resourced", ", ".join(before.claims), ", ".join(after.claims))


def _says_its_band(before: Judgement, after: Judgement) -> bool:
    """Whether two texts differ in nothing but the likelihood that each must say."""
    if before.likelihood == after.likelihood:
        return False
    old, new = (j.text.lower().replace(j.likelihood, "\0") for j in (before, after))
    return "\0" in old and old.replace("a \0", "\0") == new.replace("a \0", "\0")


def _sections(sides: Sides) -> Iterator[Difference]:
    names = match_ids(sides.before.sections, sides.after.sections)
    old = {names.get(s.id, s.id): s for s in sides.before.sections}
    new = {s.id: s for s in sides.after.sections}
    for former, now in names.items():
        yield sides.told("section-renamed", now, former, now, new[now].heading)
    for key in sorted(old.keys() - new.keys()):
        yield sides.told("section-removed", key, text=old[key].heading)
    for key in sorted(new.keys() - old.keys()):
        yield sides.told("section-added", key, text=new[key].heading)
    for key in sorted(old.keys() & new.keys()):
        was, now_ = old[key], new[key]
        if was.heading != now_.heading:
            yield sides.told("section-reworded", key, was.heading, now_.heading, "heading")
        yield from _prose(sides, "section", key, was.prose, now_.prose, now_.heading)


def _claims(sides: Sides) -> Iterator[Difference]:
    old, new = sides.old.claims, sides.new.claims
    own = {claim.id: claim for claim in sides.after.claims}
    for claim in sides.before.claims:
        if claim.id not in new:
            yield sides.told("claim-removed", claim.id, text=claim.text)
    for key, claim in own.items():
        if key not in old:
            yield sides.told("claim-added", key, text=claim.text)
            continue
        was, home = old[key]
        if home != sides.slug:
            yield sides.told("claim-moved", key, home, sides.slug, claim.text)
        origin = sides.new.origin("claim", key)
        assert origin is not None
        yield from compare_claims(was, claim, sides.slug, origin)


def _questions(sides: Sides) -> Iterator[Difference]:
    old, new = sides.old.questions, sides.new.questions
    for question in sides.before.positions:
        if question.id not in new:
            yield sides.told("question-removed", question.id, text=question.question)
    for question in sides.after.positions:
        if question.id not in old:
            yield sides.told("question-added", question.id, text=question.question)
            continue
        was = old[question.id][0]
        if was.question != question.question:
            yield sides.told("question-reworded", question.id, was.question, question.question)
        yield from _cells(sides, was, question)


def _cells(sides: Sides, before: Question, after: Question) -> Iterator[Difference]:
    pairs, gone, new = paired(before.cells, after.cells, lambda cell: cell.party)
    for cell in gone:
        yield sides.told("position-removed", after.id, _position(cell), "", cell.party)
    for cell in new:
        yield sides.told("position-added", after.id, "", _position(cell), cell.party)
    for was, now in pairs:
        old, says = _position(was), _position(now)
        if old == says:
            old, says = f"{old} ({words(_rest(was))})", f"{says} ({words(_rest(now))})"
        yield sides.told("position-changed", after.id, old, says, now.party)


def _position(cell: Cell) -> str:
    found = "none found: " if cell.basis == "none-found" else ""
    return f"{found}{cell.position} ({cell.basis}, {cell.date})"


def _rest(cell: Cell) -> tuple[object, ...]:
    return (*cell.claims, *cell.sources)


def _events(sides: Sides) -> Iterator[Difference]:
    keys: tuple[Callable[[Event], str], ...] = (lambda e: e.title, lambda e: str(e.date))
    pairs, gone, new = paired(sides.before.timeline, sides.after.timeline, *keys)
    for event in gone:
        yield sides.told("event-removed", text=_event(event))
    for event in new:
        yield sides.told("event-added", text=_event(event))
    for was, now in pairs:
        old, says = _event(was), _event(now)
        if old == says:
            old, says = words(was), words(now)
        yield sides.told("event-changed", "", old, says, now.title)


def _event(event: Event) -> str:
    return f"{event.date}: {event.title}"


def counts(brief: Brief) -> str:
    """How much a brief holds."""
    held: Mapping[str, int] = {
        "judgement": len(brief.judgements),
        "section": len(brief.sections),
        "claim": len(brief.claims),
    }
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for word, n in held.items())
