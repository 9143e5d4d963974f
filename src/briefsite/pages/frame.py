"""What goes around a page in another language than English: its words, and where its lines run.

A theme has no catalogues, and is the same from every engine: what it says is in a page's front
matter, and what scripts say is on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from briefsite.languages import N_, Language
from briefsite.styles import frame_languages

THEME = (
    N_("Skip to content"),
    N_("On this page"),
    N_("Something wrong or missing?"),
    N_("Suggest a change to this page"),
    N_("Page not found"),
    N_("There is nothing at this address"),
    N_(
        "The address may be mistyped, or cut off where it was copied. What was published here keeps"
        " its address, also when it is withdrawn."
    ),
    N_("Search the publication"),
    N_("Briefs"),
    N_("All briefs, by topic"),
    N_("Claims, places, actors, sources"),
    N_("Menu"),
    N_("Close"),
    N_("Filters"),
    N_("Kind"),
    N_("Topic"),
    N_("Actor"),
    N_("Source"),
    N_("Year"),
    N_("Confidence"),
    N_("Contested"),
    N_("any"),
    N_("Clear"),
)
"""What the theme's templates say."""

SCRIPTS = (
    N_("%(shown)s of %(all)s shown"),
    N_("%(shown)s of %(all)s shown: no event has both; choose another topic or actor"),
    N_("Evidence %(number)s"),
    N_("%(name)s in its place"),
    N_("Every claim about %(name)s"),
    N_("%(name)s in the glossary"),
    N_("any"),
    N_("Show more"),
    N_("%(results)s with some of the words: none has all"),
    N_("Nothing found"),
    N_("Nothing found with these filters"),
    N_("The index cannot be loaded: try again when you are online."),
)
"""What scripts say on a page."""

COUNTS = (("%(num)s result", "%(num)s results"),)
"""The same with a number: the forms of one and of many."""


@lru_cache(maxsize=64)
def frame(language: Language) -> dict[str, object]:
    """Front matter for a page in a language: `language`, and the `words` of theme and scripts."""
    known = language.code if language.code in frame_languages() else "en"
    said = {"code": language.code, "direction": language.direction, "theme": known}
    if language.is_english:
        return {"language": said}
    scripts: dict[str, str | Mapping[str, str]] = {**_translated(language, SCRIPTS)}
    for one, many in COUNTS:
        scripts[one] = language.plural_forms(one, many)
    return {
        "language": said,
        "words": _translated(language, THEME),
        "script_words": {key: words for key, words in scripts.items() if words},
    }


def _translated(language: Language, messages: tuple[str, ...]) -> dict[str, str]:
    known = language.messages.single
    return {message: known["", message] for message in messages if ("", message) in known}
