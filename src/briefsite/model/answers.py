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

from briefsite.model.library import BriefEntry, Library, MapEntry
from briefsite.model.noted import NotedLibrary, Question, Shared
from briefsite.model.records import Claim, Record

_FEW = 8
_PLAIN = (str, int, float, bool, datetime.date, PurePath, type(None))
_OF_BRIEF = {"claims": "claims of", "home": "claims in", "corrections_of": "corrections of"}
"""What is asked of a claim → the same of all claims of its brief, by the brief's id."""
_AROUND = frozenset({"claims_of", "heads_of", "maps_of", "corrections_of"})
"""What is asked of a record by its kind and id: what names it."""
_COLLECTIONS = {kind: f"{kind}s" for kind in ("source", "actor", "place", "agreement", "term")}
_KINDS = {"cited_by": "source", **{name: kind for kind, name in _COLLECTIONS.items()}}
"""What is asked of a record by its id → its kind."""


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
        prints: Iterable[tuple[Record, str]] = (),
    ) -> None:
        """`signs` tell some kinds of things by a text, such as those that give nothing but what is
        asked of the library through them; `prints` are those of records that are known by now."""
        self._noted = library
        self._library = library.whole
        self._digests = digests
        self._signs = signs
        self._known: dict[int, tuple[object, str]] = {
            id(record): (record, text) for record, text in prints
        }
        self._printers: dict[type, Callable[[Any], str]] = {}

    def plain(self, questions: Iterable[Question]) -> set[Question]:
        """The questions that decide on all answers: what is asked of a claim is asked of its brief,
        and who asks which claims name a record asks for all there is around it.

        There are twenty claims to a brief, and who shows one of them is seldom concerned by one
        alone; a record's page asks six questions, which are one.
        """
        asked = set(questions)
        around = {question[1:] for question in asked if question[0] == "claims_of"}
        homes, found = self._library.home, set[Question]()
        for question in asked:
            name, key = question[0], question[1:]
            if name in _OF_BRIEF and (len(key) == 1 or key[:-1] == ("claim",)):
                home = homes.get(key[-1])
                found.add(question if home is None else (_OF_BRIEF[name], home))
                continue
            if name in _KINDS and len(key) == 1:
                key = _KINDS[name], key[0]
            elif name not in _AROUND:
                key = ()
            found.add(("around", *key) if key in around and len(key) == 2 else question)
        return found

    def answer(self, question: Question) -> bytes:
        """The fingerprint of an answer. Raises UnknownError."""
        text = f"{question!r} {self._told(*question)}"
        return blake2b(text.encode(errors="surrogatepass"), digest_size=20).digest()

    def _told(self, name: str, *key: str) -> str:
        if name in _OF_BRIEF.values():
            home = self._library.briefs.get(key[0])
            return "" if home is None else self._of_claims(name, home)
        if name == "around":
            return self._around(*key)
        if name == "claims" and not key:
            return repr([(entry.id, entry.claims_print) for entry in self._library.briefs.values()])
        value = self._noted.answer(name)
        if not key:
            return self.print(value)
        wanted: Any = key[0] if len(key) == 1 else key
        return self.print((value[wanted],)) if wanted in value else "()"

    def _around(self, kind: str, identity: str) -> str:
        library, key = self._library, (kind, identity)
        # Which of a brief's claims name it follows from what differs if any of them does.
        naming = library.briefs_of.get(key, ())
        briefs = ",".join([f"{e.id} {e.claims_print} {self.print(e.head)}" for e in naming])
        others = (
            getattr(library, _COLLECTIONS.get(kind, ""), {}).get(identity),
            library.maps_of.get(key),
            library.corrections_of.get(key),
            library.cited_by.get(identity) if kind == "source" else None,
        )
        return f"{briefs} {self.print(others)}"

    def _of_claims(self, name: str, home: BriefEntry) -> str:
        if name == _OF_BRIEF["claims"]:
            return home.claims_print
        if name == _OF_BRIEF["home"]:
            return repr(list(home.claim_ids))
        known = self._library.corrections_of
        found = ((key, known.get(("claim", key))) for key in home.claim_ids)
        return self.print([pair for pair in found if pair[1]])

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
            ((BriefEntry, MapEntry), self._print_entry),
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

    def _print_entry(self, entry: BriefEntry | MapEntry) -> str:
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
        given = (*make.args, *(part for pair in make.keywords.items() for part in pair))
        return f"{self.print(make.func)}({','.join(map(self.print, given))})"

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


def join(answers: Iterable[bytes]) -> str:
    """One fingerprint of some answers, in their order."""
    return blake2b(b"".join(answers), digest_size=20).hexdigest()


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=20).hexdigest()
