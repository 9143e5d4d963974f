"""Which units would be made the same again, by what is noted of them and what is asked now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Any, TypeVar

from briefsite.cache.inputs import digest_of
from briefsite.cache.store import Store
from briefsite.model.answers import Answers, UnknownError
from briefsite.model.questions import Question
from briefsite.site.traces import UNIT, Trace, Traces
from briefsite.site.units import Unit

R = TypeVar("R")


class _Found(dict[Question, R]):
    """What is found for a question when it is first asked: units ask a million times."""

    def __init__(self, find: Callable[[Question], R]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, question: Question) -> R:
        found = self._find(question)
        if found is not None:  # what another unit is made from may be known later
            self[question] = found
        return found


class Rebuilder:
    """Compares what units are made from with what they were made from before."""

    def __init__(self, store: Store, given: bytes, answers: Answers, before: Traces) -> None:
        """`given` is all that units depend on besides a library and what their makers hold."""
        self._store = store
        self._given = given
        self._fingerprints = answers
        self._answered, self._before = before.answers, before.units
        self.units: dict[str, Unit] = {}
        self.concerned: frozenset[str] | None = None
        """The units that may be made otherwise than before, if that is known of all at once."""
        self._answers = _Found(self._answer)
        self._differs = _Found(self._compare)
        self._same = dict(zip(self._answered, self._answered, strict=True))
        """Each question once, as thousands ask it."""
        self._traces: dict[str, Trace] = {}
        self._fresh: dict[Unit, bytes] = {}

    def unit(self, name: str) -> Unit:
        """The unit of a name."""
        found = self.units.get(name)
        if found is None:
            found = self.units[name] = Unit(name, self._store)
        return found

    def opened(self, unit: Unit) -> Unit:
        """A unit of which it is known whether it is kept."""
        if unit.held is None:
            self._open(unit)
        return unit

    def _open(self, unit: Unit) -> None:
        """Take the pieces as they were, if nothing is different that they were made from."""
        stands = self.standing(unit.name)
        if stands is not None and self._store.has(stands[2]):
            unit.held, unit.kept_as = stands[0], stands[2]
            return
        unit.held = self.held(unit.makers.items()) or ""
        before = self._before.get(unit.name) if self.concerned is None else None
        if not unit.held or before is None or before[0] != unit.held:
            return
        if not any(map(self._differs.__getitem__, before[1])) and self._store.has(before[2]):
            unit.kept_as = before[2]

    def held(self, makers: Iterable[tuple[str, Callable[..., Any]]]) -> str | None:
        """What some makers hold; None if it cannot be told."""
        try:
            held = [f"{name}={self._fingerprints.print(make)}" for name, make in makers]
        except UnknownError:
            return None
        return blake2b("\n".join(held).encode(), digest_size=20).hexdigest()

    def standing(self, name: str) -> Trace | None:
        """What is noted of a unit that is known to stand, whether or not it is put together."""
        if self.concerned is None or name in self.concerned:
            return None
        return self._before.get(name)

    def trace(self, unit: Unit) -> Trace | None:
        """What is noted of a unit, if it was kept, or all of it was made now."""
        if self.opened(unit).is_kept:
            return self._before[unit.name]
        if not unit.held or not unit.is_made:
            return None
        if unit.name not in self._traces:
            trace = self._note(unit, unit.held)
            if trace is None:  # what another makes of it may be known later
                return None
            self._traces[unit.name] = trace
        return self._traces[unit.name]

    def _note(self, unit: Unit, held: str) -> Trace | None:
        # In an order: what is made again of the same has the same digest.
        ordered = sorted(unit.asked)
        asked = tuple(map(self._same.setdefault, ordered, ordered))
        answers = [*map(self._answers.__getitem__, asked)]
        if None in answers:
            return None
        said = (unit.name.encode(), held.encode(), b"".join(answers))  # type: ignore[arg-type]
        digest = bytes.fromhex(digest_of((b"unit", self._given, *said)))
        if unit.is_worth_keeping:
            self._fresh[unit] = digest
        return held, asked, digest

    def settle(self, unit: Unit) -> None:
        """Note of a unit what it was made from, if that is known by now: it takes less memory."""
        if unit.is_closed and self.trace(unit) is not None:
            unit.asked = set()

    def before(self, unit: Unit) -> Mapping[str, Any] | None:
        """The pieces of a unit as they were before, if they still can be read."""
        return unit.read(self._before[unit.name][2])

    def save(self) -> tuple[Traces, bool]:
        """Keep all units of which every piece was made; gives what is noted of them, and of those
        that stand, and whether that is every unit there is."""
        found = ((unit, self.trace(unit)) for unit in self.units.values())
        traces = {unit.name: trace for unit, trace in found if trace is not None}
        is_whole = len(traces) == len(self.units)
        answered: Mapping[Question, bytes] = {}
        if self.concerned is not None:
            standing = {n: t for n, t in self._before.items() if n not in self.concerned}
            traces, answered = {**standing, **traces}, self._answered
            is_whole = traces.keys() >= self.concerned
            self._store.keep(trace[2] for trace in traces.values())
        for unit, digest in self._fresh.items():
            unit.keep(digest)
        told = {q: told for q, told in self._answers.items() if told and q[0] != UNIT}
        return Traces({**answered, **told}, traces), is_whole

    def _answer(self, question: Question) -> bytes | None:
        if question[0] == UNIT:
            unit = self.units.get(question[1])
            trace = self.standing(question[1]) if unit is None else self.trace(unit)
            return None if trace is None else trace[2]
        try:
            return self._fingerprints.answer(question)
        except UnknownError:
            return None

    def _compare(self, question: Question) -> bool:
        """Whether what was asked before has another answer now."""
        if question[0] == UNIT:
            unit = self.units.get(question[1])
            return unit is None or not self.opened(unit).is_kept
        return self._answers[question] != self._answered.get(question)
