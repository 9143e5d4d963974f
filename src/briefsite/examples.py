"""An example of every kind of mistake: what an author wrote, and what passes instead.

They are printed in the reference pages and run as tests: each `right` stands in the project
`tests/projects/examples`, and each `wrong` put in its place gives its code, at `at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

BRIEF, REGISTRY = "briefs/border.yaml", "briefs/registry/shared.yaml"
MAP, ROAD, FERRY = "maps/border.yaml", "maps/road.yaml", "maps/ferry.yaml"
PAGE, AZERBAIJANI = "docs/desk.md", "languages/az.po"
TRANSLATED = "briefs/ferry.az.yaml"


@dataclass(frozen=True, slots=True)
class Example:
    """A mistake in the file `where`, found at the first `at` in `wrong` (default: its start)."""

    where: str
    wrong: str
    right: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A mistake that is the name of a file: `wrong` instead of `right`."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Told:
    """A mistake that no few lines can show."""

    wrong: str
    right: str


_FILES: dict[str, Example | Move | Told] = {
    "unreadable-file": Told("A file that its owner alone may read.", "`chmod a+r FILE`"),
    "not-a-plain-file": Told(
        "A symbolic link in `briefs/` that leads to another file.", "A copy of the file."
    ),
    "file-too-large": Told(
        "A registry of two megabytes in one file.",
        "`briefs/registry/sources-a.yaml`, `briefs/registry/sources-b.yaml` and so on.",
    ),
    "stray-file": Move("maps/2026/railway.yaml", "maps/railway.yaml"),
    "file-name": Move("maps/Caspian Ports.yml", "maps/caspian-ports.yaml"),
    "schema-line": Example(
        "briefs/ferry.yaml",
        "# yaml-language-server: $schema=schemas/brief.schema.json",
        "# yaml-language-server: $schema=../schemas/brief.schema.json",
        "schemas/brief",
    ),
    "not-utf8": Example(FERRY, "title: F\udce4hren", "title: Fähren", "\udce4"),
    "byte-order-mark": Example(FERRY, "\ufeffschema: 1", "schema: 1"),
    "hidden-character": Example(
        FERRY, "description: Baku\u200b and the sea.", "description: Baku and the sea.", "\u200b"
    ),
    "merge-conflict": Example(
        FERRY,
        "<<<<<<< HEAD\ndata_date: 2025\n=======\ndata_date: 2026\n>>>>>>> theirs",
        "data_date: 2026",
    ),
    "no-briefs": Told("Every brief says `status: draft`.", "One at least does not."),
    "macro-syntax": Told("A `{% macro %}` that nothing ends.", "`{% endmacro %}`"),
}

_YAML: dict[str, Example | Move | Told] = {
    "yaml-syntax": Example(
        FERRY, "note: Ferries: not shown.", 'note: "Ferries: not shown."', ": not"
    ),
    "yaml-tab": Example(FERRY, "- id: ports\n\ttitle: Ports", "- id: ports\n  title: Ports", "\t"),
    "yaml-empty": Told("A file with nothing in it but a comment.", "`schema: 1` and a record."),
    "yaml-documents": Example(FERRY, "---\nlayers:", "layers:"),
    "yaml-anchor": Example(
        FERRY, "places: &ports [{place: baku, role: port}]", "places: [{place: baku, role: port}]",
        "&ports",
    ),
    "yaml-tag": Example(FERRY, "basemap: !!str core", "basemap: core", "!!str"),
    "yaml-key": Example(
        FERRY,
        "{west, east}: [48, 51]",
        "extent: {west: 47, south: 39, east: 51, north: 41}",
    ),
    "yaml-too-deep": Told("Twenty-five brackets, one within the other.", "A list of values."),
    "yaml-too-many": Told("A list of 100,000 values in one file.", "Several files."),
    "duplicate-key": Example(
        BRIEF,
        "heading: The guards\nheading: Who guards the border",
        "heading: Who guards the border",
        "heading: Who",
    ),
}  # fmt: skip

_SHAPE: dict[str, Example | Move | Told] = {
    "unknown-key": Example(BRIEF, "headnig: The freight", "heading: The freight"),
    "missing-key": Example(
        BRIEF,
        "sources: [{source: gazette}]",
        "sources: [{source: gazette, locator: p. 7}]",
        "{source",
    ),
    "wrong-type": Example(BRIEF, "places: meghri", "places: [meghri, agarak]", "meghri"),
    "blank": Example(
        "briefs/track.yaml", 'title: "TODO: Title of the page."', "title: The track", '"TODO'
    ),
    "empty-value": Example(BRIEF, "note:", "note: The page gives no day."),
    "not-a-choice": Example(
        BRIEF, "kind: rumour\nsaid_by: iran", "kind: assessment\nsaid_by: iran", "rumour"
    ),
    "out-of-range": Example(
        REGISTRY, "precision_km: 5000  # Agarak", "precision_km: 5  # Agarak", "5000"
    ),
    "bad-id": Example(BRIEF, "- id: The Freight", "- id: the-freight", "The"),
    "bad-date": Example(BRIEF, "cutoff: 31 October 2026", "cutoff: 2026-10-31", "31"),
    "bad-url": Example(
        REGISTRY, "URL: www.example.org/study", "URL: https://www.example.org/study", "www"
    ),
    "bad-point": Example(
        MAP, "path: [agarak, [46.22], meghri]", "path: [agarak, [46.22, 38.88], meghri]", "[46.22"
    ),
    "inconsistent": Example(
        BRIEF,
        "figures: [{measures: Guards, value: 50, high: 40, unit: people, year: 2024}]",
        "figures: [{measures: Guards, value: 40, high: 50, unit: people, year: 2024}]",
        "40",
    ),
}

_REFERENCES: dict[str, Example | Move | Told] = {
    "duplicate-id": Example(
        REGISTRY,
        "- id: the-length\n  source: study\n  locator: p. 10",
        "- id: the-day\n  source: study\n  locator: p. 10",
        "the-length",
    ),
    "unknown-id": Example(BRIEF, "actors: [rusia]", "actors: [russia]", "rusia"),
    "address-collision": Example(BRIEF, "- id: evidence", "- id: what-is-known", "evidence"),
    "withdrawn-without-reason": Example(
        "briefs/track.yaml",
        "status: withdrawn\n",
        "status: withdrawn\nwithdrawn: {date: 2026-10-30, reason: Its one study was taken back.}\n",
        "withdrawn",
    ),
    "publish-day": Example(
        "briefs/ferry.yaml", "publish_on: 2026-11", "publish_on: 2026-11-01", "2026"
    ),
    "draft-reference": Example(BRIEF, "related: [later]", "related: [ferry]", "later"),
    "former-id": Example(BRIEF, "formerly: [older-count]", "formerly: [freight-count]", "older"),
    "reference-cycle": Example(
        REGISTRY,
        "{id: guards, kind: armed-force, name: The guards, part_of: guards}",
        "{id: guards, kind: armed-force, name: The guards, part_of: russia}",
        "guards}",
    ),
    "repeated-id": Example(BRIEF, "actors: [iran, iran]", "actors: [iran, armenia]", "iran]"),
    "unused-record": Example(
        REGISTRY,
        "- {id: georgia, kind: state, name: Georgia}\n- {id: iran, kind: state, name: Iran}",
        "- {id: iran, kind: state, name: Iran}",
        "georgia",
    ),
    "term-not-used": Example(BRIEF, "terms: [works, tariff]", "terms: [works]", "tariff"),
    "same-name": Example(
        REGISTRY,
        "- {id: norduz, name: Agarak, kind: crossing",
        "- {id: norduz, name: Norduz, kind: crossing",
        "Agarak",
    ),
    "no-publication": Told("No file of the registry has `publication:`.", "One has."),
    "dead-link": Told(
        "`[the ports](../baku-ports/)`, and no brief has that address.", "`[the ports](../ferry/)`"
    ),
}

_PROSE: dict[str, Example | Move | Told] = {
    "prose-folded": Example(
        BRIEF,
        "prose: >\n  A study of 2026 found *no* works near Agarak [@study-2026].",
        "prose: |\n  A study of 2026 found *no* works near Agarak [@study-2026].",
        ">",
    ),
    "prose-markup": Example(
        BRIEF,
        "The study of 2026 calls the road `narrow` [@study-2026].",
        "The study of 2026 calls the road *narrow* [@study-2026].",
        "`",
    ),
    "prose-link": Example(
        BRIEF,
        "A study of 2026 is [on the web](ftp://example.org/study) [@study-2026].",
        "A study of 2026 is [on the web](https://example.org/study) [@study-2026].",
        "[on",
    ),
    "prose-reference": Example(
        BRIEF,
        "The study of 2026 names no builder [@Study 2026].",
        "The study of 2026 names no builder [@study-2026].",
        "[@",
    ),
}

_EDITORIAL: dict[str, Example | Move | Told] = {
    "review-order": Example(BRIEF, "review_by: 2026-05-01", "review_by: 2027-05-01", "2026"),
    "change-log": Example(
        BRIEF,
        "judgements: [{judgement: who-takes-part, from: unlikely, to: very likely}]",
        "judgements: [{judgement: who-takes-part, from: unlikely, to: likely}]",
        "very likely",
    ),
    "said-too-early": Example(
        BRIEF, "date: 2024-10\nas_of: 2024-01", "date: 2024-10\nas_of: 2024-11", "2024-01"
    ),
    "date-order": Example(
        REGISTRY, "issued: 2024-06\naccessed: 2014-06", "issued: 2014-06\naccessed: 2024-06",
        "2014-06",
    ),
    "implausible-year": Example(
        BRIEF,
        "figures: [{measures: Length of the road, value: 12, unit: km, year: 2205}]",
        "figures: [{measures: Length of the road, value: 12, unit: km, year: 2025}]",
        "2205",
    ),
    "unit-spelling": Example(
        BRIEF,
        "figures: [{measures: Cost of the road, value: 12, unit: mln USD, year: 2025}]",
        "figures: [{measures: Cost of the road, value: 12, unit: million USD, year: 2025}]",
        "mln",
    ),
    "impossible-share": Example(
        BRIEF,
        "figures: [{measures: Share of the freight, value: 140, unit: '%', year: 2025}]",
        "figures: [{measures: Share of the freight, value: 14, unit: '%', year: 2025}]",
        "140",
    ),
}  # fmt: skip

_GATE: dict[str, Example | Move | Told] = {
    "unsourced-sentence": Example(
        BRIEF,
        "No work on the section has begun.",
        "Railway Gazette reported in January 2026 that the section would run for 42 km [@a].",
    ),
    "reference-not-last": Example(
        BRIEF,
        "The section would run for 42 km [@a], and no work on it has begun, Railway Gazette "
        "reported in January 2026.",
        "The section would run for 42 km, Railway Gazette reported in January 2026 [@a].",
        "and no",
    ),
    "connective-states-a-fact": Example(
        BRIEF, "Iran sees it otherwise [~].", "Not all parties see it so [~]."
    ),
    "number-not-in-claim": Example(
        BRIEF,
        "Railway Gazette wrote in January 2026 that the section would run for 43 km [@a].",
        "Railway Gazette wrote in January 2026 that the section would run for 42 km [@a].",
        "43",
    ),
    "figure-without-year": Example(
        BRIEF,
        "The section would be 42 km long, Railway Gazette reported [@a].",
        "The section would be 42 km long, Railway Gazette reported in January 2026 [@a].",
        "42",
    ),
    "figure-without-unit": Example(
        BRIEF,
        "Railway Gazette gave the length as 42 in January 2026 [@a].",
        "Railway Gazette gave the length as 42 km in January 2026 [@a].",
        "42",
    ),
    "claim-without-figure": Example(
        BRIEF,
        "kind: figure",
        "kind: figure\n"
        "figures: [{measures: Length of the section, value: 42, unit: km, year: 2026}]",
        "figure",
    ),
    "figure-not-in-text": Example(
        BRIEF,
        "figures: [{measures: Length of the narrow part, value: 15, unit: km, year: 2026}]",
        "figures: [{measures: Length of the narrow part, value: 5, unit: km, year: 2026}]",
        "15",
    ),
    "likelihood-wording": Example(
        BRIEF,
        "text: Armenian guards will probably take part.",
        "text: Armenian guards are likely to take part.",
        "probably",
    ),
    "likelihood-with-confidence": Example(
        BRIEF,
        "text: We are confident that works are likely to begin.",
        "text: Works are likely to begin.",
        "confident",
    ),
    "hollow-reason": Example(
        BRIEF,
        "reason: See source.",
        "reason: One signed report; the text it rests on was not seen.",
        "See",
    ),
    "allegation-without-answer": Example(
        BRIEF,
        "Azerbaijan accused Iran on 5 March 2026 of drones that struck the airport of "
        "Nakhchivan [@alleged].",
        "Azerbaijan accused Iran on 5 March 2026 of drones that struck the airport of "
        "Nakhchivan; Iran denied having launched any [@alleged].",
    ),
    "allegation-as-fact": Example(
        BRIEF,
        "Iranian drones struck the airport of Nakhchivan on 5 March 2026; Iran denied it "
        "[@alleged].",
        "Azerbaijan accused Iran on 5 March 2026 of drones that struck the airport of "
        "Nakhchivan; Iran denied it [@alleged].",
    ),
    "motive-without-attribution": Example(
        BRIEF,
        "Russia sent guards in order to keep its hold [@b].",
        "Russia's foreign ministry said on 8 October 2024 that Armenian guards would take "
        "part [@b].",
        "in order to",
    ),
    "loaded-word": Example(
        BRIEF,
        "The regime in Russia spoke of guards on 8 October 2024 [@b].",
        "Russia's government spoke of guards on 8 October 2024 [@b].",
        "regime",
    ),
    "contested-name": Example(
        BRIEF,
        "The guards came from Shusha, Russia said on 8 October 2024 [@b].",
        "The guards came from Shusha (Shushi), Russia said on 8 October 2024 [@b].",
        "Shusha",
    ),
    "disguised-word": Example(
        BRIEF,
        "The guаrds would take part, Russia said on 8 October 2024 [@b].",
        "The guards would take part, Russia said on 8 October 2024 [@b].",
        "guаrds",
    ),
    "unknown-states-a-fact": Example(
        BRIEF, "- Russia pays the guards.", "- Who pays the guards.", "Russia"
    ),
    "judgement-on-low-confidence": Example(
        BRIEF,
        "confidence: {level: low, reason: A single blog says so.}",
        "confidence: {level: moderate, reason: Two outlets of different standpoints agree.}",
        "low",
    ),
    "judgement-on-one-excerpt": Example(
        BRIEF, "claims: [seen-on-one-page]", "claims: [seen-on-one-page, said-in-a-book]", "["
    ),
    "excerpt-without-day": Example(
        BRIEF,
        "sources: [{source: railway-page, locator: paragraph 2}]",
        "sources: [{source: railway-page, locator: paragraph 2, seen: 2026-10-20}]",
        "{source",
    ),
    "excerpt-too-sure": Example(
        BRIEF,
        "confidence: {level: high, reason: The page gives the day of the report.}",
        "confidence: {level: moderate, reason: The page gives the day; it was seen in excerpt.}",
        "high",
    ),
    "unread-source": Example(
        BRIEF,
        "sources: [{source: book-not-read, locator: p. 3}]",
        "sources: [{source: study, locator: note 4, cites: [book-not-read]}]",
        "[",
    ),
    "superseded-unmarked": Example(
        BRIEF,
        "  supersedes: [older-count]\n- id: older-count",
        "  supersedes: [older-count]\n- id: older-count\n"
        "  status: {state: superseded, reason: A newer count replaces it.}",
        "older-count",
    ),
    "one-sided-question": Example(
        BRIEF,
        "cells:\n"
        "  - {party: russia, basis: reported, position: Russia spoke of guards., date: 2024, "
        "claims: [b]}\n"
        "  - {party: iran, basis: none-found, position: Two sites were searched., date: 2026}",
        "cells:\n"
        "  - {party: russia, basis: reported, position: Russia spoke of guards., date: 2024, "
        "claims: [b]}\n"
        "  - {party: iran, basis: reported, position: Iran denied it., date: 2026, "
        "claims: [alleged]}",
        "- {party: russia",
    ),
    "bad-sum": Example(REGISTRY, "formula: length * two", "formula: length * 2", "length"),
    "mixed-units": Example(
        BRIEF,
        "- {claim: seen-on-one-page, label: The road}\n- {claim: newer-count, label: Its freight}",
        "- {claim: seen-on-one-page, label: The road}\n- {claim: study-2026, label: A part of it}",
        "{claim: newer-count",
    ),
    "bad-chart": Example(
        BRIEF,
        "- {claim: said-in-a-book, label: By the book}\n"
        "- {claim: said-in-a-book, figure: 2, label: By the road}",
        "- {claim: said-in-a-book, label: By the book}\n- {claim: arrival, label: By the study}",
        "2",
    ),
    "long-quotation": Example(
        BRIEF,
        "Russia's foreign ministry said on 8 October 2024 that “control over transport across "
        "the country shall from then on be exercised by guards” [@b].",
        "Russia's foreign ministry said on 8 October 2024 that “control over transport” was "
        "the guards' [@b].",
        "“",
    ),
}

_MAPS: dict[str, Example | Move | Told] = {
    "feature-without-claim": Example(
        MAP,
        "- {place: meghri, role: town, note: The road ends here.}",
        "- {place: meghri, role: town, note: The road ends here., claims: [said-in-a-book]}",
        "The road",
    ),
    "map-view": Example(
        MAP,
        "- {id: armenian, title: Names used by Armenia, party: armenia}",
        "- {id: armenian, title: Names used by Armenia, party: armenia, sources: "
        "[{source: gazette, locator: p. 2}]}",
        "{",
    ),
    "too-precise": Example(
        MAP,
        "point: {lat: 38.84117, lon: 46.2, precision_km: 5, coordinates_from: A survey.}",
        "point: {lat: 38.84, lon: 46.2, precision_km: 5, coordinates_from: A survey.}",
        "38.84117",
    ),
    "unknown-land": Example(MAP, "lands: [AMR]", "lands: [AM]", "AMR"),
    "swapped-point": Example(
        REGISTRY, "lat: 46.25, lon: 38.9", "lat: 38.9, lon: 46.25", "46.25"
    ),
    "outside-extent": Example(
        MAP, "- {place: baku, role: crossing}", "- {place: agarak, role: crossing}", "baku"
    ),
    "outside-ground": Example(
        ROAD,
        "extent: {west: 40, south: 38, east: 50, north: 42}",
        "extent: {west: 44, south: 38, east: 50, north: 42}",
        "{west",
    ),
    "wrong-side": Example(
        FERRY,
        "  - {id: towns, title: Towns, places: [{place: parsabad, role: city}]}\nbasemap: world",
        "  - {id: towns, title: Towns, places: [{place: parsabad, role: city}]}\nbasemap: core",
        "parsabad",
    ),
    "empty-map": Example(
        ROAD,
        "layers:\n  - {id: towns, title: Towns}",
        "layers:\n  - {id: towns, title: Towns, places: [{place: meghri, role: town}]}",
    ),
    "no-basemap": Told("A damaged file in `maps/basemap/`.", "`make basemap`"),
    "place-without-point": Example(
        MAP, "- {place: syunik, role: other}", "- {place: norduz, role: other}", "syunik"
    ),
}  # fmt: skip

_LANGUAGES: dict[str, Example | Move | Told] = {
    "catalogue-syntax": Example("languages/tr.po", 'msgstr "Kaynak', 'msgstr "Kaynak"'),
    "catalogue-places": Example(
        AZERBAIJANI, 'msgstr "dərəcə %(kod)s"', 'msgstr "dərəcə %(code)s"', "dərəcə"
    ),
    "catalogue-markup": Example(
        AZERBAIJANI, 'msgstr "<b>Mənbələr</b>"', 'msgstr "Mənbələr"', "<b>"
    ),
    "translation-count": Example(
        TRANSLATED, "title: Bərə\ntimeline: [Bərə gəlir]", "title: Bərə", "timeline"
    ),
    "translation-references": Example(
        TRANSLATED,
        "summary: Hər şey məlum deyil [@ferry-claim].",
        "summary: Hər şey məlum deyil [~].",
        "ferry-claim",
    ),
    "translation-number": Example(
        TRANSLATED,
        "text: 2026-cı ildə 3 tədqiqat işlərin bitmədiyini dedi.",
        "text: 2026-cı ildə bir tədqiqat işlərin bitmədiyini dedi.",
        "3 ",
    ),
    "translation-outdated": Example(
        TRANSLATED, "original_reviewed: 2026-10-31", "original_reviewed: 2026-11-01", "2026"
    ),
    "unknown-language": Move("languages/farsi.po", "languages/fa.po"),
}

_PAGES: dict[str, Example | Move | Told] = {
    "docs-file": Move("docs/towns.js", "docs/towns.csv"),
    "docs-front-matter": Example(PAGE, "titel: The desk", "title: The desk"),
    "docs-html": Example(PAGE, "Write to <b>the desk</b>.", "Write to **the desk**.", "<b>"),
    "docs-link": Example(
        PAGE, "[The desk](javascript:write())", "[The desk](mailto:desk@example.org)"
    ),
    "unknown-component": Example(
        PAGE, "<!-- briefsite: heroo -->", "<!-- briefsite: hero -->", "heroo"
    ),
}

GROUPS: Mapping[str, Mapping[str, Example | Move | Told]] = MappingProxyType(
    {
        "Files": _FILES,
        "YAML": _YAML,
        "Fields": _SHAPE,
        "Ids and references": _REFERENCES,
        "Prose": _PROSE,
        "Dates, units and numbers": _EDITORIAL,
        "Maps": _MAPS,
        "Languages": _LANGUAGES,
        "Written pages": _PAGES,
        "Evidence and wording": _GATE,
    }
)
"""Every code of the catalogue in its group, with its example."""

GATE = "Evidence and wording"
"""The group that has a page of its own."""
