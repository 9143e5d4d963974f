"""Values that are made when they are first asked for, or were made before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView, Mapping, Sequence
from functools import cached_property
from operator import is_
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")
W = TypeVar("W")


class _Keyed(Mapping[K, V]):
    """A mapping whose keys are those of another, in their order."""

    def __init__(self, keys: Mapping[K, Any]) -> None:
        self._keys = keys

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Held(_Keyed[K, V]):
    """Values that stand in something else: each is looked up there, for few are asked for."""

    def __init__(self, where: Mapping[K, W], find: Callable[[W, K], V]) -> None:
        """`where` says in what each stands, in the order that they have; `find` finds it there."""
        super().__init__(where)
        self._where = where
        self._find = find

    def __getitem__(self, key: K) -> V:
        return self._find(self._where[key], key)


class Recalled(Mapping[K, V]):
    """Values of which some are known, and the others found where all are."""

    def __init__(self, known: Mapping[K, V | None], find: Callable[[], Mapping[K, V]]) -> None:
        """What is `known` to have no value has None."""
        self._known = known
        self._find = find

    @cached_property
    def _all(self) -> Mapping[K, V]:
        return self._find()

    def __getitem__(self, key: K) -> V:
        if key not in self._known:
            return self._all[key]
        value = self._known[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[K]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class Chosen(Mapping[K, V]):
    """Some of many values: whether one is among them is told by looking at it alone."""

    def __init__(self, values: Mapping[K, V], is_wanted: Callable[[V], bool]) -> None:
        self._values = values
        self._is_wanted = is_wanted

    @cached_property
    def _all(self) -> Mapping[K, V]:
        return {key: value for key, value in self._values.items() if self._is_wanted(value)}

    def __getitem__(self, key: K) -> V:
        value = self._values[key]
        if not self._is_wanted(value):
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[K]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class Instead(_Keyed[K, V]):
    """Many values, with others in the place of a few."""

    def __init__(self, values: Mapping[K, V], others: Mapping[K, V]) -> None:
        """`others` have no key that is not among those of the `values`."""
        super().__init__(values)
        self._values = values
        self._others = others

    def __getitem__(self, key: K) -> V:
        return self._others[key] if key in self._others else self._values[key]


class Forms(_Keyed[str, V]):
    """Names that are known, and values that are made each time, by what keeps what it has made."""

    def __init__(self, makers: Mapping[str, Callable[[], V]]) -> None:
        super().__init__(makers)
        self._makers = makers

    def __getitem__(self, key: str) -> V:
        return self._makers[key]()


class Lazy(Mapping[str, V]):
    """Names that are known, and values that are made on demand, once each.

    So a build that needs all of them and a preview that needs one go the same way.
    """

    def __init__(
        self,
        makers: Mapping[str, Callable[[], V]] | None = None,
        others: Callable[[], Mapping[str, V]] = dict,
        *,
        let_go: Callable[[str], object] = lambda _: None,
    ) -> None:
        """`others` makes values that come together, and whose names are known only then.

        `let_go` is told of a name whose value is forgotten, and may have been kept elsewhere too.
        """
        self._makers = makers or {}
        self._make_others = others
        self._let_go = let_go
        self._others: Mapping[str, V] | None = None
        self._made: dict[str, V] = {}

    @property
    def known(self) -> KeysView[str]:
        """The names that are known before anything is made."""
        return self._makers.keys()

    def __getitem__(self, key: str) -> V:
        if key not in self._makers:
            return self.rest()[key]
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def put(self, key: str, value: V) -> None:
        """Set a value that was made elsewhere; its name is one of those that are known."""
        self._made[key] = value

    def forget(self, key: str) -> None:
        """Let go of a value: whoever asks for it again has it made once more."""
        self._made.pop(key, None)
        self._let_go(key)

    def forget_rest(self) -> None:
        """Let go of what comes together."""
        self._others = None

    def __contains__(self, key: object) -> bool:
        return key in self._makers or key in self.rest()

    def __iter__(self) -> Iterator[str]:
        yield from self._makers
        yield from self.rest()

    def __len__(self) -> int:
        return len(self._makers) + len(self.rest())

    def rest(self) -> Mapping[str, V]:
        """What comes together; its names are known only when it is made."""
        if self._others is None:
            self._others = self._make_others()
        return self._others


class Memory:
    """What was made last under some names, as long as it would be made of the very same things."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Sequence[object], Any]] = {}

    def recall(self, name: str, given: Sequence[object], make: Callable[[], V]) -> V:
        """What `make` gives, which follows from what is `given` alone.

        Nothing that is given may ever change: it is compared by what it is, not by what it holds.
        """
        known = self._known.get(name)
        if known is None or len(known[0]) != len(given) or not all(map(is_, known[0], given)):
            known = self._known[name] = given, make()
        found: V = known[1]
        return found
