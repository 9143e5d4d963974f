"""The words of the interface in a language: messages of gettext catalogues, dates and numbers."""

from briefsite.languages.language import ENGLISH, N_, Language, Value, fill
from briefsite.languages.vocabulary import VOCABULARY

__all__ = [
    "ENGLISH",
    "N_",
    "VOCABULARY",
    "Language",
    "Value",
    "fill",
]
