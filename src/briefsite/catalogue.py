"""The closed catalogue of problems: stable codes, their severity and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Place = Literal[
    "prose", "judgement", "confidence-reason", "claim-text", "unknown", "source-stance", "yaml"
]


@dataclass(frozen=True, slots=True)
class Example:
    """What an author wrote, and what passes instead; `where` it stands (`yaml`: whole fields)."""

    where: Place
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code means, whatever the place it is found at."""

    title: str
    explanation: str
    severity: Literal["error", "warning"] = "error"
    example: Example | None = None


_ENTRIES = {
    # Files
    "unreadable-file": Entry(
        "The file cannot be read", "Its permissions, a broken link or a device error forbid it."
    ),
    "not-a-plain-file": Entry(
        "Not a plain file",
        "Links and devices are refused: a proposal must not be able to read another file.",
    ),
    "file-too-large": Entry(
        "The file is too large", "A file holds one topic; split the registry into several files."
    ),
    "stray-file": Entry(
        "A file where none is read",
        "Briefs lie in `briefs/`, shared records below `briefs/registry/`, maps in `maps/`.",
    ),
    "file-name": Entry(
        "The file name is no address",
        "A file name becomes an address: lower-case letters, digits and single hyphens, `.yaml`.",
    ),
    "not-utf8": Entry("The text is not UTF-8", "Save the file as UTF-8."),
    "byte-order-mark": Entry("Byte-order mark", "Save the file as UTF-8 without one."),
    "hidden-character": Entry(
        "Invisible or control character",
        "Characters that are not seen but change how text is read or ordered are refused.",
    ),
    "merge-conflict": Entry(
        "Merge conflict marker", "Choose one side, and remove the marker lines."
    ),
    "no-briefs": Entry("There is no brief", "A site without briefs is never what was meant."),
    # YAML
    "yaml-syntax": Entry("The YAML cannot be parsed", "Nothing after this place was understood."),
    "yaml-tab": Entry("A tab where YAML wants spaces", "Indent with two spaces."),
    "yaml-empty": Entry("The file is empty", "A file needs at least `schema: 1` and a record."),
    "yaml-documents": Entry("More than one document", "One file, one document: remove the `---`."),
    "yaml-anchor": Entry(
        "Anchors and aliases are not used", "Write the value out, or give it an id."
    ),
    "yaml-tag": Entry("Tags are not used", "Write the plain value; quote it to make it text."),
    "yaml-key": Entry("A key must be a plain word", "Lists and mappings cannot be keys."),
    "yaml-too-deep": Entry("Nested too deeply", "No record nests this far."),
    "yaml-too-many": Entry("Too many values in one file", "Split the file."),
    "duplicate-key": Entry("The same key twice", "YAML would keep one and lose the other."),
    # Shape
    "unknown-key": Entry("Unknown key", "The record has no such field."),
    "missing-key": Entry("A required key is missing", "The record is not complete without it."),
    "blank": Entry(
        "Still to be written",
        "`briefsite new` leaves a blank, `TODO: …`, wherever only the author knows what belongs"
        " there; write it in place of the whole text.",
    ),
    "wrong-type": Entry("Wrong kind of value", "Text, number, list or mapping: as the field says."),
    "empty-value": Entry("Empty value", "Leave the key out, or say something."),
    "not-a-choice": Entry("Not one of the choices", "The field takes one of a fixed set of words."),
    "out-of-range": Entry("Out of range", "The number or the length is beyond the limit."),
    "bad-id": Entry(
        "Not an id", "Ids are lower-case letters, digits and single hyphens, 64 characters at most."
    ),
    "bad-date": Entry(
        "Not a date",
        "Dates are EDTF: `2012`, `2012-02`, `2012-02-05`, `2011~`, `2020-09-27/2020-11-10`.",
    ),
    "bad-url": Entry("Not a web address", "Addresses start with `https://` or `http://`."),
    "bad-point": Entry("Not a point", "A point is `[longitude, latitude]` or the id of a place."),
    "inconsistent": Entry("Two values contradict each other", "Both cannot be true."),
    # References
    "duplicate-id": Entry("The id is taken", "An id names one thing in the whole publication."),
    "unknown-id": Entry("Unknown id", "Nothing of that kind has this id."),
    "address-collision": Entry("Two things want one address", "Rename one of them."),
    "draft-reference": Entry(
        "Refers to what is not public yet",
        "A draft is not published, and a scheduled brief not before its day, so nothing that is"
        " public sooner can rest on it.",
    ),
    "reference-cycle": Entry("Refers to itself", "Following the references leads back here."),
    "no-publication": Entry(
        "No publication record", "One registry file says who publishes: `publication:`."
    ),
    # Prose
    "prose-folded": Entry(
        "Folded prose", "Write prose in a `|` block, so that each mistake has its line."
    ),
    "prose-markup": Entry(
        "Markup that prose does not have",
        "Prose has paragraphs, lists, quotations, *emphasis*, **strong** and links.",
    ),
    "prose-link": Entry(
        "Link that may not be followed", "Links go to https, http, mailto or a page of the site."
    ),
    "prose-reference": Entry(
        "A claim reference that cannot be read", "References are written `[@claim-id]`."
    ),
    # Editorial
    "withdrawn-without-reason": Entry(
        "Withdrawn, and no reason is given",
        "A withdrawn brief keeps its address, where a reader finds when and why it was withdrawn:"
        " `withdrawn: {date: …, reason: …}`.",
    ),
    "publish-day": Entry("Not a day to publish on", "`publish_on` is one day: `2026-12-01`."),
    "review-order": Entry("Dates out of order", "A review is due after it was last done."),
    # The gate: what a sentence may say, and what it must rest on
    "unsourced-sentence": Entry(
        "A factual sentence without a claim",
        "Each sentence ends with the claims it rests on, `[@claim-id]`, or with `[~]` if it states"
        " no fact and only joins others.",
        example=Example(
            "prose",
            "No work on the section has begun.",
            "Railway Gazette reported in January 2026 that the section would run for 42 km [@a].",
        ),
    ),
    "reference-not-last": Entry(
        "Text behind the last reference",
        "References stand at the end of a sentence, so that nothing in it goes without.",
        example=Example(
            "prose",
            "The section would run for 42 km [@a], and no work on it has begun, Railway Gazette "
            "reported in January 2026.",
            "The section would run for 42 km, Railway Gazette reported in January 2026 [@a].",
        ),
    ),
    "connective-states-a-fact": Entry(
        "A connective sentence that states a fact",
        "A sentence marked `[~]` holds no number, date, name, quotation or likelihood.",
        example=Example("prose", "Iran sees it otherwise [~].", "Not all parties see it so [~]."),
    ),
    "number-not-in-claim": Entry(
        "A number or month that no cited claim holds",
        "What a sentence counts and dates stands in the text, figures or dates of its claims.",
        example=Example(
            "prose",
            "Railway Gazette reported in January 2026 that the section would run for 43 km [@a].",
            "Railway Gazette reported in January 2026 that the section would run for 42 km [@a].",
        ),
    ),
    "figure-without-year": Entry(
        "A figure without its year",
        "A quantity in prose has its year in the same sentence.",
        example=Example(
            "prose",
            "The section would run for 42 km, Railway Gazette reported [@a].",
            "The section would run for 42 km, Railway Gazette reported in January 2026 [@a].",
        ),
    ),
    "figure-without-unit": Entry(
        "A figure without its unit",
        "A number in prose says what it counts, and in what unit.",
        example=Example(
            "prose",
            "Railway Gazette gave the length as 42 in January 2026 [@a].",
            "Railway Gazette gave the length as 42 km in January 2026 [@a].",
        ),
    ),
    "claim-without-figure": Entry(
        "A claim of kind figure without `figures`",
        "Its value, unit and year are data.",
        example=Example(
            "yaml",
            "kind: figure",
            "kind: figure\n"
            "figures: [{measures: Length of the section, value: 42, unit: km, year: 2026}]",
        ),
    ),
    "likelihood-wording": Entry(
        "Likelihood in other words than the seven bands",
        "A judgement says one of the bands of ICD 203, once, and the same as its field.",
        example=Example(
            "judgement",
            "Armenian guards will probably take part.",
            "Armenian guards are likely to take part.",
        ),
    ),
    "likelihood-with-confidence": Entry(
        "Likelihood and confidence in one sentence",
        "How likely something is and how good the evidence is are two things.",
        example=Example(
            "judgement",
            "We are confident that Armenian guards are likely to take part.",
            "Armenian guards are likely to take part.",
        ),
    ),
    "hollow-reason": Entry(
        "A reason that says nothing",
        "A confidence, a grade, a standing and a stance each say what they rest on.",
        example=Example(
            "confidence-reason",
            "See source.",
            "One signed report; the text it rests on was not seen.",
        ),
    ),
    "allegation-without-answer": Entry(
        "An allegation without the answer",
        "The denial, or that no response was found, stands with the claim and in the paragraph.",
        example=Example(
            "prose",
            "Azerbaijan accused Iran on 5 March 2026 of drones that struck the airport of "
            "Nakhchivan [@alleged].",
            "Azerbaijan accused Iran on 5 March 2026 of drones that struck the airport of "
            "Nakhchivan; Iran denied having launched any [@alleged].",
        ),
    ),
    "allegation-as-fact": Entry(
        "An allegation told as a fact",
        "The sentence says who accuses whom of what.",
        example=Example(
            "prose",
            "Iranian drones struck the airport of Nakhchivan on 5 March 2026; Iran denied it "
            "[@alleged].",
            "Azerbaijan accused Iran on 5 March 2026 of drones that struck the airport of "
            "Nakhchivan; Iran denied it [@alleged].",
        ),
    ),
    "motive-without-attribution": Entry(
        "A motive without a speaker",
        "What someone wants or fears is said by somebody: the sentence names them.",
        example=Example(
            "prose",
            "Russia sent guards in order to keep its hold [@b].",
            "Russia's foreign ministry said on 8 October 2024 that Armenian guards would take "
            "part [@b].",
        ),
    ),
    "loaded-word": Entry(
        "A word that takes sides",
        "Words of the list in the registry stand in attributed quotations only.",
        example=Example(
            "prose",
            "The regime in Russia spoke of guards on 8 October 2024 [@b].",
            "Russia's government spoke of guards on 8 October 2024 [@b].",
        ),
    ),
    "contested-name": Entry(
        "A contested name without the other",
        "At the first mention on a page each side's name stands beside the other.",
        example=Example(
            "prose",
            "The guards came from Shusha, Russia said on 8 October 2024 [@b].",
            "The guards came from Shusha (Shushi), Russia said on 8 October 2024 [@b].",
        ),
    ),
    "disguised-word": Entry(
        "A word in letters of two scripts",
        "Look-alike letters and loose marks hide a word from search, and from these rules.",
        example=Example(
            "prose",
            "The rеgime spoke of guards on 8 October 2024, Russia said [@b].",
            "Russia said on 8 October 2024 that guards would take part [@b].",
        ),
    ),
    "unknown-states-a-fact": Entry(
        "An unknown that states a fact",
        "What is listed there says that something is not known.",
        example=Example("unknown", "Russia pays the guards.", "Who pays the guards."),
    ),
    "judgement-on-low-confidence": Entry(
        "Low confidence in a summary or among the key judgements",
        "What is weak does not lead: no judgement of low confidence, no such claim under one.",
        example=Example(
            "yaml",
            "confidence: {level: low, reason: A single blog says so.}\n",
            "confidence: {level: moderate, reason: Two outlets of different standpoints agree.}\n",
        ),
    ),
    "judgement-on-one-excerpt": Entry(
        "A key judgement on one stored page",
        "A page of which an excerpt was seen is never alone under a key judgement.",
        example=Example(
            "yaml", "claims: [seen-on-one-page]\n", "claims: [seen-on-one-page, said-in-a-book]\n"
        ),
    ),
    "excerpt-without-day": Entry(
        "An excerpt without the day it was seen",
        "Pages change: the day says which one was seen.",
        example=Example(
            "yaml",
            "sources: [{source: railway-page, locator: paragraph 2}]",
            "sources: [{source: railway-page, locator: paragraph 2, seen: 2026-11-20}]",
        ),
    ),
    "excerpt-too-sure": Entry(
        "High confidence in excerpts",
        "What was not read whole bears moderate confidence at most.",
        example=Example(
            "yaml",
            "confidence: {level: high, reason: The page says so.}\n",
            "confidence: {level: moderate, reason: 'The page says so, and only an excerpt of it"
            " was seen.'}\n",
        ),
    ),
    "unread-source": Entry(
        "A claim on a work that was not read",
        "A work that a source cites is cited in that source.",
        example=Example(
            "yaml",
            "sources: [{source: book-not-read, locator: p. 3}]",
            "sources: [{source: article-that-cites-it, locator: note 4, cites: [book-not-read]}]",
        ),
    ),
    "superseded-unmarked": Entry(
        "A replaced claim that does not say so",
        "Readers of the old one must learn of the new.",
        example=Example(
            "yaml",
            "supersedes: [older-figure]\n",
            "supersedes: [older-figure]   # and on older-figure:\n"
            "status: {state: superseded, reason: A newer count replaces it.}\n",
        ),
    ),
    "one-sided-question": Entry(
        "A contested question with one side",
        "Two parties' positions at least are filled in.",
        example=Example(
            "yaml",
            "cells: [{party: armenia, basis: own-words, …}, {party: iran, basis: none-found, …}]",
            "cells: [{party: armenia, basis: own-words, …}, {party: iran, basis: reported, …}]",
        ),
    ),
    "bad-sum": Entry(
        "A sum that cannot be done",
        "The build computes what a correction shows; it needs all parts.",
        example=Example(
            "yaml",
            "formula: barrels / tons\n",
            "formula: barrels / tonnes   # as the quantity is named\n",
        ),
    ),
    "long-quotation": Entry(
        "Long quotation",
        "Twelve words at most, and only where the wording is the fact.",
        example=Example(
            "prose",
            "Russia's foreign ministry said on 8 October 2024 that “control over transport "
            "across the country shall from then on be exercised by guards” [@b].",
            "Russia's foreign ministry said on 8 October 2024 that “control over transport” was "
            "the guards' [@b].",
        ),
    ),
    # Maps
    "feature-without-claim": Entry(
        "Something on a map that rests on nothing",
        "A line on a map asserts as much as a sentence: areas, routes, flows, events, and places"
        " with a note name their claims.",
        example=Example(
            "yaml",
            "- {place: meghri, role: town, note: The pipeline passes here.}\n",
            "- {place: meghri, role: town, note: The pipeline passes here.,"
            " claims: [gas-line-2007]}\n",
        ),
    ),
    "map-view": Entry(
        "A view of a map that is not accounted for",
        "A party's way of naming or drawing has a source; the map says which one is seen at first,"
        " and why.",
        example=Example(
            "yaml",
            "views: [{id: armenian, title: Names used by Armenia, party: armenia, …}]\n",
            "views: [{id: armenian, title: Names used by Armenia, party: armenia,"
            " sources: [{source: gazette, locator: p. 2}], …}]\n",
        ),
    ),
    "outside-extent": Entry("Outside the map", "The point is not within the map's extent."),
    "too-precise": Entry(
        "A point that is finer than it is known",
        "The registry says how precisely a place is known. A map may show it more coarsely, not"
        " more finely, and gives no more decimals of a degree than the precision supports: 4 up to"
        " 0.3 km, 3 up to 3 km, 2 up to 30 km, 1 beyond. A line drawn by hand has at most 3.",
        example=Example(
            "yaml",
            "point: {lat: 40.37801, lon: 49.89, precision_km: 5, coordinates_from: A survey.}\n",
            "point: {lat: 40.38, lon: 49.89, precision_km: 5, coordinates_from: A survey.}\n",
        ),
    ),
    "unknown-land": Entry(
        "Land that the basemap does not have",
        "Areas are lands of the basemap, by their ids, so that no map draws a border of its own."
        " The ids are ISO 3166-1 codes; those of a basemap are listed in its file, under `land`.",
    ),
    "outside-ground": Entry(
        "Outside the ground that the map is drawn on",
        "Each scale of the basemap covers a part of the earth; beyond it nothing is drawn.",
    ),
    "dead-link": Entry("Link to nothing", "No page of the site has this address."),
    "repeated-id": Entry("The same id twice in one list", "Once is enough."),
    "empty-map": Entry("The map shows nothing", "Add a place or a route."),
    "no-basemap": Entry(
        "The basemap cannot be read", "Maps are drawn on the layers in `maps/basemap/`."
    ),
    "place-without-point": Entry(
        "The place has no coordinates", "Give the place `lat`, `lon` and their precision."
    ),
    # Written pages
    "docs-file": Entry(
        "A file that may not be published",
        "Beside written pages lie pictures, PDF and data; scripts and HTML are the theme's.",
    ),
    "docs-front-matter": Entry(
        "Front matter that a written page does not have",
        "Themes print front matter as it is, so it has few keys and no markup.",
    ),
    "docs-html": Entry(
        "HTML in a written page", "Written pages are Markdown; components come by their name."
    ),
    "docs-link": Entry(
        "Link that may not be followed", "Links go to https, http, mailto or a page of the site."
    ),
    # Pages
    "unknown-component": Entry("Unknown component", "No macro of that name exists."),
}

CATALOGUE: Mapping[str, Entry] = MappingProxyType(_ENTRIES)
"""Every code that a problem can carry. Codes never change their meaning."""
