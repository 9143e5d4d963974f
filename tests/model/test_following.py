"""What follows from many entries is the same, whether found anew or brought up to date."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefsite.model.following import count_naming, differing, named_by

Key = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Entry:
    id: str
    named: Sequence[Key]
    naming: Mapping[Key, Sequence[int]]


def drawn(identity: str, chance: random.Random) -> Entry:
    keys = [("source", f"s{number}") for number in range(12)]
    return Entry(
        identity,
        tuple(dict.fromkeys(chance.choices(keys, k=4))),
        {key: range(chance.randint(1, 3)) for key in chance.sample(keys, k=4)},
    )


def edited(entries: dict[str, Entry], chance: random.Random) -> dict[str, Entry]:
    """Some entries more, some less, some others under the same id; by their ids."""
    after = dict(entries)
    for _ in range(chance.randint(0, 3)):
        identity = f"e{chance.randrange(40):02}"
        if identity in after and chance.random() < 0.4:
            del after[identity]
        else:
            after[identity] = drawn(identity, chance)
    return dict(sorted(after.items()))


def test_what_is_brought_up_to_date_is_what_would_be_found_anew() -> None:
    chance = random.Random(4)
    before = {f"e{number:02}": drawn(f"e{number:02}", chance) for number in range(20)}
    named, counts = named_by(before, {}, {}), count_naming(before, {}, {})
    for _ in range(300):
        after = edited(before, chance)
        assert differing(after, before) is not None, "nothing is brought up to date"
        named, counts = named_by(after, before, named), count_naming(after, before, counts)
        assert named == named_by(after, {}, {})
        assert counts == count_naming(after, {}, {})
        before = after


def test_what_nothing_names_any_more_is_gone() -> None:
    key, other = ("actor", "a"), ("actor", "b")
    one, two = Entry("one", (key,), {key: (0, 2)}), Entry("two", (other,), {})
    before = {"one": one, "two": two}
    after = {"one": Entry("one", (other,), {other: (1,)}), "two": two}
    named = named_by(after, before, named_by(before, {}, {}))
    assert named == {other: (after["one"], two)}
    assert dict(count_naming(after, before, count_naming(before, {}, {}))) == {other: 1}


def test_entries_are_the_same_by_what_they_are() -> None:
    one = Entry("one", (), {})
    held = {name: Entry(name, (), {}) for name in ("two", "three", "four")}
    before, after = {"one": one, **held}, {"one": Entry("one", (), {}), **held}
    assert differing(after, before) == ([after["one"]], [one])
    assert differing(after, {}) is None
