"""Library to site: pages, maps and data together, each file at one address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from types import MappingProxyType

from briefsite.data import brief_json, library_json
from briefsite.maps import GroundError, draw_maps
from briefsite.model.library import Library
from briefsite.pages import Page, Templates, Written, build_pages, expand_inserts
from briefsite.pages.page import address_of
from briefsite.publish import Press
from briefsite.report import Problem, ordered
from briefsite.search import library_items, search_index, written_items
from briefsite.site.docs import Docs, read_docs
from briefsite.site.links import check_links
from briefsite.site.project import Project

NOINDEX = "noindex"


@dataclass(frozen=True)
class Site:
    """Everything the generator adds to the engine's own files.

    `pages` are generated, `docs` hand-written (file in `docs/` → Markdown with its
    components), `files` whatever is no page (site path → content). No two share an address.
    """

    pages: tuple[Page, ...]
    docs: Mapping[str, Written]
    files: Mapping[str, bytes]
    assets: tuple[str, ...] = ()
    """What lies beside the hand-written pages, such as pictures: paths below `docs/`."""
    unlisted: bool = False
    """Whether search engines are told not to list its pages."""
    notes: tuple[str, ...] = ()
    """What is not as one would wish, for the eyes of whoever publishes."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of all pages, for the sitemap."""
        hand_written = (address_of(source) for source in self.docs)
        return tuple(sorted({*hand_written, *(page.address for page in self.pages)}))


class AssemblyError(Exception):
    """The library is right, but its site cannot be put together; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def assemble(
    project: Project, library: Library, press: Press | None = None, *, unlisted: bool = False
) -> Site:
    """Make every generated file of a project; with a press, also what is only published.

    `unlisted` marks it as a preview, for search engines. Raises AssemblyError.
    """
    try:
        drawn = draw_maps(library, project.basemap)
    except (OSError, GroundError) as error:
        raise AssemblyError([_no_basemap(error)]) from error
    templates = Templates(project.macros, library, drawn.maps, published=press is not None)
    files: dict[str, bytes] = dict(drawn.files)
    for entry in library.briefs.values():
        files[f"data/{entry.id}.json"] = brief_json(library, entry)
    files["data/library.json"] = library_json(library)
    pages = tuple(build_pages(templates))
    if unlisted:
        pages = tuple(replace(page, robots=NOINDEX) for page in pages)
        files = {name: _unlisted(name, content) for name, content in files.items()}
    notes: tuple[str, ...] = ()
    if press is not None:
        printed = press.print(library, drawn, pages)
        files |= printed.files
        notes = printed.notes
        pages = tuple(replace(page, card=astuple(printed.card(page))) for page in pages)
    written = read_docs(project.docs, project.components)
    problems = [*written.problems, *_check_addresses(pages, written, files)]
    others = {**dict.fromkeys(files, ""), **{address_of(name): name for name in written.pages}}
    others |= {_address_of_file(name): name for name in (*files, *written.assets)}
    problems += check_links(project, library, pages, others)
    if problems:
        raise AssemblyError(ordered(problems))
    docs = {name: expand_inserts(text, name, templates) for name, text in written.pages.items()}
    hand_written = {address_of(name): text for name, text in written.pages.items()}
    files |= search_index((*library_items(library), *written_items(hand_written)))
    return Site(
        pages, MappingProxyType(docs), MappingProxyType(files), written.assets, unlisted, notes
    )


def _unlisted(name: str, content: bytes) -> bytes:
    """A file of a preview; pages that are whole by themselves, such as maps, are told here."""
    if not name.endswith(".html"):
        return content
    return content.replace(b"<head>", f'<head><meta name="robots" content="{NOINDEX}">'.encode(), 1)


def _no_basemap(error: OSError | GroundError) -> Problem:
    reason = (error.strerror or "unreadable") if isinstance(error, OSError) else str(error)
    message = f"the ground of the maps cannot be read: {reason.lower()}"
    return Problem("maps/basemap", 1, 1, "no-basemap", message, "restore it, or run `make basemap`")


def _check_addresses(
    pages: tuple[Page, ...], written: Docs, files: Mapping[str, bytes]
) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    wanted = [(page.address, page.origin) for page in pages]
    wanted += [(_address_of_file(path), path) for path in files]
    wanted += [(address_of(source), f"docs/{source}") for source in written.pages]
    wanted += [(_address_of_file(name), f"docs/{name}") for name in written.assets]
    for address, origin in wanted:
        if address in taken:
            message = f"'/{address}' is already the address of {taken[address]}"
            yield Problem(origin, 1, 1, "address-collision", message, "rename one of the two")
        taken.setdefault(address, origin)


def _address_of_file(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/".lstrip("/") if name == "index.html" else path
