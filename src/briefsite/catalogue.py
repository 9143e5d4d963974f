"""The closed catalogue of problems: stable codes, their severity and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code means, whatever the place it is found at."""

    title: str
    explanation: str
    severity: Literal["error", "warning"] = "error"


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
        "A file name becomes an address: letters from a to z, digits and single hyphens, `.yaml`.",
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
    "macro-syntax": Entry(
        "The macro cannot be compiled", "A build would stop at it: macros are templates of Jinja."
    ),
    "schema-line": Entry(
        "The first line leads to no schema",
        "An editor finds the schema by the first line; with another path it shows nothing.",
        severity="warning",
    ),
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
        "Not an id",
        "Ids are letters from a to z, digits and single hyphens, 64 characters at most.",
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
    "former-id": Entry(
        "A former id that leads elsewhere",
        "An id under `formerly` redirects to its record: nothing else has it or had it.",
    ),
    "reference-cycle": Entry("Refers to itself", "Following the references leads back here."),
    "unused-record": Entry(
        "Nothing refers to the record",
        "It has a page that no other page leads to. This is looked for when no error is left.",
        severity="warning",
    ),
    "term-not-used": Entry(
        "A term that the analysis does not use",
        "A brief explains the terms it names where they first stand in a section, and this one"
        " stands in none.",
        severity="warning",
    ),
    "same-name": Entry(
        "Two records of one name",
        "Mostly one thing described twice, whose evidence then lies on two pages. Actors of another"
        " kind, places of another kind or country, and sources of another type, author, outlet or"
        " date may share a name. This is looked for when no error is left.",
        severity="warning",
    ),
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
    "review-order": Entry(
        "Dates out of order",
        "A review is due after it was last done, and what changed was reviewed.",
    ),
    "change-log": Entry(
        "A change log that the brief contradicts",
        "The newest that it says of a judgement is how the judgement stands.",
    ),
    "said-too-early": Entry(
        "Said before it happened",
        "What has happened, or was said or alleged, is not older than the day it is about.",
    ),
    "date-order": Entry(
        "Dates that cannot follow each other",
        "A work is seen and archived after it appeared; a change log has the newest change first.",
    ),
    "implausible-year": Entry(
        "A year far ahead",
        "A date more than a century after the last review is a slip of the pen.",
    ),
    "unit-spelling": Entry(
        "A unit in another spelling",
        "Each unit has one spelling, so that figures can be compared and computed with.",
    ),
    "impossible-share": Entry(
        "A share of more than the whole", "A share lies between 0 and 100 per cent."
    ),
    # The gate: what a sentence may say, and what it must rest on
    "unsourced-sentence": Entry(
        "A factual sentence without a claim",
        "Each sentence ends with the claims it rests on, `[@claim-id]`, or with `[~]` if it states"
        " no fact and only joins others.",
    ),
    "reference-not-last": Entry(
        "Text behind the last reference",
        "References stand at the end of a sentence, so that nothing in it goes without.",
    ),
    "connective-states-a-fact": Entry(
        "A connective sentence that states a fact",
        "A sentence marked `[~]` holds no number, date, name, quotation or likelihood.",
    ),
    "number-not-in-claim": Entry(
        "A number or month that no cited claim holds",
        "What a sentence counts and dates stands in the text, figures or dates of its claims.",
    ),
    "figure-without-year": Entry(
        "A figure without its year",
        "A quantity in prose has its year in the same sentence.",
    ),
    "figure-without-unit": Entry(
        "A figure without its unit",
        "A number in prose says what it counts, and in what unit.",
    ),
    "claim-without-figure": Entry(
        "A claim of kind figure without `figures`",
        "Its value, unit and year are data.",
    ),
    "figure-not-in-text": Entry(
        "A figure that its claim's text contradicts",
        "Where the text has a number of the figure's unit, it is that of the figure, or of another"
        " figure of the claim.",
    ),
    "likelihood-wording": Entry(
        "Likelihood in other words than the seven bands",
        "A judgement says one of the bands of ICD 203, once, and the same as its field.",
    ),
    "likelihood-with-confidence": Entry(
        "Likelihood and confidence in one sentence",
        "How likely something is and how good the evidence is are two things.",
    ),
    "hollow-reason": Entry(
        "A reason that says nothing",
        "A confidence, a grade, a standing and a stance each say what they rest on.",
    ),
    "allegation-without-answer": Entry(
        "An allegation without the answer",
        "The denial, or that no response was found, stands with the claim and in the paragraph.",
    ),
    "allegation-as-fact": Entry(
        "An allegation told as a fact",
        "The sentence says who accuses whom of what.",
    ),
    "motive-without-attribution": Entry(
        "A motive without a speaker",
        "What someone wants or fears is said by somebody: the sentence names them.",
    ),
    "loaded-word": Entry(
        "A word that takes sides",
        "Words of the list in the registry stand in attributed quotations only.",
    ),
    "contested-name": Entry(
        "A contested name without the other",
        "At the first mention on a page each side's name stands beside the other.",
    ),
    "disguised-word": Entry(
        "A word in letters of two scripts",
        "Look-alike letters and loose marks hide a word from search, and from these rules.",
    ),
    "unknown-states-a-fact": Entry(
        "An unknown that states a fact",
        "What is listed there says that something is not known.",
    ),
    "judgement-on-low-confidence": Entry(
        "Low confidence in a summary or among the key judgements",
        "What is weak does not lead: no judgement of low confidence, no such claim under one.",
    ),
    "judgement-on-one-excerpt": Entry(
        "A key judgement on one stored page",
        "A page of which an excerpt was seen is never alone under a key judgement.",
    ),
    "excerpt-without-day": Entry(
        "An excerpt without the day it was seen",
        "Pages change: the day says which one was seen.",
    ),
    "excerpt-too-sure": Entry(
        "High confidence in excerpts",
        "What was not read whole bears moderate confidence at most.",
    ),
    "unread-source": Entry(
        "A claim on a work that was not read",
        "A work that a source cites is cited in that source.",
    ),
    "superseded-unmarked": Entry(
        "A replaced claim that does not say so",
        "Readers of the old one must learn of the new.",
    ),
    "one-sided-question": Entry(
        "A contested question with one side",
        "Two parties' positions at least are filled in.",
    ),
    "bad-sum": Entry(
        "A sum that cannot be done",
        "The build computes what a correction shows; it needs all parts.",
    ),
    "mixed-units": Entry(
        "A chart of several units",
        "Bars are compared by their length, which says nothing of kilometres beside dollars.",
    ),
    "bad-chart": Entry(
        "A chart that cannot be drawn",
        "Each of its marks is one figure of a claim, at zero or above, and told from the others.",
    ),
    "long-quotation": Entry(
        "Long quotation",
        "Twelve words at most, and only where the wording is the fact.",
    ),
    # Maps
    "feature-without-claim": Entry(
        "Something on a map that rests on nothing",
        "A line on a map asserts as much as a sentence: areas, routes, flows, events, and places"
        " with a note name their claims.",
    ),
    "map-view": Entry(
        "A view of a map that is not accounted for",
        "A party's way of naming or drawing has a source; the map says which one is seen at first,"
        " and why.",
    ),
    "swapped-point": Entry(
        "Latitude and longitude changed places",
        "Degrees north are `lat`, degrees east `lon`; a point of a route is `[lon, lat]`.",
    ),
    "outside-extent": Entry("Outside the map", "The point is not within the map's extent."),
    "too-precise": Entry(
        "A point that is finer than it is known",
        "The registry says how precisely a place is known. A map may show it more coarsely, not"
        " more finely, and neither gives more decimals of a degree than the precision supports: 4"
        " up to 0.3 km, 3 up to 3 km, 2 up to 30 km, 1 beyond. A line drawn by hand has at most 3.",
    ),
    "unknown-land": Entry(
        "Land that the basemap does not have",
        "Areas are lands of the basemap, by their ids, so that no map draws a border of its own."
        " The ids are ISO 3166-1 codes; those of a basemap are listed in its file, under `land`.",
    ),
    "wrong-side": Entry(
        "A place on the wrong side of a border",
        "A basemap of a large part of the earth draws borders with few points, so that a place near"
        " one may stand in the country beside its own. What lies in no country there is let pass.",
        severity="warning",
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
    # Languages
    "catalogue-syntax": Entry(
        "The catalogue cannot be read", "Nothing of a catalogue with a mistake is used."
    ),
    "catalogue-places": Entry(
        "A translation with other places than its message",
        "Places, such as `%(date)s`, stand for what the page puts there: a translation has each"
        " of those of its message, as it is written, and no other.",
    ),
    "catalogue-markup": Entry(
        "Markup in a translation", "Translations are text; links and emphasis come with the places."
    ),
    "unknown-language": Entry(
        "A language that nobody knows",
        "Languages are named by their codes (BCP 47), such as `az`, `fa` or `pt-BR`.",
    ),
    "translation-count": Entry(
        "A translation of what the original has not",
        "Lists without ids follow the original item by item: all of one are translated, or none.",
    ),
    "translation-references": Entry(
        "A translation that rests on other claims",
        "What is translated keeps the references and links of the original, and has no others.",
    ),
    "translation-number": Entry(
        "A number that the original has not",
        "Numbers are compared by their digits, however a language parts them. Those up to 31 may be"
        " said in words.",
    ),
    "translation-outdated": Entry(
        "The translation is older than its original",
        "The original was reviewed after it was translated: readers are told.",
        severity="warning",
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
