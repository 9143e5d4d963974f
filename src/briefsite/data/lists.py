"""The audit and the list of what is stale, as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Literal

from briefsite.check import Audit, Coverage
from briefsite.data.json import to_json
from briefsite.model.library import Library
from briefsite.model.staleness import AgedKey, Reason
from briefsite.model.translations import TranslationEntry

Style = Literal["text", "json"]
_SHOWN = 20


def print_audit(audit: Audit, style: Style = "text") -> str:
    """Coverage by brief and overall, each sentence without evidence, and how sources lean."""
    if style == "json":
        return to_json(
            {
                "overall": _coverage(audit.overall),
                "briefs": [_coverage(each) for each in audit.coverage],
                "left_out": audit.left_out,
                "unsourced": [asdict(each) for each in audit.unsourced],
                "claims_by_source": audit.by_source,
                "claims_by_perspective": audit.by_perspective,
                "claims_by_party": audit.by_party,
            }
        )
    return "\n".join(_audit_lines(audit)) + "\n"


def _audit_lines(audit: Audit) -> Iterator[str]:
    width = max(len(each.brief) for each in (*audit.coverage, audit.overall))
    yield f"{'brief':{width}}  statements  sourced  connective  coverage"
    for each in (*audit.coverage, audit.overall):
        yield (
            f"{each.brief:{width}}  {each.statements:>10}  {each.sourced:>7}"
            f"  {each.connective:>10}  {_percent(each):>8}"
        )
    if audit.left_out:
        yield ""
        yield f"drafts, not counted unless they are named: {', '.join(audit.left_out)}"
    if audit.unsourced:
        yield ""
        yield "statements without evidence:"
    for missing in audit.unsourced:
        yield f"{missing.path}:{missing.line}:{missing.column}: {missing.text} ({missing.why})"
    for title, tally in (
        ("claims by source", audit.by_source),
        ("claims by perspective", audit.by_perspective),
        ("claims by party that says it", audit.by_party),
    ):
        yield ""
        yield f"{title}:"
        shown = list(tally.items())[:_SHOWN]
        yield from (f"{count:>5}  {name}" for name, count in shown)
        if len(tally) > _SHOWN:
            yield f"       … and {len(tally) - _SHOWN} more (all with --format json)"


def _percent(coverage: Coverage) -> str:
    """Rounded down: 100 % is said of nothing less."""
    return f"{int(coverage.percent * 10) / 10:.1f} %"


def _coverage(coverage: Coverage) -> dict[str, object]:
    return {**asdict(coverage), "percent": coverage.percent}


def print_stale(
    library: Library,
    found: Mapping[AgedKey, tuple[Reason, ...]],
    style: Style = "text",
    outdated: Sequence[TranslationEntry] = (),
) -> str:
    """What is stale, with each reason; nothing if nothing is.

    `outdated` are translations whose original was reviewed again.
    """
    if style == "json":
        listed: list[dict[str, object]] = [
            {"kind": kind, "id": identity, "reasons": [_reason(reason) for reason in reasons]}
            for (kind, identity), reasons in found.items()
        ]
        return to_json([*listed, *(_outdated(library, each) for each in outdated)])
    lines = [*_stale_lines(library, found), *(_outdated_line(library, each) for each in outdated)]
    return "".join(f"{line}\n" for line in lines)


def _outdated(library: Library, translation: TranslationEntry) -> dict[str, object]:
    since = str(library.briefs[translation.brief].record.reviewed)
    reason = {"kind": "brief", "id": translation.brief, "cause": "reviewed again", "since": since}
    return {"kind": "translation", "id": translation.name, "reasons": [reason]}


def _outdated_line(library: Library, translation: TranslationEntry) -> str:
    origin, since = translation.origin, library.briefs[translation.brief].record.reviewed
    return (
        f"{origin.path}:{origin.line}: translation {translation.name}: "
        f"its original was reviewed again {since}"
    )


def _reason(reason: Reason) -> dict[str, str]:
    since = {"since": str(reason.since)} if reason.since else {}
    return {"kind": reason.kind, "id": reason.id, "cause": reason.cause, **since}


def _stale_lines(library: Library, found: Mapping[AgedKey, tuple[Reason, ...]]) -> Iterator[str]:
    for (kind, identity), reasons in found.items():
        entry = library.briefs.get(identity) if kind == "brief" else None
        origin = entry.origin if entry else library.origins[(kind, identity)]
        for reason in reasons:
            words = _words(kind, identity, reason)
            yield f"{origin.path}:{origin.line}: {kind} {identity}: {words}"


def _words(kind: str, identity: str, reason: Reason) -> str:
    since = f" {reason.since}" if reason.since else ""
    if (kind, identity) == (reason.kind, reason.id):
        return f"{reason.cause}{since}"
    return f"rests on {reason.kind} {reason.id}, {reason.cause}{since}"
