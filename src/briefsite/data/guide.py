"""What programs are told of the site: `llms.txt` for readers, `robots.txt` for crawlers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefsite.data.addresses import Addresses
from briefsite.data.markdown import escaped
from briefsite.languages import ENGLISH, Language
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.translations import TranslationEntry

_BRIEFS_TOLD = 100
"""As many as a program can read at once; it finds the others in the library."""


def llms_txt(
    library: Library,
    addresses: Addresses,
    language: Language = ENGLISH,
    translations: Sequence[TranslationEntry] = (),
) -> bytes:
    """The publication in short, and the Markdown of its newest briefs, by topic (llmstxt.org)."""
    return ("\n".join(_lines(library, addresses, language, translations)) + "\n").encode()


def _lines(
    library: Library,
    addresses: Addresses,
    language: Language,
    translations: Sequence[TranslationEntry],
) -> Iterator[str]:
    publication, say = library.publication, language.gettext
    yield from (f"# {escaped(publication.title)}", "", f"> {escaped(publication.tagline)}", "")
    yield escaped(publication.coverage)
    yield ""
    yield say(
        "Every sentence of a brief names the claims it rests on, by number; every claim names\n"
        "its source and the place in it, how sure we are and why, and who contests it. Cite a\n"
        "claim by its own address. Text %(licence)s.",
        licence=escaped(publication.licence),
    )
    yield ""
    told = {entry.id for entry in library.newest[:_BRIEFS_TOLD]}
    if len(told) < len(library.current):
        whole = language.count(len(library.current))
        yield say(
            "These are the %(number)s newest briefs of %(all)s; the library has all.",
            number=language.count(len(told)),
            all=whole,
        )
        yield ""
    for topic in library.topics.values():
        listed = (e for e in library.current.values() if e.id in told)
        found = [e for e in listed if e.record.topic == topic.id]
        if found:
            yield from (f"## {escaped(topic.title)}", "")
            yield from _briefs(found, addresses, language, translations)
            yield ""
    # A word of the format: programs look for it as it is.
    yield from ("## Optional", "")
    for path, title, about in (
        ("data/library.json", say("Library"), say("every record of the publication as JSON")),
        ("data/library.csv", say("Claims"), say("every claim as CSV")),
        ("data/library.figures.csv", say("Figures"), say("every figure as CSV")),
    ):
        yield f"- [{title}]({addresses.nearest(path)}): {about}"
    if library.withdrawn:
        yield from ("", say("Withdrawn, and not to be relied on:"), "")
        yield from _briefs(library.withdrawn.values(), addresses, language, translations)


def _briefs(
    entries: Iterable[BriefEntry],
    addresses: Addresses,
    language: Language,
    translations: Sequence[TranslationEntry],
) -> Iterator[str]:
    for entry in entries:
        brief = entry.record
        reviewed = language.gettext("Reviewed %(date)s.", date=language.date(brief.reviewed))
        address = addresses.nearest(f"data/{entry.id}.md")
        yield f"- [{escaped(brief.title)}]({address}): {escaped(brief.summary.text)} {reviewed}"
        for each in translations:
            if each.brief == entry.id:
                address = addresses.nearest(f"data/{each.brief}.{each.language}.md")
                title = escaped(each.record.title or brief.title)
                name = Language(each.language).name
                about = language.gettext("the same in %(language)s", language=name)
                yield f"  - [{title}]({address}): {about}"


def robots_txt(addresses: Addresses, *, unlisted: bool = False) -> bytes:
    """Everything may be read; the sitemap says where all of it is. A preview is for nobody."""
    if unlisted:
        return b"User-agent: *\nDisallow: /\n"
    sitemap = addresses.absolute("sitemap.xml")
    return ("User-agent: *\nAllow: /\n" + (f"Sitemap: {sitemap}\n" if sitemap else "")).encode()
