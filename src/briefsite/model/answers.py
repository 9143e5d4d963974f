"""What a library answers to a question, as a short text that differs for different answers."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import PurePath
from types import FunctionType, MappingProxyType, MethodType
from typing import Any

from briefsite.model.library import BriefEntry, Library, MapEntry
from briefsite.model.noted import NotedLibrary, Question, Shared
from briefsite.model.records import Claim, Record

_FEW = 8
_PLAIN = (str, int, float, bool, datetime.date, PurePath, type(None))
_CLAIMS_OF = "claims of"
"""What all claims of a brief say, asked for by the brief's id."""


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
    ) -> None:
        """`signs` tell some kinds of things by a text, such as those that give nothing but what is
        asked of the library through them."""
        self._noted = library
        self._library = library.whole
        self._digests = digests
        self._signs = signs
        self._known: dict[int, tuple[object, str]] = {}

    def plain(self, questions: Iterable[Question]) -> set[Question]:
        """The questions that decide on all answers: claims follow from the brief they live in."""
        homes, found, places = self._library.home, set[Question](), dict[Question, Question]()
        for question in questions:
            home = homes.get(question[1]) if len(question) == 2 else None
            if question[0] == "claims" and home is not None:
                found.add((_CLAIMS_OF, home))
            elif question[0] == "home" and home is not None:
                places[question] = (_CLAIMS_OF, home)
            else:
                found.add(question)
        return found | {question for question, home in places.items() if home not in found}

    def answer(self, question: Question) -> bytes:
        """The fingerprint of an answer. Raises UnknownError."""
        name, *key = question
        if name == _CLAIMS_OF:
            home = self._library.briefs.get(key[0])
            return bytes.fromhex(_digest(f"{question!r} {home and home.claims_print}"))
        value = self._noted.answer(name)
        if key:
            wanted: Any = key[0] if len(key) == 1 else tuple(key)
            value = (value[wanted],) if wanted in value else ()
        return bytes.fromhex(_digest(f"{question!r} {self.print(value)}"))

    def print(self, value: Any) -> str:
        """A text that differs for different values. Raises UnknownError."""
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        if type(value) in self._signs:
            return self._signs[type(value)](value)
        match value:
            case str():
                return repr(value)
            case BriefEntry() | MapEntry():
                return self._once(value, f"{value.id} {self._of_file(value.origin.path)}")
            case Claim() if self._library.claims.get(value.id) is value:
                home = self._library.briefs[self._library.home[value.id]]
                return self._once(value, f"{value.id} {home.claims_print}")
            case Record():
                text = f"{type(value).__qualname__} {value!r}"
                return self._once(value, _digest(text))
            case tuple() | list():
                text = f"({','.join(map(self.print, value))})"
                if len(value) > _FEW:
                    return self._once(value, _digest(text))
                return text
            case Mapping():
                pairs = (f"{self.print(k)}:{self.print(v)}" for k, v in value.items())
                return f"{{{','.join(pairs)}}}"
            case bytes():
                return blake2b(value, digest_size=20).hexdigest()
            case _ if isinstance(value, _PLAIN):
                return repr(value)
            case _ if dataclasses.is_dataclass(value) and not isinstance(value, Library):
                parts = (getattr(value, each.name) for each in dataclasses.fields(value))
                text = f"{type(value).__qualname__}({','.join(map(self.print, parts))})"
                return self._once(value, text if len(text) < 200 else _digest(text))
        raise UnknownError(type(value).__qualname__)

    def _once(self, value: object, text: str) -> str:
        """The text of what is asked for again and again."""
        # Kept with its text, a value keeps its identity too.
        self._known[id(value)] = value, text
        return text

    def print_function(self, make: Callable[..., Any]) -> str:
        """What a function holds: its name, and whatever was given to it. Raises UnknownError."""
        match make:
            case partial():
                given = (*make.args, *(part for pair in make.keywords.items() for part in pair))
                return f"{self.print_function(make.func)}({','.join(map(self._given, given))})"
            case MethodType():
                return f"{self._given(make.__self__)}.{make.__name__}"
            case FunctionType():
                cells = (cell.cell_contents for cell in make.__closure__ or ())
                held = (*cells, *(make.__defaults__ or ()), *(make.__kwdefaults__ or {}).values())
                name = f"{make.__module__}.{make.__qualname__}"
                return f"{name}[{','.join(map(self._given, held))}]"
            case type():
                return make.__qualname__
        raise UnknownError(type(make).__qualname__)

    def _given(self, value: Any) -> str:
        if isinstance(value, NotedLibrary):
            return "-"
        if isinstance(value, Shared):
            return self.print_function(value.make)
        if isinstance(value, partial | MethodType | FunctionType | type):
            return self.print_function(value)
        return self.print(value)

    def _of_file(self, path: str) -> str:
        try:
            return self._digests[path]
        except KeyError:
            raise UnknownError(path) from None


def join(answers: Iterable[bytes]) -> str:
    """One fingerprint of some answers, in their order."""
    return blake2b(b"".join(answers), digest_size=20).hexdigest()


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=20).hexdigest()
