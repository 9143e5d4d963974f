"""`briefsite new KIND ID`: from flags, from a citation file, from answers on a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefsite.load import address
from briefsite.model.records import RecordKind, is_id
from briefsite.write.answers import make_asked
from briefsite.write.citation import (
    Citation,
    CitationError,
    Entry,
    check_doi,
    to_source,
)
from briefsite.write.fields import KINDS, WHOLE_FILES, Field, FieldError, fields_of, flags
from briefsite.write.fields import Path as FieldPath
from briefsite.write.insert import write_text
from briefsite.write.new import Made, RefusedError, check_free, look, make
from briefsite.write.scalars import Written
from briefsite.write.translation import begin_translation

_FORMATS = ("bibtex", "ris", "csl")
_MAX_BYTES = 1 << 20


class _UsageError(Exception):
    """The command was called wrongly; the message says how."""


def add_kinds(new: argparse.ArgumentParser) -> None:
    """Add its kinds to the command `new`."""
    kinds = new.add_subparsers(required=True, metavar="KIND")
    for kind in KINDS:
        parser = kinds.add_parser(kind, help=f"a new {kind}", allow_abbrev=False)
        parser.add_argument("id", help="its id, which is its address")
        if kind == "claim":
            parser.add_argument("--brief", metavar="SLUG", help="the brief that it lives in")
        elif kind not in WHOLE_FILES:
            parser.add_argument("--file", help="the registry file (default: where most are)")
        if kind == "source":
            source = parser.add_mutually_exclusive_group()
            for name, words in zip(_FORMATS, ("BibTeX", "RIS", "CSL-JSON"), strict=True):
                source.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"a {words} file")
            parser.add_argument("--entry", metavar="KEY", help="which entry of that file")
        for flag, field in _flags(kind).items():
            words = field.hint.replace("%", "%%")
            parser.add_argument(f"--{flag}", dest=f"field {flag}", metavar="VALUE", help=words)
        parser.set_defaults(run=_run, kind=kind)

    translation = kinds.add_parser("translation", help="a brief in another language")
    translation.add_argument("id", metavar="BRIEF", help="the brief, by its id")
    translation.add_argument("language", help="the language, by its code, such as az")
    translation.set_defaults(run=_translate)


def _translate(options: argparse.Namespace) -> int:
    try:
        name = begin_translation(options.root, options.id, options.language)
    except RefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{name} was begun: each text of the original stands in it as a comment\n")
    return 0


def _flags(kind: RecordKind) -> dict[str, Field]:
    """The fields of a kind that can be given; what is nested in a whole file is written there."""
    fields = fields_of(KINDS[kind])
    return flags(field for field in fields if kind not in WHOLE_FILES or _is_top(field))


def _is_top(field: Field) -> bool:
    return len(field.path) == 1 or field.path[0] == "extent"


def _run(options: argparse.Namespace) -> int:
    try:
        return _new(options)
    except _UsageError as error:
        sys.stderr.write(f"briefsite new: {error}\n")
        return 2
    except RefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except CitationError as error:
        path = next(filter(None, (getattr(options, name, None) for name in _FORMATS)))
        sys.stderr.write(f"{path}:{error.line}: error: {error}\n")
        return 1
    except EOFError:
        sys.stderr.write("\nnothing was written\n")
        return 1


def _new(options: argparse.Namespace) -> int:
    kind: RecordKind = options.kind
    if not is_id(options.id):
        raise _UsageError(f"'{options.id[:80]}' is no id: write it as {address(options.id)!r}")
    cited = _cited(options)
    given = dict(cited.given) if cited else {}
    given |= _from_flags(options)
    file = _registry_file(options)
    before = look(options.root)
    check_free(before, kind, options.id, given)  # before anyone has answered in vain
    brief = getattr(options, "brief", None)
    is_asked = sys.stdin.isatty() and sys.stdout.isatty()
    if kind == "claim" and brief is None and is_asked:
        brief = input("brief (the file name of the one it lives in): ").strip()
    if kind == "claim" and not brief:
        raise _UsageError("say which brief the claim lives in: --brief SLUG")
    if kind == "brief":
        given[("status",)] = "draft"

    def attempt(fields: Mapping[FieldPath, Written]) -> Made:
        return make(before, kind, options.id, fields, brief=brief, file=file)

    made = make_asked(kind, _flags(kind), given, _read, attempt) if is_asked else attempt(given)
    try:
        write_text(options.root / made.path, made.text)
    except OSError as error:
        raise RefusedError(f"{made.path} cannot be written: {error.strerror}") from error
    sys.stdout.writelines(f"{line}\n" for line in _report(options, made, cited))
    return 0


def _registry_file(options: argparse.Namespace) -> str | None:
    file = getattr(options, "file", None)
    if file is None:
        return None
    try:
        name = Path(file).resolve().relative_to(options.root.resolve()).as_posix()
    except ValueError:
        name = ""
    if not name.startswith("briefs/registry/") or not name.endswith(".yaml"):
        raise _UsageError(f"'{file}' is no YAML file in briefs/registry/")
    return name


def _from_flags(options: argparse.Namespace) -> dict[FieldPath, Written]:
    given: dict[FieldPath, Written] = {}
    for flag, field in _flags(options.kind).items():
        text = getattr(options, f"field {flag}")
        if text is not None:
            try:
                given[field.path] = _read(field, text)
            except FieldError as error:
                raise _UsageError(f"--{flag}: {error}") from None
    return given


def _read(field: Field, text: str) -> Written:
    if field.path == ("DOI",):
        return field.read(check_doi(text))
    return field.read(text)


def _cited(options: argparse.Namespace) -> Citation | None:
    """What the citation file gives, if one is named. Raises CitationError, _UsageError."""
    for name in _FORMATS:
        path = getattr(options, name, None)
        if path is not None:
            return to_source(_chosen(_read_entries(name, path), options.entry, path))
    if getattr(options, "entry", None):
        raise _UsageError("--entry goes with --bibtex, --ris or --csl")
    return None


def _read_entries(name: str, path: Path) -> list[Entry]:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    if len(data) > _MAX_BYTES:
        raise CitationError(1, f"the file has more than {_MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CitationError(line, f"byte 0x{data[error.start]:02x} is not UTF-8") from None
    # Each reader is imported when it is needed: the others, and other commands, do without.
    if name == "bibtex":
        from briefsite.write.bibtex import read_bibtex as read
    elif name == "ris":
        from briefsite.write.ris import read_ris as read
    else:
        from briefsite.write.csl import read_csl as read
    return read(text)


def _chosen(entries: list[Entry], key: str | None, path: Path) -> Entry:
    if not entries:
        raise CitationError(1, "there is no entry in it")
    keys = ", ".join(entry.key or f"line {entry.line}" for entry in entries[:20])
    if key is None:
        if len(entries) > 1:
            raise _UsageError(f"{path} has {len(entries)} entries; choose with --entry: {keys}")
        return entries[0]
    found = [entry for entry in entries if key in (entry.key, f"line {entry.line}")]
    if not found:
        raise _UsageError(f"{path} has no entry '{key[:80]}'; it has: {keys}")
    return found[0]


def _report(options: argparse.Namespace, made: Made, cited: Citation | None) -> Iterator[str]:
    yield f"{made.path}:{made.line}: {options.kind} '{options.id}' was added"
    if cited and cited.dropped:
        yield f"not taken over, for there is no field for it: {', '.join(cited.dropped)}"
    if cited and cited.changed:
        yield f"without characters that cannot be seen: {', '.join(cited.changed)}"
    yield from cited.notes if cited else ()
    if options.kind == "source":
        yield "nothing was fetched: compare every field with the work itself"
    if made.blanks:
        yield f"{len(made.blanks)} still to be written:"
    for blank in made.blanks:
        yield f"  {blank.path}:{blank.line}:{blank.column}: {blank.message.split()[0]} {blank.hint}"


__all__ = ["add_kinds"]
