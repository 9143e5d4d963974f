"""Library to site: pages, maps and data together, each file at one address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import astuple
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from briefsite.charts import chart_files
from briefsite.check import TranslationChecker
from briefsite.data import Addresses, data_files
from briefsite.docs import Docs, read_docs
from briefsite.languages import ENGLISH, Language, Languages, bare_language, read_languages
from briefsite.maps import Desk, GroundError, Keep, Telling
from briefsite.model.lazy import Lazy, Memory
from briefsite.model.library import Library
from briefsite.model.translations import Translated, TranslationEntry, translate
from briefsite.model.wanted import Wanted
from briefsite.pages import (
    Macros,
    Page,
    Templates,
    Written,
    build_pages,
    build_redirects,
    expand_inserts,
    lists_of,
    macro_environment,
    part_files,
)
from briefsite.pages.page import address_of
from briefsite.project import Project, stamp
from briefsite.report import Problem, has_errors, ordered
from briefsite.search import (
    FOLDER,
    Item,
    index_files,
    library_parts,
    tell,
    translated_items,
    written_items,
)
from briefsite.site.assembled import Site
from briefsite.site.links import check_links, check_moved
from briefsite.site.pieces import kept_data, kept_docs, kept_file, kept_page
from briefsite.site.reuse import Reuse
from briefsite.styles import style_sheet

if TYPE_CHECKING:
    from briefsite.publish import Press, Printed

SEARCH_INDEX = f"{FOLDER}/index.js"
"""The piece of the search index that names all others."""

NOINDEX = "noindex"

_STYLE = "assets/briefsite/material.css"


class AssemblyError(Exception):
    """The library is right, but its site cannot be put together; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def assemble(
    project: Project,
    library: Library,
    press: Press | None = None,
    *,
    site_url: str = "",
    unlisted: bool = False,
) -> Site:
    """Put every generated file of a project together. Raises AssemblyError."""
    return Assembler(project).assemble(library, press, site_url=site_url, unlisted=unlisted)


