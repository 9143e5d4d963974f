"""The gate: what a sentence of a brief may say, and what it must rest on.

Every rule reads what an author wrote, sentence by sentence, over folded text, so that nothing
passes by being spelled differently. The rules about words are for briefs in English; the others
hold for any language.
"""

from briefsite.check.gate.context import Context, Vocabulary, Words, build_vocabulary, words_of
from briefsite.check.gate.rules import check_brief_texts, check_map_texts, check_registry_texts
from briefsite.check.gate.wording import MAX_QUOTED_WORDS

__all__ = [
    "MAX_QUOTED_WORDS",
    "Context",
    "Vocabulary",
    "Words",
    "build_vocabulary",
    "check_brief_texts",
    "check_map_texts",
    "check_registry_texts",
    "words_of",
]
