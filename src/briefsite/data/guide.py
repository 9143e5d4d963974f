"""What programs are told of the site: `llms.txt` for readers, `robots.txt` for crawlers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefsite.data.addresses import Addresses
from briefsite.data.markdown import escaped
from briefsite.model.library import BriefEntry, Library


def llms_txt(library: Library, addresses: Addresses) -> bytes:
    """The publication in short, and each brief's Markdown, by topic (llmstxt.org)."""
    return ("\n".join(_lines(library, addresses)) + "\n").encode()


def _lines(library: Library, addresses: Addresses) -> Iterator[str]:
    publication = library.publication
    yield from (f"# {escaped(publication.title)}", "", f"> {escaped(publication.tagline)}", "")
    yield escaped(publication.coverage)
    yield ""
    yield "Every sentence of a brief names the claims it rests on, by number; every claim names"
    yield "its source and the place in it, how sure we are and why, and who contests it. Cite a"
    yield f"claim by its own address. Text {escaped(publication.licence)}."
    yield ""
    for topic in library.topics.values():
        found = [e for e in library.current.values() if e.record.topic == topic.id]
        if found:
            yield from (f"## {escaped(topic.title)}", "")
            yield from _briefs(found, addresses)
            yield ""
    yield from ("## Optional", "")
    for path, title, about in (
        ("data/library.json", "Library", "every record of the publication as JSON"),
        ("data/library.csv", "Claims", "every claim as CSV"),
        ("data/library.figures.csv", "Figures", "every figure as CSV"),
    ):
        yield f"- [{title}]({addresses.nearest(path)}): {about}"
    if library.withdrawn:
        yield from ("", "Withdrawn, and not to be relied on:", "")
        yield from _briefs(library.withdrawn.values(), addresses)


def _briefs(entries: Iterable[BriefEntry], addresses: Addresses) -> Iterator[str]:
    for entry in entries:
        brief = entry.record
        about = f"{escaped(brief.summary.text)} Reviewed {brief.reviewed.words()}."
        address = addresses.nearest(f"data/{entry.id}.md")
        yield f"- [{escaped(brief.title)}]({address}): {about}"


def robots_txt(addresses: Addresses, *, unlisted: bool = False) -> bytes:
    """Everything may be read; the sitemap says where all of it is. A preview is for nobody."""
    if unlisted:
        return b"User-agent: *\nDisallow: /\n"
    sitemap = addresses.absolute("sitemap.xml")
    return ("User-agent: *\nAllow: /\n" + (f"Sitemap: {sitemap}\n" if sitemap else "")).encode()