class Assembler:
    """Puts the sites of one project together, one after the other, as its sources change.

    What the next one can use again is kept: compiled macros, drawn maps, hand-written pages.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self._desk = Desk(project.basemap)
        self._memory = Memory()
        self._macros: dict[Language, Macros] = {}
        self._languages: tuple[object, Languages] | None = None
        self._translations = TranslationChecker(project.root)
        self._written: tuple[object, Docs] | None = None

    def assemble(
        self,
        library: Library,
        press: Press | None = None,
        *,
        site_url: str = "",
        unlisted: bool = False,
        reuse: Reuse | None = None,
        wanted: Wanted | None = None,
    ) -> Site:
        """The site of a library, with nothing rendered that nobody asked for.

        With a press there is also what is only published, made at once. A preview is `unlisted`,
        for search engines. `site_url` is where the site will be: without it there are no feeds,
        and references lack the address. With `reuse`, which is of this library, pieces are taken
        from the build before. Of a site of which all but some units stand, those that are `wanted`
        are put together, with little else; that it fits together is not looked at again. Raises
        AssemblyError.
        """
        with nullcontext() if reuse is None else reuse.assembling():
            return self._assemble(library, press, site_url, unlisted, reuse, wanted)

    def _assemble(
        self,
        library: Library,
        press: Press | None,
        site_url: str,
        unlisted: bool,
        reuse: Reuse | None,
        wanted: Wanted | None,
    ) -> Site:
        project, addresses, whole_library = self.project, Addresses(site_url), library
        languages = self._read_languages()
        home = languages.get(library.publication.language) or ENGLISH
        keep: Keep = lambda name, make: make  # noqa: E731
        if reuse is not None:
            library = reuse.library
            keep = partial(kept_file, reuse)
        translations = self._translations.read()
        public = [each for each in translations.entries if each.brief in library.briefs]
        translated = {
            each.name: library.shared(partial(translate, library, each)) for each in public
        }
        tellings = [_telling(library, languages, each, translated[each.name]) for each in public]
        try:
            shown = None if wanted is None else _shown(library, wanted)
            scales = None if reuse is None else reuse.scales
            drawn = self._desk.draw(library, home, keep, tellings, shown, scales)
        except (OSError, GroundError) as error:
            raise AssemblyError([_no_basemap(error)]) from error
        templates = Templates(
            project.macros,
            library,
            drawn.maps,
            told_maps=drawn.told,
            compiled=partial(self._compiled, reuse),
            languages=languages,
            addresses=addresses,
            published=press is not None,
            memory=self._memory,
        )
        pages = tuple(build_pages(templates, public, wanted))
        if reuse is not None:
            pages = tuple(kept_page(reuse, page) for page in pages)
        written = self._read_docs()
        whole: dict[str, Callable[[], bytes]] = {}
        if wanted is None:
            whole |= build_redirects(templates)
            whole |= part_files(templates)
        whole |= chart_files(library, addresses, templates.language, wanted)
        whole[_STYLE] = lambda: style_sheet().encode()
        printed = None
        if press is not None:
            printed = press.print(library, drawn, pages, languages, translated)
        data = data_files(
            library,
            addresses,
            unlisted=unlisted,
            languages=languages,
            translations=public,
            translated=translated,
            wanted=wanted,
        )
        if reuse is not None:
            data = kept_data(reuse, library, data)
            whole = {name: keep(name, make) for name, make in whole.items()}
        whole |= {name: partial(drawn.files.__getitem__, name) for name in drawn.files}

        def further() -> Iterator[Item]:
            for each, told in zip(public, translated.values(), strict=True):
                speaks = templates.speaking(each.language).language
                yield from translated_items(told(), each.address, speaks)
            hand_written = {address_of(name): text for name, text in written.pages.items()}
            yield from written_items(hand_written, templates.language)

        found = Lazy(_search_parts(library, templates.language, keep, further))
        index = partial(_index, found, templates.language)
        files = _files(whole, data, printed, index, unlisted=unlisted)
        if printed is not None:
            pages = tuple(page.with_frame(card=astuple(printed.card(page))) for page in pages)
        if unlisted:
            pages = tuple(page.with_frame(robots=NOINDEX) for page in pages)
        problems = [*languages.problems, *translations.problems, *written.problems]

        def list_others() -> set[str]:
            named = (*files.known, *written.assets)
            return {*files.known, *map(address_of, written.pages), *map(_address_of_file, named)}

        if wanted is None:
            problems += _check_addresses(pages, written, files.known)
            problems += check_links(project, whole_library, pages, list_others)
            problems += check_moved(written.pages, lists_of(templates))
        if has_errors(problems):
            raise AssemblyError(ordered(problems))
        expand: dict[str, Callable[[], Written]] = {}
        for name, text in written.pages.items():
            if wanted is not None and f"docs/{name}" not in wanted:
                continue
            expand[name] = partial(expand_inserts, text, name, templates)
            if reuse is not None:
                expand[name] = kept_docs(reuse, name, expand[name])
        notes = (
            *(f"{p.path}:{p.line}:{p.column}: {p.severity}: {p.message}" for p in problems),
            *languages.notes,
            *(printed.notes if printed is not None else ()),
        )
        return Site(
            pages,
            Lazy(expand),
            files,
            written.assets,
            unlisted,
            frame=templates.frame,
            notes=notes,
            drawn=drawn.files,
            sizes=drawn.sizes,
            found=found,
            reuse=reuse,
        )

    def _compiled(self, reuse: Reuse | None, language: Language) -> Macros:
        if language not in self._macros:
            self._macros[language] = macro_environment(self.project.macros, language)
        found = self._macros[language]
        found.forget_changed()
        found.bytecode_cache = None if reuse is None else reuse.bytecode(language)
        return found

    def _read_languages(self) -> Languages:
        project = self.project
        state = stamp(project.languages)
        if self._languages is None or self._languages[0] != state:
            self._languages = state, read_languages(project.root)
            self._macros.clear()
        return self._languages[1]

    def _read_docs(self) -> Docs:
        project = self.project
        state = (project.components, stamp(project.docs))
        if self._written is None or self._written[0] != state:
            self._written = state, read_docs(project.docs, project.components)
        return self._written[1]


def _telling(
    library: Library, languages: Languages, entry: TranslationEntry, tell: Callable[[], Translated]
) -> Telling:
    """What the maps of a brief are drawn from for a translation of it."""
    language = languages.get(entry.language) or bare_language(entry.language)
    shown = library.briefs[entry.brief].record.maps
    return Telling(entry.name, shown, language, partial(_library_of, tell), entry)


def _library_of(tell: Callable[[], Translated]) -> Library:
    return tell().library


def _shown(library: Library, wanted: Wanted) -> Iterable[str]:
    """The maps of which a file is wanted, or which are shown on the page of a brief that is."""
    briefs = (library.briefs[key] for key in wanted.of("briefs") if key in library.briefs)
    shown = (key for entry in briefs for key in entry.record.maps)
    return {key: None for key in (*wanted.of("maps"), *shown) if key in library.maps}


def _search_parts(
    library: Library, language: Language, keep: Keep, further: Callable[[], Iterable[Item]]
) -> Mapping[str, Callable[[], bytes]]:
    """What makes the parts of the search index; `further` items are told after those of briefs, as
    these stand."""
    parts: dict[str, Callable[[], bytes]] = {}
    for part, make in library_parts(library, language).items():
        name = f"{FOLDER}/{part.replace('/', '-')}"
        parts[name] = keep(name, make)
    parts[FOLDER] = keep(FOLDER, lambda: tell(further()))
    return parts


def _index(found: Lazy[bytes], language: Language) -> Mapping[str, bytes]:
    """The search index, for which its parts are taken."""

    def take() -> Iterator[bytes]:
        for name in found.known:
            yield found[name]
            found.forget(name)

    return index_files(take(), language)


def _files(
    whole: Mapping[str, Callable[[], bytes]],
    data: Mapping[str, Callable[[], bytes]],
    printed: Printed | None,
    index: Callable[[], Mapping[str, bytes]],
    *,
    unlisted: bool,
) -> Lazy[bytes]:
    """Whatever is no page of the engine: maps, redirects, data, pieces of the search index.

    `whole` are those that an engine puts nothing around.
    """

    def given(name: str) -> bytes:
        content = whole[name]()
        return _unlisted(name, content) if unlisted else content

    makers: dict[str, Callable[[], bytes]] = {name: partial(given, name) for name in whole}
    makers |= data
    if printed is not None:
        makers |= {name: partial(bytes, content) for name, content in printed.files.items()}

    return Lazy(makers, index)


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
    pages: tuple[Page, ...], written: Docs, files: Collection[str]
) -> Iterator[Problem]:
    wanted = chain(
        ((page.address, page.origin) for page in pages),
        ((_address_of_file(path), path) for path in files),
        ((address_of(source), f"docs/{source}") for source in written.pages),
        ((_address_of_file(name), f"docs/{name}") for name in written.assets),
    )
    taken: dict[str, str] = {}
    for address, origin in wanted:
        if address not in taken:
            taken[address] = origin
        else:
            message = f"'/{address}' is already the address of {taken[address]}"
            yield Problem(origin, 1, 1, "address-collision", message, "rename one of the two")


def _address_of_file(path: str) -> str:
    if not path.endswith("index.html"):
        return path  # as nearly all are
    folder, _, name = path.rpartition("/")
    return f"{folder}/".lstrip("/") if name == "index.html" else path
