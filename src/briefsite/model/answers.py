"""What a library answers to a question, as a short text that differs for different answers."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import PurePath
from types import BuiltinMethodType, FunctionType, MappingProxyType, MethodType
from typing import Any

from briefsite.model.entries import BriefEntry, MapEntry
from briefsite.model.library import Library
from briefsite.model.noted import NotedLibrary, Shared
from briefsite.model.questions import Question
from briefsite.model.records import Claim, Record

_FEW = 8
Prints = dict[int, tuple[object, str]]
"""By the identity of a value, the value and a text that differs for different ones."""
_PLAIN = (str, int, float, bool, datetime.date, PurePath, type(None))


class UnknownError(Exception):
    """There is no telling whether this would be the same another time."""


class Answers:
    """Fingerprints of the answers of a library, and of what functions hold of it.

    A brief or map is known by the `digests` of the files (path → digest of what it held when it was
    read), a claim by all that are in its brief, anything else by what it holds.
    """

    def __init__(
        self,
        library: NotedLibrary,
        digests: Mapping[str, str],
        signs: Mapping[type, Callable[[Any], str]] = MappingProxyType({}),
        prints: Prints | None = None,
    ) -> None:
        """`signs` tell some kinds of things by a text, such as those that give nothing but what is
        asked of the library through them; `prints` are those of records that are known by now,
        or once they are read; what else turns out to be known is added."""
        self._noted = library
        self._library = library.whole
        self._digests = digests
        self._signs = signs
        self._known: Prints = {} if prints is None else prints
        self._printers: dict[type, Callable[[Any], str]] = {}
        self._tell: Mapping[tuple[str, int], Callable[..., str]] = {
            ("around", 2): self._tell_around,
            ("brief", 2): self._tell_part,
            ("claims of", 1): self._tell_claims,
            ("heads", 1): self._tell_head,
            ("sources", 1): self._tell_source,
        }

    def answer(self, question: Question) -> bytes:
        """The fingerprint of an answer. Raises UnknownError."""
        text = f"{question!r} {self._told(*question)}"
        return blake2b(text.encode(errors="surrogatepass"), digest_size=20).digest()

    def _told(self, name: str, *key: str) -> str:
        tell = self._tell.get((name, len(key)))
        if tell is not None:
            return tell(*key)
        if name == "claims" and not key:
            return repr([(entry.id, entry.claims_print) for entry in self._library.briefs.values()])
        value = self._noted.answer(name)
        if not key:
            return self.print(value)
        wanted: Any = key[0] if len(key) == 1 else key
        return self.print((value[wanted],)) if wanted in value else "()"

    def _tell_head(self, brief: str) -> str:
        entry = self._library.briefs.get(brief)
        return "" if entry is None else f"{self.print(entry.head)} {entry.claim_ids}"

    def _tell_part(self, brief: str, part: str) -> str:
        entry = self._library.briefs.get(brief)
        if entry is None:
            return ""
        return entry.prints[part] if part else self._of_file(entry.origin.path)

    def _tell_claims(self, brief: str) -> str:
        entry = self._library.briefs.get(brief)
        if entry is None:
            return ""
        corrections = self._library.corrections_of
        found = ((key, corrections.get(("claim", key))) for key in entry.claim_ids)
        return f"{entry.claims_print} {self.print([pair for pair in found if pair[1]])}"

    def _tell_source(self, source: str) -> str:
        library = self._library
        corrections = library.corrections_of.get(("source", source))
        return self.print((library.sources.get(source), corrections))

    def _tell_around(self, kind: str, identity: str) -> str:
        library, key = self._library, (kind, identity)
        # Which of a brief's claims name it follows from what differs if any of them does.
        naming = [f"{e.claims_print} {self.print(e.head)}" for e in library.briefs_of.get(key, ())]
        cited_by = library.cited_by.get(identity) if kind == "source" else None
        return f"{','.join(naming)} {self.print((library.maps_of.get(key), cited_by))}"

    def print(self, value: Any) -> str:
        """A text that differs for different values. Raises UnknownError.

        Of a function it tells the name, and whatever was given to it.
        """
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        kind = type(value)
        if kind not in self._printers:
            self._printers[kind] = self._printer(kind)
        return self._printers[kind](value)

    def _printer(self, kind: type) -> Callable[[Any], str]:
        """What prints values of a type."""
        if kind in self._signs:
            return self._signs[kind]
        for types, print_value in (
            (str, repr),
            (NotedLibrary, lambda _: "-"),
            (Shared, lambda shared: self.print(shared.make)),
            (partial, self._print_partial),
            ((MethodType, BuiltinMethodType), self._print_method),
            (FunctionType, self._print_defined),
            (type, lambda kind: kind.__qualname__),
            (BriefEntry, self._print_brief),
            (MapEntry, self._print_map),
            (Claim, self._print_claim),
            (Record, self._print_record),
            ((tuple, list), self._print_items),
            (Mapping, self._print_pairs),
            (bytes, _print_bytes),
            (_PLAIN, repr),
        ):
            if issubclass(kind, types):
                return print_value
        if dataclasses.is_dataclass(kind) and not issubclass(kind, Library):
            names = [each.name for each in dataclasses.fields(kind)]
            return partial(self._print_fields, kind.__qualname__, names)
        raise UnknownError(kind.__qualname__)

    def _print_brief(self, entry: BriefEntry) -> str:
        # What it holds is asked for part by part.
        return self._once(entry, f"{entry.id} {entry.origin.path}")

    def _print_map(self, entry: MapEntry) -> str:
        return self._once(entry, f"{entry.id} {self._of_file(entry.origin.path)}")

    def _print_claim(self, claim: Claim) -> str:
        if self._library.claims.get(claim.id) is not claim:
            return self._print_record(claim)
        home = self._library.briefs[self._library.home[claim.id]]
        return self._once(claim, f"{claim.id} {home.claims_print}")

    def _print_record(self, record: Record) -> str:
        return self._once(record, print_record(record))

    def _print_items(self, items: Sequence[Any]) -> str:
        text = f"({','.join(map(self.print, items))})"
        return text if len(items) <= _FEW else self._once(items, _digest(text))

    def _print_pairs(self, pairs: Mapping[Any, Any]) -> str:
        found = (f"{self.print(key)}:{self.print(value)}" for key, value in pairs.items())
        return f"{{{','.join(found)}}}"

    def _print_fields(self, kind: str, names: Iterable[str], value: object) -> str:
        text = f"{kind}({','.join([self.print(getattr(value, name)) for name in names])})"
        return self._once(value, text if len(text) < 200 else _digest(text))

    def _once(self, value: object, text: str) -> str:
        """The text of what is asked for again and again."""
        # Kept with its text, a value keeps its identity too.
        self._known[id(value)] = value, text
        return text

    def _print_partial(self, make: partial[Any]) -> str:
        named = self.print(make.keywords) if make.keywords else ""
        return f"{self.print(make.func)}({','.join(map(self.print, make.args))}{named})"

    def _print_method(self, make: MethodType | BuiltinMethodType) -> str:
        return f"{self.print(make.__self__)}.{make.__name__}"

    def _print_defined(self, make: FunctionType) -> str:
        cells = (cell.cell_contents for cell in make.__closure__ or ())
        held = (*cells, *(make.__defaults__ or ()), *(make.__kwdefaults__ or {}).values())
        name = f"{make.__module__}.{make.__qualname__}"
        return self._once(make, f"{name}[{','.join(map(self.print, held))}]")

    def _of_file(self, path: str) -> str:
        try:
            return self._digests[path]
        except KeyError:
            raise UnknownError(path) from None


def _print_bytes(value: bytes) -> str:
    return blake2b(value, digest_size=20).hexdigest()


def print_record(record: Record) -> str:
    """A text that differs for records that say anything else."""
    return _digest(f"{type(record).__qualname__} {record!r}")


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=20).hexdigest()
