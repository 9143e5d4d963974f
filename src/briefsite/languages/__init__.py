"""The words of the interface in a language: messages of gettext catalogues, dates and numbers."""

from briefsite.languages.catalogue import NONE, Languages, read_languages
from briefsite.languages.language import (
    ENGLISH,
    N_,
    Language,
    Value,
    bare_language,
    fill,
    locale_of,
)
from briefsite.languages.markup import Said, said_in, said_text, tell_languages
from briefsite.languages.vocabulary import VOCABULARY

__all__ = [
    "ENGLISH",
    "NONE",
    "N_",
    "VOCABULARY",
    "Language",
    "Languages",
    "Said",
    "Value",
    "bare_language",
    "fill",
    "locale_of",
    "read_languages",
    "said_in",
    "said_text",
    "tell_languages",
]
