"""A brief as schema.org sees it (JSON-LD), for the head of its page.

A brief is a `Report`. It is no `ClaimReview`: that type rates whether what someone else claimed is
true, and its readers show the rating as a verdict. Confidence here says how good the evidence for a
statement of ours is, likelihood what may happen; neither is a verdict on anyone's truth. What it
cites is named by its page, because a reader waits for every byte of a head.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefsite.compact import script_json
from briefsite.data.addresses import Addresses
from briefsite.model.dates import Edtf
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.translations import Translated

_FILES = (("json", "application/json"), ("csv", "text/csv"), ("geojson", "application/geo+json"))


def linked_data(
    library: Library,
    entry: BriefEntry,
    addresses: Addresses,
    translations: Sequence[str] = (),
    translated: Translated | None = None,
) -> str:
    """JSON that can stand within an element of a page, whatever the texts of the brief hold.

    `translations` are the pages of a brief's translations. Of a brief that is `translated` it is
    the translation that is told of.
    """
    # From the page itself, where nobody said where the site will be.
    up = "../../" if translated is None else "../../../"
    here = "" if addresses.base else up
    report = _report(library, entry, addresses, here)
    if translations:
        report["workTranslation"] = [{"@id": addresses.nearest(p, here)} for p in translations]
    if translated is not None:
        report |= _translation(translated, entry, addresses, here)
    return script_json(report)


def _translation(
    translated: Translated, entry: BriefEntry, addresses: Addresses, here: str
) -> dict[str, Any]:
    """What a translation says of itself; all else is as of the brief."""
    given, address = translated.record, addresses.nearest(translated.address, here)
    return {
        "@id": address,
        "url": address,
        "inLanguage": given.language,
        "translator": {"@type": "Person", "name": given.translator},
        "translationOfWork": {"@id": addresses.nearest(f"briefs/{entry.id}/", here)},
        "dateModified": _iso(given.original_reviewed),
        "version": given.original_reviewed.text,
    }


def _report(library: Library, entry: BriefEntry, addresses: Addresses, here: str) -> dict[str, Any]:
    brief, publication = entry.record, library.publication
    address = addresses.nearest(f"briefs/{entry.id}/", here)
    published = min((c.date for c in brief.changes), key=lambda d: d.sort_key, default=None)
    direct = dict.fromkeys(c.source for claim in brief.claims for c in claim.sources)
    by = [{"@type": "Person", "name": name} for name in brief.authors]
    found = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": address,
        "url": address,
        "headline": brief.title,
        "abstract": entry.summary,
        "inLanguage": brief.language,
        "author": by or [{"@type": "Organization", "name": publication.byline}],
        "publisher": {"@type": "Organization", "name": publication.title},
        "publishingPrinciples": addresses.nearest("editorial-policy/", here),
        "license": {"@type": "CreativeWork", "name": publication.licence},
        "about": [{"@type": "Thing", "name": library.topics[brief.topic].title}],
        "creativeWorkStatus": brief.state(library.as_of).capitalize(),
        "datePublished": published and _iso(published),
        "dateModified": _iso(brief.reviewed),
        "version": brief.reviewed.text,
        "expires": _iso(brief.review_by),
        "isBasedOn": {
            "@type": "Dataset",
            "name": f"Claims of “{brief.title}”",
            "description": "Every claim of the brief with its sources, figures and confidence.",
            "license": publication.licence,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": kind,
                    "contentUrl": addresses.nearest(f"data/{entry.id}.{ending}", here),
                }
                for ending, kind in _FILES
            ],
        },
        "citation": [{"@id": addresses.nearest(f"sources/{key}/", here)} for key in direct],
    }
    return {key: value for key, value in found.items() if value}


def _iso(date: Edtf) -> str | None:
    """The date in ISO 8601 with the precision it has, if that is all there is to it."""
    point = date.start
    if point is None or date.is_interval or point.precision in ("decade", "century"):
        return None
    return date.text.rstrip("~?%")
