"""`briefsite new translation BRIEF LANGUAGE`: each text of the original, beside its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from briefsite.check.modeline import modeline
from briefsite.check.shape import read_record
from briefsite.languages import locale_of
from briefsite.load import read_source, translation_of
from briefsite.model.records import Brief, MapRecord
from briefsite.model.translations import notes_of, titles_of
from briefsite.report import did_you_mean
from briefsite.write.insert import write_text
from briefsite.write.new import RefusedError

_HELP = (
    "Each text of the original stands above the key that its translation goes to. Write it behind",
    "the key and take the '# ' before it away; what stays a comment is shown in the original.",
    "Numbers stay digits, and sentences keep their references.",
)


def begin_translation(root: Path, slug: str, language: str) -> str:
    """Write the file of a new translation; gives its path. Raises RefusedError."""
    known = [path.stem for path in (root / "briefs").glob("*.yaml") if "." not in path.stem]
    if slug not in known:
        hint = did_you_mean(slug, known) or f"briefs: {', '.join(sorted(known))}"
        raise RefusedError(f"there is no brief '{slug[:80]}' ({hint})")
    name = f"briefs/{slug}.{language}.yaml"
    if locale_of(language) is None or translation_of(name) is None:
        raise RefusedError(f"'{language}' is no language; write its code, such as az or pt-BR")
    if (root / name).exists():
        raise RefusedError(f"{name} is there already")
    document = read_source(root, root / "briefs" / f"{slug}.yaml")
    brief = read_record(document, Brief).record if document.is_read else None
    if brief is None:
        raise RefusedError(f"briefs/{slug}.yaml cannot be read; run briefsite check")
    if brief.language == language:
        raise RefusedError(f"the brief is in '{language}' already")
    maps = {key: _map(root, key) for key in brief.maps}
    write_text(root / name, "\n".join(_lines(brief, maps, name, language)) + "\n")
    return name


def _map(root: Path, key: str) -> MapRecord:
    document = read_source(root, root / "maps" / f"{key}.yaml")
    record = read_record(document, MapRecord).record if document.is_read else None
    if record is None:
        raise RefusedError(f"maps/{key}.yaml cannot be read; run briefsite check")
    return record


def _lines(brief: Brief, maps: Mapping[str, MapRecord], name: str, language: str) -> Iterator[str]:
    yield modeline("translation", name)
    yield from (f"# {line}" for line in _HELP)
    yield "schema: 1"
    yield f"language: {language}"
    yield "translator: 'TODO: who translates it'"
    yield f"original_reviewed: {brief.reviewed}"
    yield ""
    yield from _text("", "title", brief.title)
    yield from _prose("", "summary", brief.summary.source)
    yield from _text("", "coverage", brief.coverage)
    if brief.judgements:
        yield from ("", "judgements:")
    for judgement in brief.judgements:
        yield f"  - id: {judgement.id}"
        yield from _text("    ", "text", judgement.text)
        yield from _text("    ", "reason", judgement.confidence.reason)
    yield from ("", "sections:")
    for section in brief.sections:
        yield f"  - id: {section.id}"
        yield from _text("    ", "heading", section.heading)
        yield from _prose("    ", "prose", section.prose.source)
    yield from ("", "claims:")
    for claim in brief.claims:
        yield f"  - id: {claim.id}"
        yield from _text("    ", "text", claim.text)
        yield from _text("    ", "reason", claim.confidence.reason)
        yield from _text("    ", "status", claim.status.reason if claim.status else None)
        yield from _texts("    ", "contested", [each.position for each in claim.contested])
        yield from _text("    ", "response", claim.response.text if claim.response else None)
        yield from _texts("    ", "figures", [figure.measures for figure in claim.figures])
        yield from _texts("    ", "units", [figure.unit for figure in claim.figures])
        yield from _text("    ", "note", claim.note)
    if brief.positions:
        yield from ("", "positions:")
    for question in brief.positions:
        yield f"  - id: {question.id}"
        yield from _text("    ", "question", question.question)
        positions = [cell.position or "" for cell in question.cells]
        yield from _texts("    ", "positions", positions)
    if brief.charts:
        yield from ("", "charts:")
    for chart in brief.charts:
        yield f"  - id: {chart.id}"
        yield from _text("    ", "title", chart.title)
    if maps:
        yield from ("", "maps:")
    for key, drawn in maps.items():
        yield f"  - id: {key}"
        yield from _text("    ", "title", drawn.title)
        yield from _text("    ", "description", drawn.description)
        yield from _texts("    ", "layers", [layer.title for layer in drawn.layers])
        yield from _texts("    ", "features", titles_of(drawn))
        yield from _texts("    ", "notes", notes_of(drawn))
        yield from _text("    ", "note", drawn.note)
    yield ""
    yield from _texts("", "timeline", [event.title for event in brief.timeline])
    yield from _texts("", "unknowns", brief.unknowns)


def _text(indent: str, key: str, original: str | None) -> Iterator[str]:
    if original is not None:
        yield f"{indent}# {' '.join(original.split())}"
        yield f"{indent}# {key}:"


def _prose(indent: str, key: str, original: str) -> Iterator[str]:
    yield from (f"{indent}# {line}".rstrip() for line in original.rstrip().split("\n"))
    yield f"{indent}# {key}: |"


def _texts(indent: str, key: str, originals: Sequence[str]) -> Iterator[str]:
    if originals:
        yield f"{indent}# {key}:"
        yield from (f"{indent}#   - {' '.join(text.split())}" for text in originals)
