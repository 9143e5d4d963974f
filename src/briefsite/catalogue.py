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
        "Refers to a draft", "A draft is not published, so nothing published can rest on it."
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
    "review-order": Entry("Dates out of order", "A review is due after it was last done."),
    "judgement-on-low-confidence": Entry(
        "A key judgement on low-confidence claims alone",
        "Claims of low confidence never headline: add a stronger claim, or move the judgement.",
    ),
    "long-quotation": Entry(
        "Long quotation", "Twelve words at most, and only where the wording is the fact."
    ),
    # Maps
    "outside-extent": Entry("Outside the map", "The point is not within the map's extent."),
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
