"""One brief of a workload and its map, as plain data, from its number alone."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from bench import pool
from bench.text import Prose

Record = dict[str, Any]

CLAIMS, EVENTS, ACTORS, PLACES, ROUTES, SECTIONS = 20, 8, 6, 10, 2, 4
_MONTHS = {
    "January": 1,
    "February": 2,
    "March": 3,
    "April": 4,
    "June": 6,
    "July": 7,
    "August": 8,
    "September": 9,
    "October": 10,
    "November": 11,
    "December": 12,
}

# What is said of a place or two: the clause, what its figure measures, its unit.
_CLAUSES = (
    ("the road from {p} to {q} carried {n} lorries a month", "Lorries on the road", "lorries"),
    ("the port of {p} handled {n} tonnes of grain for {q}", "Grain handled", "tonnes"),
    ("the plant at {p} employed {n} people from {q}", "People employed at the plant", "people"),
    ("the reservoir above {p} held back {n} hectares of marsh near {q}", "Marsh", "hectares"),
    ("the railway between {p} and {q} was {n} km long", "Length of the railway", "km"),
    ("the pipeline from {p} delivered {n} barrels a day to {q}", "Delivery", "barrels a day"),
    ("the market of {p} drew {n} traders from {q}", "Traders at the market", "traders"),
    ("the customs house at {p} cleared {n} containers bound for {q}", "Cleared", "containers"),
    ("the power line from {p} supplied {n} households in {q}", "Households", "households"),
    ("the airport of {p} received {n} passengers from {q}", "Passengers", "passengers"),
    ("the orchards around {p} sent {n} tonnes of fruit to {q}", "Fruit sent", "tonnes"),
    ("the border post at {p} issued {n} permits to drivers from {q}", "Permits", "permits"),
)  # fmt: skip
_VERBS = ("said", "wrote", "reported", "stated")
_LEADS = (
    "{who} {verb} in {month} {year} that {clause} {refs}.",
    "In {month} {year} {who} {verb} that {clause} {refs}.",
    "According to {who}, writing in {month} {year}, {clause} {refs}.",
    "The account that {who} gave in {month} {year} was that {clause} {refs}.",
)
_BAND = "likely"


@dataclass(frozen=True)
class _Said:
    """What a claim says, for the sentences that rest on it."""

    id: str
    who: str
    verb: str
    month: str
    year: int
    clause: str
    place: str
    actor: str


def brief_id(number: int) -> str:
    return f"brief-{number:04}"


def sources_of(number: int) -> list[str]:
    """Four of its own, and one that other briefs use too."""
    shared = random.Random(f"shared {number}").randrange(pool.number_of_shared_sources(number))  # noqa: S311
    return [*(f"source-{number:04}-{n}" for n in range(4)), f"shared-{shared:03}"]


class BriefMaker:
    """Makes a brief and its map; `number` decides everything."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.id = brief_id(number)
        self.drawn = random.Random(f"brief {number}")  # noqa: S311
        actors = self.drawn.sample(range(pool.number_of_actors(number)), ACTORS)
        places = self.drawn.sample(range(pool.number_of_places(number)), PLACES)
        self.actors = [pool.actor(each) for each in actors]
        self.places = [pool.place(each) for each in places]
        self.sources = sources_of(number)
        self.topic = pool.TOPICS[number % len(pool.TOPICS)]
        self.said = [self._say(each) for each in range(CLAIMS)]

    def _say(self, number: int) -> _Said:
        drawn = self.drawn
        p, q = drawn.sample(self.places, 2)
        actor = self.actors[number % ACTORS]
        clause, _, _ = _CLAUSES[(self.number + number) % len(_CLAUSES)]
        n = drawn.randrange(120, 960_000)
        return _Said(
            id=f"c{self.number:04}-{number:02}",
            who=actor["name"],
            verb=drawn.choice(_VERBS),
            month=drawn.choice(list(_MONTHS)),
            year=drawn.randint(2003, 2024),
            clause=clause.format(p=p["name"], q=q["name"], n=f"{n:,}"),
            place=p["id"],
            actor=actor["id"],
        )

    def brief(self) -> Record:
        """The brief, as its file says it."""
        first, second, third = self.said[:3]
        return {
            "schema": 1,
            "title": f"{self.places[0]['name']} and {self.places[1]['name']}, part {self.number}",
            "topic": self.topic,
            "summary": Prose(" ".join(self._sentence(each, 0) for each in (first, second, third))),
            "cutoff": "2025-01-20",
            "reviewed": f"2025-02-{1 + self.number % 28:02}",
            "review_by": "2026-02-28",
            "judgements": [self._judgement(each) for each in range(3)],
            "sections": [self._section(each) for each in range(SECTIONS)],
            "claims": [self._claim(each) for each in range(CLAIMS)],
            "positions": [self._question()],
            "timeline": [self._event(each) for each in range(EVENTS)],
            "maps": [self.id],
            "unknowns": ["How much of the money was paid back is not known."],
            "related": [brief_id(n) for n in (self.number - 1, self.number - 7) if n >= 0],
            "changes": [{"date": "2025-02", "text": "First written down for a measurement."}],
        }

    def _sentence(self, said: _Said, way: int) -> str:
        return _LEADS[way % len(_LEADS)].format(**vars(said), refs=f"[@{said.id}]")

    def _section(self, number: int) -> Record:
        """Eight sentences over five claims, some of them told twice, in two ways."""
        of_section = self.said[number * 5 : number * 5 + 5]
        told = [self._sentence(said, n + number) for n, said in enumerate(of_section)]
        others = reversed(self.said[:SECTIONS])
        again = [self._pair(said, other) for said, other in zip(of_section, others, strict=False)]
        items = "\n".join(f"- {sentence}" for sentence in again[1:3])
        prose = "\n\n".join([" ".join(told[:3]), " ".join([*told[3:], again[0]]), items])
        heading = ("Roads", "Ports", "Power", "Markets")[number]
        return {"id": f"part-{number}", "heading": heading, "prose": Prose(prose)}

    def _pair(self, said: _Said, other: _Said) -> str:
        one = f"{said.who} put it in {said.year} that {said.clause}"
        return (
            f"{one}, while {other.who} {other.verb} that {other.clause} [@{said.id}; @{other.id}]."
        )

    def _claim(self, number: int) -> Record:
        said = self.said[number]
        _, measures, unit = _CLAUSES[(self.number + number) % len(_CLAUSES)]
        day = f"{said.year}-{_MONTHS[said.month]:02}"
        value = int(next(w for w in said.clause.split() if w[0].isdigit()).replace(",", ""))
        cited = [self.sources[number % len(self.sources)]]
        if number % 3 == 0:
            cited.append(self.sources[(number + 1) % len(self.sources)])
        reason = "The source counted, says how, and no other source gives a different number."
        claim: Record = {
            "id": said.id,
            "text": f"{said.who} {said.verb} in {said.month} {said.year} that {said.clause}.",
            "kind": "figure" if number % 2 else "position",
            "said_by": said.actor,
            "sources": [{"source": each, "locator": f"p. {10 + number}"} for each in cited],
            "date": day,
            "as_of": day,
            "confidence": {"level": "moderate" if number % 4 else "high", "reason": reason},
            "figures": [{"measures": measures, "value": value, "unit": unit, "year": said.year}],
            "actors": [said.actor, self.actors[(number + 1) % ACTORS]["id"]],
            "places": [said.place],
        }
        if number == 0 and self.number % 5 == 0:
            claim["agreements"] = ["agreement-000"]
        if number == 7:
            by = self.actors[(number + 2) % ACTORS]
            position = f"{by['name']} said in {said.year} that the count was not complete."
            other = {"by": by["id"], "position": position, "claims": [self.said[8].id]}
            claim["contested"] = [other]
        return {**claim, "compared": "2025-01-18"}

    def _judgement(self, number: int) -> Record:
        said, other = self.said[number], self.said[number + 4]
        place = self.places[number]["name"]
        reason = "Two sources of different standing agree, and both say how they counted."
        return {
            "id": f"judgement-{number}",
            "text": f"The traffic through {place} is {_BAND} to grow before the end of 2030.",
            "likelihood": _BAND,
            "confidence": {"level": "moderate", "reason": reason},
            "claims": [said.id, other.id],
        }

    def _question(self) -> Record:
        cells: list[Record] = [
            {
                "party": said.actor,
                "basis": "own-words" if number else "reported",
                "position": f"{said.who} {said.verb} in {said.year} that {said.clause}.",
                "date": str(said.year),
                "claims": [said.id],
            }
            for number, said in enumerate(self.said[: ACTORS - 1])
        ]
        searched = "The yearbooks of 2015 to 2024 were searched."
        last = self.actors[ACTORS - 1]["id"]
        cells.append(
            {"party": last, "basis": "none-found", "position": searched, "date": "2025-01-18"}
        )
        question = f"Who pays for the road to {self.places[0]['name']}?"
        return {"id": f"question-{self.number:04}", "question": question, "cells": cells}

    def _event(self, number: int) -> Record:
        said = self.said[number * 2]
        return {
            "date": f"{said.year}-{_MONTHS[said.month]:02}",
            "title": f"{said.who} gives a number for {said.clause.split(' ', 2)[1]} traffic",
            "claims": [said.id],
            "places": [said.place],
            "actors": [said.actor],
        }

    def map(self) -> Record:
        """The brief's map: its places, and two routes over them."""
        west = min(p["lon"] for p in self.places)
        east = max(p["lon"] for p in self.places)
        south = min(p["lat"] for p in self.places)
        north = max(p["lat"] for p in self.places)
        extent = {
            "west": round(max(42.5, west - 0.5), 1),
            "south": round(max(36.5, south - 0.5), 1),
            "east": round(min(52.0, east + 0.5), 1),
            "north": round(min(43.0, north + 0.5), 1),
        }
        shown = [
            {"place": p["id"], "role": "town" if n else "city"} for n, p in enumerate(self.places)
        ]
        return {
            "schema": 1,
            "title": f"Around {self.places[0]['name']}",
            "description": "The places of the brief, and two roads between them.",
            "data_date": "2025-01",
            "extent": extent,
            "basemap": "core",
            "layers": [
                {"id": "places", "title": "Places", "places": shown},
                {
                    "id": "roads",
                    "title": "Roads",
                    "routes": [self._route(n) for n in range(ROUTES)],
                },
            ],
        }

    def _route(self, number: int) -> Record:
        first, second, third = self.places[number * 3 : number * 3 + 3]
        bend = [round((second["lon"] + third["lon"]) / 2, 3), second["lat"]]
        return {
            "id": f"road-{number}",
            "title": f"Road from {first['name']} to {third['name']}",
            "kind": "road" if number else "railway",
            "status": "proposed" if number else "existing",
            "status_date": "2024",
            "accuracy": "Drawn at random for a measurement.",
            "path": [first["id"], second["id"], bend, third["id"]],
            "claims": [self.said[number].id],
        }
