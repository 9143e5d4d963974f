"""Everything a reader can find: one item a claim, a judgement, a paragraph, an event, a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from briefsite.languages import ENGLISH, N_, Language
from briefsite.model.dates import Edtf
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.prose import Block, Prose
from briefsite.model.records import Actor, Claim, Event
from briefsite.model.translations import Translated, Untranslated

# Front matter, and comments that take components.
_UNSEEN = re.compile(r"\A---\n.*?\n---\n|<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^)\s]*\)")

Values = tuple[tuple[str, str], ...]
"""Values of a facet: key, and what a reader sees."""


@dataclass(frozen=True, slots=True)
class Item:
    """One result. `text` is shown and searched, `names` are searched only.

    `kind` is a key of `KINDS`; `address` may end in an anchor; `about` tells where it stands.
    """

    kind: str
    address: str
    title: str
    text: str
    about: str = ""
    names: tuple[str, ...] = ()
    facets: Mapping[str, Values] = field(default_factory=lambda: MappingProxyType({}))


KINDS = {
    "brief": N_("Briefs"),
    "judgement": N_("Judgements"),
    "question": N_("Positions"),
    "claim": N_("Claims"),
    "paragraph": N_("Analysis"),
    "event": N_("Events"),
    "place": N_("Places"),
    "actor": N_("Actors"),
    "agreement": N_("Agreements"),
    "term": N_("Glossary"),
    "source": N_("Sources"),
    "correction": N_("Corrections"),
    "map": N_("Maps"),
    "page": N_("Pages"),
}
"""Every kind of item and its heading; of two equal results the earlier kind stands first."""


def brief_items(library: Library, entry: BriefEntry, language: Language) -> Iterator[Item]:
    """Those of one brief."""
    return _Brief(library, entry, f"briefs/{entry.id}/", language).items()


def translated_items(brief: Translated, page: str, language: Language) -> Iterator[Item]:
    """The items of a translated brief at address `page`: what is not translated, the original has.

    `language` is the one that the page speaks.
    """
    kept = frozenset({"brief", "judgement", "question", "claim", "paragraph"})
    for item in _Brief(brief.library, brief.entry, page, language).items():
        anchor = item.address.partition("#")[2]
        section = anchor if item.kind == "paragraph" else "summary"
        is_prose = item.kind in ("brief", "paragraph")
        told = section not in brief.original if is_prose else _is_told(item)
        if item.kind in kept and told:
            yield item


def _is_told(item: Item) -> bool:
    text = item.title if item.kind == "question" else item.text
    return not isinstance(text, Untranslated)


def written_items(pages: Mapping[str, str], language: Language = ENGLISH) -> Iterator[Item]:
    """The items of hand-written pages: address → Markdown."""
    for address, markdown in pages.items():
        text = _LINK.sub(r"\1", _UNSEEN.sub("", markdown)).replace("`", "").replace("*", "")
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
        title = next((part[2:] for part in parts if part.startswith("# ")), address.strip("/"))
        first = next((part for part in parts if part[0].isalnum()), "")
        yield Item("page", address, title, first, language.gettext("Page"), (text,))


class _Brief:
    """The items of one brief; what they have in common is worked out once."""

    def __init__(self, library: Library, entry: BriefEntry, page: str, language: Language) -> None:
        self.library, self.entry, self.record = library, entry, entry.record
        self.page, self.language = page, language
        state = self.record.state(library.as_of)
        self.state = "" if state == "published" else f" ({language.pgettext('state', state)})"
        topic = library.topics[entry.record.topic]
        self.topic: dict[str, Values] = {"topic": ((topic.id, topic.title),)}

    def items(self) -> Iterator[Item]:
        record, title = self.record, f"{self.record.title}{self.state}"
        year = self.topic | year_of(record.cutoff)
        about = self.language.gettext("Brief") + self.state
        yield Item("brief", self.page, record.title, _plain(record.summary), about, facets=year)
        for judgement in record.judgements:
            facets = year | _confidence(judgement.confidence.level)
            address = f"{self.page}#{judgement.id}"
            likelihood = self.language.pgettext("likelihood", judgement.likelihood)
            likelihood = self.language.capital(likelihood)
            yield Item("judgement", address, likelihood, judgement.text, title, (), facets)
        for question in record.positions:
            said = " ".join(cell.position or "" for cell in question.cells)
            parties = [self.library.actors[cell.party] for cell in question.cells]
            yield Item(
                "question", f"{self.page}#{question.id}", question.question,
                ", ".join(dict.fromkeys(actor.name for actor in parties)), title, (said,),
                year | {"actor": values_of(parties), "contested": _CONTESTED},
            )  # fmt: skip
        for claim in record.claims:
            yield self._claim(claim)
        for section in record.sections:
            for text in _paragraphs(section.prose.blocks):
                address = f"{self.page}#{section.id}"
                yield Item("paragraph", address, section.heading, text, title, (), year)
        for event in record.timeline:
            yield self._event(event)

    def _claim(self, claim: Claim) -> Item:
        actors = [
            self.library.actors[key] for key in dict.fromkeys((*claim.speakers, *claim.actors))
        ]
        sources = [self.library.sources[c.source] for c in claim.sources]
        facets: dict[str, Values] = {
            **self.topic,
            **year_of(claim.date),
            **_confidence(claim.confidence.level),
            "actor": values_of(actors),
            "source": tuple((s.id, f"{s.label}: {s.title}") for s in sources),
        }
        if claim.is_contested:
            facets["contested"] = _CONTESTED
        names = (
            *self._names(claim.places),
            *(name for actor in actors for name in (actor.name, *(n.name for n in actor.names))),
        )
        title = f"{self.library.speakers_of(claim)}, {self.language.date(claim.date)}"
        address = f"{self.page}#{claim.id}"
        about = f"{self.record.title}{self.state}"
        return Item("claim", address, title, claim.text, about, names, facets)

    def _event(self, event: Event) -> Item:
        actors = [self.library.actors[key] for key in self.library.actors_in(event)]
        facets = {**self.topic, **year_of(event.date), "actor": values_of(actors)}
        claim = event.claims[0]
        address = f"briefs/{self.library.home[claim]}/#{claim}"
        names = tuple(self._names(event.places))
        about = f"{self.record.title}{self.state}"
        return Item(
            "event", address, self.language.date(event.date), event.title, about, names, facets
        )

    def _names(self, places: Iterable[str]) -> Iterator[str]:
        """Every name of some places: each of them finds what happened there."""
        for key in places:
            place = self.library.places[key]
            yield from (place.name, *(name.name for name in place.names))


_CONTESTED: Values = (("yes", "contested"),)


def values_of(actors: Iterable[Actor]) -> Values:
    return tuple((actor.id, actor.name) for actor in actors)


def year_of(date: Edtf) -> dict[str, Values]:
    year = date.year_words()
    return {"year": ((year, year),)}


def _confidence(level: str) -> dict[str, Values]:
    return {"confidence": ((level, level),)}


def _plain(prose: Prose) -> str:
    return " ".join(_paragraphs(prose.blocks))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        text = " ".join(sentence.text.strip() for sentence in block.sentences)
        if text:
            yield text
        yield from _paragraphs(block.children)
