"""The Jinja environment: strict, escaping, fed with frozen records."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import jinja2
from markupsafe import Markup

from briefsite.charts import Band, Shown, show_chart, timeline_band
from briefsite.data import NOWHERE, Addresses
from briefsite.languages import ENGLISH, NONE, Language, Languages, tell_languages
from briefsite.model.entries import MapEntry
from briefsite.model.lazy import Forms, Memory
from briefsite.model.library import Library
from briefsite.model.parts import Overviews, Words
from briefsite.model.prose import Prose
from briefsite.model.records import Chart, Event, Source, Sum
from briefsite.model.staleness import Staleness
from briefsite.model.sums import Computed, compute
from briefsite.model.translations import Translated
from briefsite.pages.codegen import Modules, escape_text
from briefsite.pages.frame import frame as frame_of
from briefsite.pages.macros import link, macro_environment
from briefsite.pages.page import compact, printed, relative
from briefsite.pages.prose import escape_prose, render_prose
from briefsite.pages.terms import Named, Term, Terms

_REGISTRY = {
    "actors": ("actors", "name"),
    "agreements": ("agreements", "title"),
    "glossary": ("terms", "name"),
    "places": ("places", "name"),
    "sources": ("sources", "label"),
}
"""Where pages of records stand: the attribute of the library, and what a record is called by."""


class MapView(Protocol):
    """What pages show of a map: its address, its picture's size in pixels, features, and views."""

    @property
    def address(self) -> str: ...

    @property
    def size(self) -> tuple[int, int]: ...

    @property
    def rows(self) -> Callable[[Library, Language], Sequence[object]]: ...

    @property
    def views(self) -> Sequence[object]: ...


class TemplateError(Exception):
    """A macro cannot be rendered: a mistake of its programmer, with its file and line."""


