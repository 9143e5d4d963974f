"""News of a publication from its committed change logs: no clock, no git history."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefsite.languages import ENGLISH, Language
from briefsite.model.dates import Edtf
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.records import Judgement, JudgementChange
from briefsite.model.translations import TranslationEntry

MOST = 100
"""How many entries a feed has at most, the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something new of a brief. `anchor` tells it from all others of the brief, for ever."""

    brief: str
    anchor: str
    title: str
    date: Edtf
    text: str
    topic: str
    authors: tuple[str, ...]
    language: str
    page: str
    """The page it is on."""
    moves: tuple[str, ...] = ()
    """How key judgements moved, a sentence or two each."""

    @property
    def id(self) -> str:
        """Its place on its page, which it is known by; of a translation, the page."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page

    @property
    def address(self) -> str:
        """Where a reader finds it."""
        return f"{self.page}#changes" if self.anchor else self.page

    @property
    def day(self) -> datetime.date:
        """The day it is dated; the first that the date can mean."""
        return self.date.first


Speak = Callable[[str], Language]
"""The language in which our own words about a text are said, by the code of the text's."""


def in_english(_: str) -> Language:
    """English, whatever the language of the text."""
    return ENGLISH


def entries(
    library: Library,
    speak: Speak = in_english,
    translations: Sequence[TranslationEntry] = (),
) -> tuple[Entry, ...]:
    """All news of all briefs, the newest first; what is new of a brief includes translations."""
    found = [each for e in library.briefs.values() for each in entries_of(library, e, speak)]
    found += [_translation(library, each) for each in translations]
    # A stable sort: on one day, in the order of the briefs.
    return tuple(sorted(found, key=lambda each: each.date.sort_key[:2], reverse=True))


def entries_of(library: Library, entry: BriefEntry, speak: Speak = in_english) -> Iterator[Entry]:
    """The news of one brief, as its log has them: the newest first."""
    brief, language = entry.record, speak(entry.record.language)
    if brief.withdrawn is not None:
        text = language.gettext("Withdrawn.") + f" {brief.withdrawn.reason}"
        yield _entry(library, entry, "withdrawn", brief.withdrawn.date, text)
    for change, anchor in zip(brief.changes, _anchors(c.date for c in brief.changes), strict=True):
        moves = tuple(_move(move, entry.judgements, language) for move in change.judgements)
        news = _entry(library, entry, anchor, change.date, " ".join((change.text, *moves)))
        yield replace(news, moves=moves)


def _move(move: JudgementChange, judgements: Mapping[str, Judgement], language: Language) -> str:
    say, word = language.gettext, language.pgettext
    known = judgements.get(move.judgement)
    said = [known.text if known else f"“{move.judgement}”."]
    if move.before and move.after:
        said.append(
            say(
                "Moved %(direction)s, from %(before)s to %(after)s.",
                direction=word("direction", str(move.direction)),
                before=word("likelihood", move.before),
                after=word("likelihood", move.after),
            )
        )
    elif move.after:
        said.append(say("New, %(likelihood)s.", likelihood=word("likelihood", move.after)))
    elif move.before:
        before = word("likelihood", move.before)
        said.append(say("Dropped; it was %(likelihood)s.", likelihood=before))
    if move.confidence_after:
        before, after = str(move.confidence_before), move.confidence_after
        said.append(
            say(
                "Confidence from %(before)s to %(after)s.",
                before=word("confidence", before),
                after=word("confidence", after),
            )
        )
    return " ".join(said)


def _translation(library: Library, translation: TranslationEntry) -> Entry:
    """A translation, on the day of the version it follows: it has no other."""
    given, entry = translation.record, library.briefs[translation.brief]
    brief = entry.record
    return replace(
        _entry(library, entry, "", given.original_reviewed, brief.summary.text),
        title=given.title or brief.title,
        text=given.summary.text if given.summary else given.title or brief.title,
        authors=(given.translator,),
        language=translation.language,
        page=translation.address,
    )


def _entry(library: Library, entry: BriefEntry, anchor: str, date: Edtf, text: str) -> Entry:
    brief = entry.record
    authors = brief.authors or (library.publication.byline,)
    topic = library.topics[brief.topic].title
    page = f"briefs/{entry.id}/"
    return Entry(entry.id, anchor, brief.title, date, text, topic, authors, brief.language, page)


def _anchors(dates: Iterable[Edtf]) -> list[str]:
    """A name for each entry of a log. What stands below it is older, and decides on its number."""
    known: Counter[str] = Counter()
    names = []
    for date in reversed(list(dates)):
        known[date.text] += 1
        number = f"-{known[date.text]}" if known[date.text] > 1 else ""
        names.append(f"change-{date.text.replace('/', '--')}{number}")
    return names[::-1]
