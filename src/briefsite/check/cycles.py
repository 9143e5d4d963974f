"""Records that lead back to themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefsite.check.index import ids_in
from briefsite.check.shape import Reading
from briefsite.load import Document, Path
from briefsite.report import Problem

_LINKS: Mapping[str, str] = {"claims": "supersedes", "actors": "part_of", "sources": "cited_in"}

Link = tuple[str, str, Path]
"""Id of a record, id of one that it leads to, and where it says so."""


def links_of(reading: Reading[Any]) -> dict[str, tuple[Link, ...]]:
    """The links of a file that must never lead in a circle, by the list they stand in."""
    found = {key: tuple(_links(reading, key, link)) for key, link in _LINKS.items()}
    return {key: links for key, links in found.items() if links}


def _links(reading: Reading[Any], key: str, link: str) -> Iterator[Link]:
    for identity, path in ids_in(reading, key):
        targets = reading.plain[key][path[1]].get(link)
        where = (*path[:2], link)
        if isinstance(targets, str):
            yield identity, targets, where
        for number, target in enumerate(targets if isinstance(targets, tuple) else ()):
            if isinstance(target, str):
                yield identity, target, (*where, number)


def check_cycles(
    files: Iterable[tuple[Mapping[str, Sequence[Link]], Callable[[], Document]]],
) -> Iterator[Problem]:
    """Claims that supersede themselves, actors that are part of themselves, in all files."""
    joined: dict[str, dict[str, list[tuple[str, Callable[[], Document], Path]]]] = {}
    for links, document in files:
        for key, found in links.items():
            for identity, target, path in found:
                below = joined.setdefault(key, {}).setdefault(identity, [])
                below.append((target, document, path))
    for key, link in _LINKS.items():
        yield from _cycles(joined.get(key, {}), link)


def _cycles(
    links: Mapping[str, Sequence[tuple[str, Callable[[], Document], Path]]], link: str
) -> Iterator[Problem]:
    """One problem for each link that closes a circle, found in one walk over all links."""
    finished: set[str] = set()
    for start in links:
        way = {start: iter(links[start])} if start not in finished else {}
        while way:
            current, waiting = next(reversed(way.items()))
            for target, find, path in waiting:
                if target in way:
                    message = f"'{current}' leads back to itself through '{link}'"
                    document = find()
                    yield document.problem(document.locate(path), "reference-cycle", message)
                elif target in links and target not in finished:
                    way[target] = iter(links[target])
                    break
            else:
                finished.add(current)
                del way[current]