class Templates:
    """The macros of a project, ready to render for one library.

    In a published site there are more files for pages to lead to: `published` tells the macros.
    """

    def __init__(
        self,
        folder: Path,
        library: Library,
        maps: Mapping[str, MapView],
        *,
        told_maps: Mapping[str, MapView] = MappingProxyType({}),
        compiled: Callable[[Language], jinja2.Environment] | None = None,
        languages: Languages = NONE,
        addresses: Addresses = NOWHERE,
        published: bool = False,
        memory: Memory | None = None,
    ) -> None:
        """`memory` is of the templates of the project before these, if there were any."""
        self.folder = folder
        self.addresses = addresses
        self.published = published
        self.library = library
        self.maps = maps
        self._told_maps = told_maps
        self.staleness = Staleness(library)
        self.memory = memory or Memory()
        self._terms = library.shared(partial(_find_terms, library, self.memory))
        self.languages = languages
        self._compiled = compiled or partial(macro_environment, folder)
        self._speaking: dict[Language, Templates] = {}
        home = languages.get(library.publication.language) or ENGLISH
        words = Words(home.date, home.years, home.gettext("Others"))
        self.overviews = Overviews(library, words)
        self._speak(home)

    def _speak(self, language: Language) -> None:
        self.language = language
        self.environment = self._compiled(language)
        self._bind()

    def _bind(self) -> None:
        """Make what templates can use; it is the same for all pages but for the page at hand."""
        self._page = _Page(self)
        self._modules = Modules(self.environment, self._context())

    def speaking(self, code: str) -> Templates:
        """The same in another language, if there is a catalogue for it; else these."""
        language = self.languages.get(code)
        if language is None or language is self.language:
            return self
        if language not in self._speaking:
            self._speaking[language] = copy(self)
            self._speaking[language]._speak(language)
        return self._speaking[language]

    def telling(self, told_brief: Translated) -> Templates:
        """The same as a translation tells it, with its maps."""
        name = f"{told_brief.entry.id}.{told_brief.record.language}"
        told = copy(self)
        told.library = told_brief.library
        named = {key: f"{key}.{name}" for key in told_brief.entry.record.maps}
        told.maps = Forms(
            {
                key: partial(self._told_maps.__getitem__, known)
                if known in self._told_maps
                else partial(self.maps.__getitem__, key)
                for key, known in named.items()
            }
        )
        told._speaking = {}  # those say it as this one does
        told._bind()
        return told

    @property
    def frame(self) -> Mapping[str, object]:
        """What pages tell the theme of their language; nothing where all is English."""
        home = self.languages.get(self.library.publication.language) or ENGLISH
        return {} if home is self.language is ENGLISH else frame_of(self.language)

    @property
    def terms(self) -> Terms:
        """The names of the registry that prose can hold."""
        return self._terms()

    def names(self, folder: str) -> list[str]:
        """The templates in a folder of the macros, without their endings."""
        start, end = f"{folder}/", ".html.j2"
        found = self.environment.list_templates(
            filter_func=lambda name: name.startswith(start) and name.endswith(end)
        )
        return [name.removeprefix(start).removesuffix(end) for name in found]

    def render(self, name: str, here: str, **values: Any) -> str:
        """HTML of a template for the page at address `here`, without blank lines.

        `own` and `foreign` claims among the values are numbered for the page's references.
        """
        own, foreign = values.get("own", ()), values.get("foreign", ())
        context = self.context(here, [c.id for c in own], [c.id for c in foreign])
        try:
            markup = self.environment.get_template(f"{name}.html.j2").render({**context, **values})
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(f"{error.name}:{error.lineno}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"{self._place(error, name)}: no file '{error.name}'") from error
        except jinja2.TemplateError as error:
            raise TemplateError(f"{self._place(error, name)}: {error.message}") from error
        return printed(compact(tell_languages(markup, self.language)))

    def _place(self, error: Exception, name: str) -> str:
        """The innermost line of a macro that an error came through, as `FILE:LINE`."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            path = Path(frame.filename)
            if path.suffix == ".j2" and path.is_relative_to(self.folder):
                return f"{path.relative_to(self.folder).as_posix()}:{frame.lineno}"
        return f"{name}.html.j2:1"

    def context(
        self, here: str, own: Sequence[str] = (), foreign: Sequence[str] = ()
    ) -> dict[str, Any]:
        """What every template can use, bound to a page until the next one is asked for."""
        self._page.turn(here, own, foreign)
        return self._modules.context

    def references(self, ids: Sequence[str]) -> str:
        """The markup of a reference to claims, on the page at hand."""
        module: Any = self._modules.import_("components/references.html.j2")
        return str(module.references(ids))

    def _context(self) -> Mapping[str, Any]:
        page = self._page
        return {
            "library": self.library,
            "addresses": self.addresses,
            "published": self.published,
            "stale_reasons": self.staleness.reasons,
            "compute": self._compute,
            "url": page.url,
            "claim_url": page.claim_url,
            "claim_href": page.claim_href,
            "claim_number": page.claim_number,
            "referred": page.referred,
            "record_link": page.record_link,
            "record_links": page.record_links,
            "once": page.once,
            "prose": page.prose,
            "analysis": page.analysis,
            "terms": page.terms,
            "draw_band": self._draw_band,
            "draw_chart": page.draw_chart,
            "map_address": lambda entry: self.maps[entry.id].address,
            "map_size": lambda entry: self.maps[entry.id].size,
            "map_rows": self._rows,
            "map_views": lambda entry: self.maps[entry.id].views,
        }

    def _draw_band(self, events: Sequence[Event]) -> Band | None:
        return timeline_band(events, self.library, self.language)

    def _compute(self, record: Sum) -> Computed:
        return compute(record, self.library.claims)

    def _rows(self, entry: MapEntry) -> Sequence[object]:
        return self.maps[entry.id].rows(self.library, self.language)


def _find_terms(library: Library, memory: Memory) -> Terms:
    kinds = library.actors, library.places, library.agreements, library.terms
    given = tuple(record for records in kinds for record in records.values())
    return memory.recall("terms", given, partial(Terms, library))


class Referred(NamedTuple):
    """A reference on the page at hand: its number, where it leads, and how the claim stands."""

    number: int
    href: str
    is_contested: bool
    state: str


class _Page:
    """Template functions for the page at hand: links from it, the numbers of its references."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates
        self.library = templates.library
        self._once: dict[tuple[Callable[..., str], Sequence[str]], str] = {}
        self.turn("")

    def turn(self, here: str, own: Sequence[str] = (), foreign: Sequence[str] = ()) -> None:
        """Begin another page: its address, the claims that stand on it and those it shows."""
        self.here = here
        self.own = frozenset(own)
        self.foreign = frozenset(foreign)
        self.named: dict[str, Term] = {}
        self.numbers = {key: n for n, key in enumerate((*own, *foreign), start=1)}
        self._links: dict[str, str] = {}
        self._referred: dict[str, Referred] = {}
        self._record_links: dict[tuple[str, str], Markup] = {}

    def url(self, path: str) -> str:
        if path not in self._links:
            self._links[path] = relative(self.templates.overviews.find(path), self.here)
        return self._links[path]

    def claim_url(self, key: str) -> str:
        return self.url(f"briefs/{self.library.home[key]}/#{key}")

    def claim_href(self, key: str) -> str:
        if key in self.own:
            return f"#{key}"
        return f"#ref-{key}" if key in self.foreign else self.claim_url(key)

    def claim_number(self, key: str) -> int:
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def referred(self, keys: Sequence[str]) -> list[Referred]:
        """References to claims, as a reader counts."""
        found = [self._referred.get(key) or self._refer(key) for key in keys]
        return sorted(found) if len(found) > 1 else found

    def _refer(self, key: str) -> Referred:
        number, href = self.claim_number(key), self.claim_href(key)
        is_contested = self.library.claims[key].is_contested
        made = Referred(number, href, is_contested, self.library.state_of(key))
        self._referred[key] = made
        return made

    def record_link(self, folder: str, key: str) -> Markup:
        """A link to the page of a record of the registry, by what it is called."""
        made = self._record_links.get((folder, key))
        if made is None:
            records, name = _REGISTRY[folder]
            record = getattr(self.library, records)[key]
            date = self.templates.language.date
            words = record.called(date) if isinstance(record, Source) else getattr(record, name)
            made = link(self.url(f"{folder}/{key}/"), words)
            self._record_links[folder, key] = made
        return made

    def record_links(self, **named: Iterable[str]) -> Markup:
        """The same for several, by the folders that their pages stand in."""
        links = [self.record_link(folder, key) for folder in named for key in named[folder]]
        return Markup(", ".join(links))  # noqa: S704 - of markup

    def once(self, key: Sequence[str], macro: Callable[..., str], *given: Any) -> str:
        """What a macro makes of what it is given, made once for all pages that name the same `key`.

        The macro knows nothing of a page but what it is given. What it makes is held to the end.
        """
        if (macro, key) not in self._once:
            self._once[macro, key] = macro(*given)
        return self._once[macro, key]

    def draw_chart(self, chart: Chart) -> Shown:
        return show_chart(chart, self.library, self.claim_href, self.templates.language)

    def prose(self, prose: Prose) -> Markup:
        return render_prose(prose, cite=self.templates.references, link=self.url)

    def analysis(self, prose: Prose, listed: Collection[str] = ()) -> Markup:
        """Prose in which the first use of each name of the registry leads to what it is.

        Terms of the glossary are those that are `listed`.
        """
        seen: set[str] = set()
        cite = self.templates.references
        return render_prose(
            prose, cite=cite, link=self.url, mark=lambda text: self._mark(text, seen, listed)
        )

    def terms(self, kind: str, also: Sequence[Named] = ()) -> list[Term]:
        """What `analysis` has named on the page so far, of one kind, and some others; by name."""
        found = {term.anchor: term for term in (Term(kind, record) for record in also)}
        found |= {key: term for key, term in self.named.items() if term.kind == kind}
        return sorted(found.values(), key=lambda term: (term.name, term.anchor))

    def _mark(self, text: str, seen: set[str], listed: Collection[str]) -> str:
        made, done = "", 0
        for start, end, term in self.templates.terms.find(text, listed):
            anchor = term.anchor
            if anchor not in seen:
                seen.add(anchor)
                self.named[anchor] = term
                href, name = escape_text(self.url(term.address)), escape_prose(text[start:end])
                link = f'<a class="bs-term" href="{href}" data-card="{anchor}">{name}</a>'
                made += escape_prose(text[done:start]) + link
                done = end
        return made + escape_prose(text[done:])
