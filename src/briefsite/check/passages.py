"""Every text of ours, and the record it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from briefsite.check.plain import Plain, each, items, texts
from briefsite.check.statements import Statement, prose_statements, text_statements
from briefsite.load import Document, Location, Path

Kind = Literal[
    "title", "summary", "judgement", "judgement reason", "heading", "prose", "question", "cell",
    "unknown", "event", "chart", "claim", "claim reason", "answer", "note", "change", "registry",
    "definition", "map",
]  # fmt: skip


@dataclass(eq=False)
class Passage:
    """A text of ours at `path`, and the record it stands in, both as they are written."""

    kind: Kind
    path: Path
    document: Document
    text: str
    record: Plain
    basis: tuple[str, ...] = ()
    """Ids of the claims that each sentence rests on, where the text cannot name them."""

    @property
    def is_prose(self) -> bool:
        """Whether it has markup, and paragraphs."""
        return self.kind in ("summary", "prose")

    @cached_property
    def paragraphs(self) -> tuple[tuple[Statement, ...], ...]:
        """Its sentences; most texts hold nothing that any rule would look at them for."""
        if self.is_prose:
            return prose_statements(self.text)
        return (text_statements(self.text, self.basis),)

    def locate(self, offset: int) -> Location:
        """Where character `offset` of the text stands in the file."""
        node = self.document.node(self.path)
        assert node is not None
        return self.document.locate_inside(node, offset)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that the record names; of a claim, its own."""
        if self.kind != "claim":
            return texts(self.record, "claims")
        identity = self.record.get("id")
        return (identity,) if isinstance(identity, str) else ()

    @property
    def statements(self) -> Iterator[Statement]:
        for paragraph in self.paragraphs:
            yield from paragraph


def passages(document: Document, plain: Plain) -> Iterator[Passage]:
    """The texts of a brief, in the order a reader meets them; `plain` is the file as it stands."""
    yield from _texts(document, plain, (), plain, ("title", "title"))
    yield from _prose(document, plain, ("summary",), "summary")
    for number, record in each(plain, "judgements"):
        path: Path = ("judgements", number)
        yield from _texts(document, record, path, record, ("text", "judgement"))
        reason: tuple[str, Kind] = ("reason", "judgement reason")
        yield from _texts_within(document, record, path, "confidence", reason)
    for number, record in each(plain, "sections"):
        path = ("sections", number)
        yield from _texts(document, record, path, record, ("heading", "heading"))
        yield from _prose(document, record, (*path, "prose"), "prose")
    for number, record in each(plain, "positions"):
        path = ("positions", number)
        yield from _texts(document, record, path, record, ("question", "question"))
        for below, cell in each(record, "cells"):
            yield from _texts(document, cell, (*path, "cells", below), cell, ("position", "cell"))
    for number, text in enumerate(items(plain, "unknowns")):
        yield from _text(document, plain, ("unknowns", number), "unknown", text)
    for number, record in each(plain, "timeline"):
        yield from _texts(document, record, ("timeline", number), record, ("title", "event"))
    for number, record in each(plain, "charts"):
        yield from _chart(document, record, ("charts", number))
    for number, record in each(plain, "claims"):
        yield from _claim(document, record, ("claims", number))
    for number, record in each(plain, "changes"):
        yield from _texts(document, record, ("changes", number), record, ("text", "change"))


_REGISTRY: Mapping[str, Sequence[str]] = {
    "sources": ("stance", "note"),
    "actors": ("role", "note"),
    "places": ("note",),
    "agreements": ("summary",),
    "terms": ("definition",),
    "corrections": ("says", "problem", "evidence", "handling"),
}


def registry_passages(document: Document, plain: Plain) -> Iterator[Passage]:
    """The texts of a registry file."""
    for key, fields in _REGISTRY.items():
        for number, record in each(plain, key):
            for name in fields:
                path, text = (key, number, name), record.get(name)
                if key == "terms":
                    # What a source says of it, no claim need hold.
                    claims = () if items(record, "sources") else texts(record, "claims")
                    yield from _text(document, record, path, "definition", text, claims)
                else:
                    yield from _text(document, record, path, "registry", text)


_MAP: Mapping[str, Sequence[str]] = {
    "areas": ("title", "note"),
    "places": ("note",),
    "routes": ("title", "accuracy", "note"),
    "flows": ("title", "note"),
    "events": ("title", "note"),
}


def map_passages(document: Document, plain: Plain) -> Iterator[Passage]:
    """The texts of a map, in the order a reader meets them."""
    for name in ("title", "description", "note", "default_view_reason"):
        yield from _text(document, plain, (name,), "map", plain.get(name))
    for number, layer in each(plain, "layers"):
        yield from _text(document, layer, ("layers", number, "title"), "map", layer.get("title"))
        for key, fields in _MAP.items():
            for position, feature in each(layer, key):
                for name in fields:
                    path = ("layers", number, key, position, name)
                    yield from _text(document, feature, path, "map", feature.get(name))
    for number, view in each(plain, "views"):
        yield from _text(document, view, ("views", number, "title"), "map", view.get("title"))
        for position, named in each(view, "names"):
            path = ("views", number, "names", position, "name")
            yield from _text(document, named, path, "map", named.get("name"))


def _chart(document: Document, record: Plain, path: Path) -> Iterator[Passage]:
    """The words of a chart, each resting on the claims that are drawn beside it."""
    marks = list(each(record, "marks"))
    named = [mark.get("claim") for _, mark in marks]
    claims = tuple(dict.fromkeys(claim for claim in named if isinstance(claim, str)))
    said = [(record, (*path, "title"), claims)]
    for number, mark in marks:
        own = mark.get("claim")
        below = (own,) if isinstance(own, str) else ()
        said.append((mark, (*path, "marks", number, "label"), below))
    for holder, where, basis in said:
        yield from _text(document, holder, where, "chart", holder.get(str(where[-1])), basis)


def _claim(document: Document, record: Plain, path: Path) -> Iterator[Passage]:
    yield from _texts(document, record, path, record, ("text", "claim"), ("note", "note"))
    yield from _texts_within(document, record, path, "confidence", ("reason", "claim reason"))
    yield from _texts_within(document, record, path, "status", ("reason", "answer"))
    yield from _texts_within(document, record, path, "response", ("text", "answer"))
    for number, contest in each(record, "contested"):
        below = (*path, "contested", number)
        yield from _texts(document, record, below, contest, ("position", "answer"))


def _texts_within(
    document: Document, record: Plain, path: Path, key: str, field: tuple[str, Kind]
) -> Iterator[Passage]:
    below = record.get(key)
    if isinstance(below, dict):
        yield from _texts(document, record, (*path, key), below, field)


def _texts(
    document: Document, record: Plain, path: Path, holder: Plain, *fields: tuple[str, Kind]
) -> Iterator[Passage]:
    """Texts of the mapping at `path`, which is the record or lies within it."""
    for key, kind in fields:
        if key in holder:
            yield from _text(document, record, (*path, key), kind, holder[key])


def _text(
    document: Document,
    record: Plain,
    path: Path,
    kind: Kind,
    text: object,
    basis: tuple[str, ...] = (),
) -> Iterator[Passage]:
    if isinstance(text, str):
        yield Passage(kind, path, document, text, record, basis)


def _prose(document: Document, record: Plain, path: Path, kind: Kind) -> Iterator[Passage]:
    yield from _text(document, record, path, kind, record.get(str(path[-1])))
