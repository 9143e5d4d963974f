"""A corpus item as a small project of its own, and the problems the check finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.report import Problem

HERE = Path(__file__).parent
REGISTRY = (HERE / "registry.yaml").read_text(encoding="utf-8")

# What every fragment may cite; an item's own `claims` are laid over them.
CLAIMS: dict[str, dict[str, Any]] = {
    "a": {
        "text": "Railway Gazette reported in January 2026 that the Armenian section would run for"
        " 42 km across Syunik.",
        "kind": "figure",
        "date": "2026-01",
        "as_of": "2026-01",
        "figures": [{"measures": "Length of the section", "value": 42, "unit": "km", "year": 2026}],
    },
    "b": {
        "text": "The foreign ministry of Russia said on 8 October 2024 that Armenian guards would"
        " take part.",
        "kind": "position",
        "date": "2024-10-08",
        "as_of": "2024-10-08",
    },
    "alleged": {
        "text": "Azerbaijan accused Iran on 5 March 2026 of drones that struck the airport of"
        " Nakhchivan.",
        "kind": "allegation",
        "date": "2026-03-05",
        "as_of": "2026-03-05",
        "response": {
            "kind": "denial",
            "by": "iran",
            "text": "Iran denied having launched any drone.",
            "sources": [{"source": "study", "locator": "p. 2"}],
        },
    },
    "base": {
        "text": "Russia said in October 2024 that guards were to take part.",
        "kind": "position",
        "date": "2024-10",
        "as_of": "2024-10",
    },
    "low": {
        "text": "One blog wrote in 2024 that works had begun at Meghri.",
        "kind": "event",
        "date": "2024",
        "as_of": "2024",
        "confidence": {"level": "low", "reason": "A single blog that names no witness."},
    },
}


PROSE = "Russia said in October 2024 that guards were to take part [@base].\n"


@dataclass(frozen=True)
class Item:
    """An item of a corpus."""

    id: str
    where: str
    text: str
    rules: frozenset[str]
    """Codes that refuse it, any of which will do; none for a clean one."""
    needs_meaning: bool
    plain: Mapping[str, Any]


@cache
def read_corpus(name: str) -> tuple[Item, ...]:
    """The items of `NAME.yaml` beside this file."""
    loaded = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(
        Item(
            entry["id"],
            entry["where"],
            entry["text"],
            frozenset([entry["rule"], *_listed(entry.get("or"))] if "rule" in entry else ()),
            entry.get("needs") == "meaning",
            entry,
        )
        for entry in loaded
    )


def _listed(value: object) -> list[str]:
    return (
        []
        if value is None
        else [str(v) for v in value]
        if isinstance(value, list)
        else [str(value)]
    )


def problems_of(item: Item, root: Path) -> list[Problem]:
    """Every problem of a project at `root` that holds the fragment in its place."""
    (root / "briefs" / "registry").mkdir(parents=True)
    registry = REGISTRY
    if item.where == "source-stance":
        registry = registry.replace('"A study of a university."', _quoted(item.text))
        assert registry != REGISTRY
    (root / "briefs" / "registry" / "registry.yaml").write_text(registry, encoding="utf-8")
    brief = _brief(item)
    text = yaml.dump(brief, allow_unicode=True, sort_keys=False, width=10_000, Dumper=_Dumper)
    (root / "briefs" / "fragment.yaml").write_text(text, encoding="utf-8")
    # A fragment names few of the records that all fragments share.
    return [p for p in check_tree(load_tree(root)).problems if p.code != "unused-record"]


def _quoted(text: str) -> str:
    return yaml.dump(text.strip(), allow_unicode=True, width=10_000, default_style='"').strip()


class _Dumper(yaml.SafeDumper):
    """Writes prose as authors do, in literal blocks."""


class _Literal(str):
    __slots__ = ()


_Dumper.add_representer(
    _Literal, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def _claims(item: Item) -> dict[str, dict[str, Any]]:
    claims = {key: dict(claim) for key, claim in CLAIMS.items()}
    for key, override in (item.plain.get("claims") or {}).items():
        claims[key] = {
            **claims.get(key, {"kind": "position", "date": "2024", "as_of": "2024"}),
            **override,
        }
    if item.where == "claim-text":
        claims["this"] = {**CLAIMS["b"], **claims.get("this", {}), "text": item.text.strip()}
    return claims


def _whole(key: str, claim: Mapping[str, Any]) -> dict[str, Any]:
    figures = [
        {"measures": "What is counted", "year": 2024, **figure}
        for figure in claim.get("figures", ())
    ]
    confidence = {"level": "high", "reason": "The text of the statement itself."}
    given = claim.get("confidence", {})
    if isinstance(given, str):
        given = {"level": given}
    whole = {
        "id": key,
        "said_by": "russia",
        "compared": "2026-11-01",
        "sources": [{"source": "study", "locator": "p. 1"}],
        **claim,
        "confidence": {**confidence, **given},
        "date": str(claim["date"]),
        "as_of": str(claim["as_of"]),
    }
    if figures:
        whole["figures"] = figures
    response = claim.get("response")
    if isinstance(response, dict):
        extra = (
            {"searched": "2026-11-01"}
            if response.get("kind") == "none-found"
            else {"by": "iran", "sources": [{"source": "study", "locator": "p. 2"}]}
        )
        whole["response"] = {**extra, **response}
    contested = claim.get("contested")
    if contested:
        whole["contested"] = [
            {"sources": [{"source": "study", "locator": "p. 3"}], **each} for each in contested
        ]
    return whole


def _brief(item: Item) -> dict[str, Any]:
    text, where = item.text, item.where
    cites = list(item.plain.get("cites") or ["b"])
    judgement = {
        "id": "judged",
        "text": "It is likely that Armenian guards will take part.",
        "likelihood": "likely",
        "confidence": {
            "level": "moderate",
            "reason": "The ministry's own statement, and one study.",
        },
        "claims": ["base"],
    }
    brief: dict[str, Any] = {
        "schema": 1,
        "title": "Guards on the border",
        "topic": "corridors",
        "summary": _Literal(PROSE),
        "cutoff": "2026-10",
        "reviewed": "2026-11-01",
        "review_by": "2027-11-01",
        "judgements": [judgement],
        "sections": [{"id": "one", "heading": "The guards", "prose": _Literal(PROSE)}],
        "claims": [],
        "unknowns": ["Whether guards took part is not known."],
    }
    claims = _claims(item)
    match where:
        case "prose":
            brief["sections"][0]["prose"] = _Literal(text)
        case "summary":
            brief["summary"] = _Literal(text)
        case "heading":
            brief["sections"][0]["heading"] = text.strip()
        case "judgement":
            judgement |= {
                "text": text.strip(),
                "likelihood": item.plain["likelihood"],
                "claims": cites,
            }
        case "confidence-reason":
            level = item.plain.get("confidence", "moderate")
            claims["b"] = {**claims["b"], "confidence": {"level": level, "reason": text.strip()}}
        case "unknown":
            brief["unknowns"] = [text.strip()]
        case "cell":
            cell = {"party": item.plain.get("party", "russia"), "basis": "reported", "date": "2024"}
            other = {"party": "armenia", "basis": "reported", "date": "2024", "claims": ["base"]}
            brief["positions"] = [
                {
                    "id": "asked",
                    "question": "Who guards the border?",
                    "cells": [
                        {**cell, "position": text.strip(), "claims": cites},
                        {
                            **other,
                            "position": "Armenia said in 2024 that its guards would take part.",
                        },
                    ],
                }
            ]
        case "event-title":
            brief["timeline"] = [{"date": "2024-10", "title": text.strip(), "claims": cites}]
        case "citation-quotation":
            source = {"source": "study", "locator": "p. 1", "quotation": text.strip()}
            claims["b"] = {**claims["b"], "sources": [source]}
        case "claim-text" | "source-stance":
            pass
        case _:
            raise ValueError(f"{item.id}: where: {where}")
    brief["claims"] = [_whole(key, claim) for key, claim in claims.items()]
    return brief
