"""What the briefs of a workload share: made-up actors, places, agreements and sources.

Each record depends on its number alone, so that a larger workload holds the smaller one; the pools
grow slowly, as those of a desk do.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

Record = dict[str, Any]

# fmt: off
_STARTS = ("Bal", "Cor", "Dar", "Fel", "Gor", "Hal", "Jav", "Kel", "Lor", "Mar",
           "Nel", "Ost", "Pal", "Rav", "Sal", "Tam", "Ulv", "Var", "Yel", "Zor")
_MIDDLES = ("a", "e", "i", "o", "u", "an", "el", "ir", "on", "ur")
_ENDS = ("bek", "dan", "fara", "gol", "kand", "leh", "mir",
         "nova", "rud", "shan", "tala", "van", "wick", "zad")
# fmt: on
_GIVEN = ("Ada", "Boris", "Clara", "Demir", "Elen", "Farid", "Gita", "Hugo", "Irena", "Jonas")
_PLACE_KINDS = ("city", "town", "village", "port", "terminal", "field", "crossing", "airport")
_PUBLISHERS = 40

TOPICS = ("energy", "transport", "trade", "water", "security", "industry", "borders", "farming")


def number_of_actors(briefs: int) -> int:
    """How many actors a publication of some briefs draws on."""
    return 24 + briefs // 5


def number_of_places(briefs: int) -> int:
    return 30 + briefs // 4


def number_of_agreements(briefs: int) -> int:
    return 4 + briefs // 20


def number_of_shared_sources(briefs: int) -> int:
    return 6 + briefs // 10


@cache
def _name(kind: str, number: int) -> str:
    """A made-up name; no two numbers of any kind share one."""
    index = number * 3 + ("actor", "place", "agreement").index(kind)
    index = index * 1_009 % (len(_STARTS) * len(_MIDDLES) * len(_ENDS))
    index, end = divmod(index, len(_ENDS))
    start, middle = divmod(index, len(_MIDDLES))
    return f"{_STARTS[start]}{_MIDDLES[middle]}{_ENDS[end]}"


def _drawn(kind: str, number: int) -> random.Random:
    return random.Random(f"{kind} {number}")  # noqa: S311


def actor(number: int) -> Record:
    """The first eight are states; then organisations, companies and people by turns."""
    name = _name("actor", number)
    identity = f"actor-{number:04}"
    if number < 8:
        return {"id": identity, "kind": "state", "name": name, "adjectives": [f"{name}i"]}
    home = f"actor-{number % 8:04}"
    match number % 3:
        case 0:
            shape = {"kind": "organisation", "name": f"{name} Institute"}
        case 1:
            shape = {"kind": "company", "name": f"{name} Holding"}
        case _:
            given = _GIVEN[number % len(_GIVEN)]
            shape = {"kind": "person", "name": f"{given} {name}", "role": "Minister, 2010–2024"}
    return {"id": identity, **shape, "part_of": home}


def place(number: int) -> Record:
    """A point somewhere on the ground of the core basemap; it stands for no place on earth."""
    drawn = _drawn("place", number)
    name = _name("place", number)
    return {
        "id": f"place-{number:04}",
        "name": name,
        "names": [{"name": f"{name}abad", "used_by": "Its neighbours"}],
        "kind": _PLACE_KINDS[number % len(_PLACE_KINDS)],
        "lat": round(drawn.uniform(37.2, 42.2), 2),
        "lon": round(drawn.uniform(43.2, 51.2), 2),
        "precision_km": drawn.choice((1, 2, 5, 10)),
        "coordinates_from": "Drawn at random for a measurement; no such place exists.",
    }


def agreement(number: int, claim: str) -> Record:
    drawn = _drawn("agreement", number)
    first = drawn.randrange(7)
    return {
        "id": f"agreement-{number:03}",
        "title": f"{_name('agreement', number)} Accord",
        "kind": drawn.choice(("treaty", "protocol", "declaration")),
        "signed": f"{drawn.randint(1998, 2012)}-{drawn.randint(1, 12):02}",
        "parties": [f"actor-{first:04}", f"actor-{first + 1:04}"],
        "summary": "It says how its parties keep and pay for the roads between them.",
        "claims": [claim],
    }


def source(identity: str) -> Record:
    """A source of one brief, or one that several share."""
    drawn = _drawn("source", int("".join(c for c in identity if c.isdigit())))
    publisher = f"Press of {_name('actor', drawn.randrange(_PUBLISHERS))}"
    year, month = drawn.randint(2014, 2024), drawn.randint(1, 12)
    return {
        "id": identity,
        "type": drawn.choice(("report", "article-journal", "article-newspaper", "webpage")),
        "title": f"{drawn.choice(('Survey', 'Review', 'Yearbook', 'Notes'))} {identity}",
        "author": [
            {
                "family": _name("actor", drawn.randrange(200)),
                "given": drawn.choice(_GIVEN),
            }
        ],
        "publisher": publisher,
        "issued": f"{year}-{month:02}",
        "URL": f"https://example.org/{identity}",
        "accessed": "2025-01-15",
        "stance": f"Printed by the {publisher}; made up for a measurement, it speaks for nobody.",
        "perspective": drawn.choice(("official", "academic", "press", "industry")),
        "grade": {
            "reliability": drawn.choice("ABC"),
            "credibility": drawn.randint(1, 4),
            "reason": "Its figures agree with those of others, and it says how they were counted.",
        },
        "read": "whole",
    }
