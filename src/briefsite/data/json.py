"""The library as JSON: every field of every record, under the names the files use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import pydantic_core

from briefsite.data.joined import Joined, groups, parted
from briefsite.model.entries import BriefEntry, MapEntry
from briefsite.model.library import Library
from briefsite.model.records import Record
from briefsite.model.translations import Translated

T = TypeVar("T")
BRIEF_SCHEMA, LIBRARY_SCHEMA = "brief.schema.json", "library.schema.json"
"""The schemas of the two kinds of file, which lie beside them."""
_KINDS = ("sources", "actors", "places", "agreements", "terms")
_LISTS = ("topics", "briefs", "maps", *_KINDS, "corrections")
_WORDS = ("loaded_words", "contested_names")
_HEAD = "head"
LIBRARY = "library"


def brief_json(library: Library, entry: BriefEntry, translated: Translated | None = None) -> bytes:
    """One brief with the registry records and the foreign claims that it names.

    A translation says what it is one of, and which texts are those of the original.
    """
    named: dict[str, dict[str, None]] = {}
    for kind, key in library.shown_on(entry):
        named.setdefault(kind, {})[key] = None
    foreign = library.claims_of_others(entry)
    for claim in foreign:
        for kind, key in library.named_in(claim):
            named.setdefault(kind, {})[key] = None
    document: dict[str, Any] = {
        "$schema": BRIEF_SCHEMA,
        "id": entry.id,
        "publication": library.publication.title,
        "as_of": str(library.as_of),
        **({"translation": _translation(translated)} if translated else {}),
        "brief": entry.record,
        "claims_from_other_briefs": [
            {"brief": library.home[claim.id], **plain(claim)} for claim in foreign
        ],
    }
    document["questions_from_other_briefs"] = [
        {"brief": library.questions[key][1].id, **plain(library.questions[key][0])}
        for key in entry.record.questions
    ]
    for name in _KINDS:
        records: Mapping[str, Record] = getattr(library, name)
        wanted = named.get(name.removesuffix("s"), {})
        document[name] = [records[key] for key in sorted(wanted)]
    return to_json(document).encode()


def _translation(translated: Translated) -> dict[str, Any]:
    given = translated.record
    return {
        "language": given.language,
        "translator": given.translator,
        "original_language": translated.original_language,
        "original_reviewed": str(given.original_reviewed),
        "untranslated": list(translated.places),
    }


def library_json(library: Library) -> Joined:
    """The whole publication."""
    parts: dict[str, Callable[[], bytes]] = {_HEAD: partial(_head, library)}
    for name in _LISTS:
        for part, keys in groups(name, getattr(library, name)).items():
            parts[part] = partial(_records, library, name, keys)
    parts |= {f"{name}/": partial(_words, library, name) for name in _WORDS}
    return Joined(LIBRARY, parts, _order)


def _head(library: Library) -> bytes:
    document = {
        "$schema": LIBRARY_SCHEMA,
        "publication": library.publication,
        "as_of": str(library.as_of),
    }
    return to_json(document).encode().removesuffix(b"\n}\n")


def _records(library: Library, name: str, keys: Sequence[str]) -> bytes:
    found = getattr(library, name)
    return json_items([_record(found[key]) for key in keys], depth=1)


def _record(found: Record | BriefEntry | MapEntry) -> str:
    if isinstance(found, Record):
        return to_json(found)
    # Its id stands before what its file says.
    return to_json(found.record).replace("{\n", f'{{\n "id": {json_line(found.id)},\n', 1)


def _words(library: Library, name: str) -> bytes:
    return json_items(map(to_json, getattr(library, name)), depth=1)


def _order(parts: Sequence[str]) -> Iterator[bytes | str]:
    lists: dict[str, list[str]] = {name: [] for name in (*_LISTS, *_WORDS)}
    for part in parts:
        if part != _HEAD:
            lists[part.partition("/")[0]].append(part)
    yield _HEAD
    for name, found in lists.items():
        yield f',\n "{name}": '.encode()
        yield from json_list(found, b" ")
    yield b"\n}\n"


def plain(record: Record) -> dict[str, Any]:
    """A record as its file writes it; what is unknown is left out."""
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


def json_items(items: Iterable[str], depth: int = 0) -> bytes:
    """What stands between the brackets of a list so much deeper than `to_json` has its items."""
    margin = " " * (depth + 1)
    texts = (item.removesuffix("\n").replace("\n", f"\n{margin}") for item in items)
    return ",\n".join([f"{margin}{text}" for text in texts]).encode()


def json_list(parts: Sequence[T], indent: bytes = b"") -> Iterator[bytes | T]:
    """A list of such parts, whose own brackets stand at an indentation."""
    if not parts:
        yield b"[]"
        return
    yield b"[\n"
    yield from parted(b",\n", parts)
    yield b"\n" + indent + b"]"


def to_json(document: object) -> str:
    """JSON as every file and command of ours has it; records in it are as `plain` has them."""
    # The encoder of the standard library is some ten times slower where it indents.
    return f"{_to_json(document, indent=1).decode()}\n"


def json_line(value: object) -> str:
    """The same in one line, without spaces."""
    return _to_json(value).decode()


_to_json = partial(pydantic_core.to_json, by_alias=True, exclude_none=True)
