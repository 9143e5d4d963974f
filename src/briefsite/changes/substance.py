"""What of a record counts: not its order, not its white space, not how it was quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

from briefsite.model.dates import Edtf
from briefsite.model.prose import Prose
from briefsite.model.records import Citation, Figure, Record

R = TypeVar("R")

_ORDERED = frozenset({"path", "author", "authors"})
_NOT_COUNTED = frozenset({"schema_version", "formerly", "changes"})


def substance(value: object, *, but: frozenset[str] = frozenset(), ordered: bool = False) -> Any:
    """A value that is equal for records that say the same, and can be hashed.

    `but` names fields of the record itself that are left out.
    """
    match value:
        case Record():
            return tuple(
                (name, substance(getattr(value, name), ordered=name in _ORDERED))
                for name in type(value).model_fields
                if name not in _NOT_COUNTED and name not in but
            )
        case Prose():
            return " ".join(value.source.split())
        case tuple():
            items = [substance(item, ordered=ordered) for item in value]
            return tuple(items if ordered else sorted(items, key=repr))
    return value


def same(before: object, after: object) -> bool:
    return before == after or substance(before) == substance(after)


def changed_fields(before: Record, after: Record, but: frozenset[str]) -> Iterator[str]:
    """Names of the fields, as the file has them, in which two records of a type differ."""
    for name, field in type(after).model_fields.items():
        if name in but or name in _NOT_COUNTED:
            continue
        old, new = getattr(before, name), getattr(after, name)
        is_ordered = name in _ORDERED
        if substance(old, ordered=is_ordered) != substance(new, ordered=is_ordered):
            yield field.alias or name


def paired(
    before: Sequence[R], after: Sequence[R], *keys: Callable[[R], Hashable]
) -> tuple[list[tuple[R, R]], list[R], list[R]]:
    """Pairs of what differs, what is gone, what is new.

    Those that say the same are left out first; then each key in turn pairs what it finds equal.
    """
    gone, new = list(before), list(after)
    pairs: list[tuple[R, R]] = []
    for number, key in enumerate((substance, *keys)):
        waiting: dict[Hashable, list[R]] = defaultdict(list)
        for item in new:
            waiting[key(item)].append(item)
        left = []
        for item in gone:
            if waiting[key(item)]:
                found = waiting[key(item)].pop(0)
                if number:
                    pairs.append((item, found))
            else:
                left.append(item)
        gone, kept = left, {id(item) for items in waiting.values() for item in items}
        new = [item for item in new if id(item) in kept]
    return pairs, gone, new


def words(value: object) -> str:
    """A value in a few words."""
    match value:
        case None:
            return "none"
        case Figure():
            return figure_words(value)
        case Citation():
            return citation_words(value)
        case Edtf():
            return value.text
        case Prose():
            return value.text
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.12g}"
        case Record():
            parts = ((n, getattr(value, n)) for n in type(value).model_fields)
            return ", ".join(words(v) for _, v in parts if v not in (None, ()))
        case tuple():
            return "; ".join(words(item) for item in value) or "none"
    return str(value)


def figure_words(figure: Figure) -> str:
    """A figure with its hedge, unit and year, such as `up to 2.5 million tonnes (2011)`."""
    hedge = f"{figure.qualifier} " if figure.qualifier else ""
    high = f" to {figure.high:.12g}" if figure.high is not None else ""
    return f"{hedge}{figure.value:.12g}{high} {figure.unit} ({figure.year})"


def citation_words(citation: Citation) -> str:
    """A citation such as `doe-2020, p. 12`, with what else it says."""
    cites = f", citing {', '.join(citation.cites)}" if citation.cites else ""
    quotation = f", “{citation.quotation}”" if citation.quotation else ""
    seen = f", seen {citation.seen}" if citation.seen else ""
    return f"{citation.source}, {citation.locator}{cites}{quotation}{seen}"
