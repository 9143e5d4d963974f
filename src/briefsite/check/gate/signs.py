"""One look over all texts of a file, which tells which rules each of them has to be read for.

Most texts hold no quotation, no rare word and no name that takes sides, and what is said of many at
once costs a fraction of what it costs to cut each into sentences and to ask every rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from briefsite.check.expressions import Text
from briefsite.check.folding import UNUSUAL, fold, letters
from briefsite.check.gate.context import Vocabulary
from briefsite.check.passages import Passage
from briefsite.check.statements import OPENS_QUOTATION

QUOTES, UNUSUAL_LETTERS, RARE_WORDS, LOADED_WORDS, CONTESTED_NAMES = (1 << n for n in range(5))


def signs_of(passages: Sequence[Passage], vocabulary: Vocabulary) -> list[int]:
    """What each text may hold, as the sum of its signs; never less than it does hold."""
    plain = [passage.text for passage in passages if not passage.is_prose]
    found = iter(_signs_in(plain, vocabulary))
    return [_of_prose(p, vocabulary) if p.is_prose else next(found) for p in passages]


def _signs_in(texts: Sequence[str], vocabulary: Vocabulary) -> list[int]:
    found = [0] * len(texts)
    whole = "\n".join(texts)
    folded = Text(fold(whole))
    starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def note(sign: int, places: Iterable[int]) -> None:
        for at in places:
            found[bisect_right(starts, at) - 1] |= sign

    # What stands without its quotations may be a rare word that they part.
    note(QUOTES | RARE_WORDS, (match.start() for match in OPENS_QUOTATION.finditer(folded)))
    note(RARE_WORDS, folded.rare)
    for match in UNUSUAL.finditer(whole):
        note(UNUSUAL_LETTERS, {bisect_right(starts, at) - 1: at for at in match.span()}.values())
    if _of_letters(letters(folded), vocabulary):
        for number, text in enumerate(texts):
            at = starts[number]
            found[number] |= _of_letters(letters(folded[at : at + len(text)]), vocabulary)
    return found


def _of_prose(passage: Passage, vocabulary: Vocabulary) -> int:
    statements = list(passage.statements)
    signs = _of_letters(letters("".join([each.folded for each in statements])), vocabulary)
    for each in statements:
        if each.quoted or each.unclosed:
            signs |= QUOTES
        if each.folded.held:
            signs |= RARE_WORDS
    # In plain text only an entity stands for another letter.
    is_plain = passage.text.isascii() and "&" not in passage.text
    if not is_plain and any(UNUSUAL.search(each.text) for each in statements):
        signs |= UNUSUAL_LETTERS
    return signs


def _of_letters(run: str, vocabulary: Vocabulary) -> int:
    loaded = LOADED_WORDS if vocabulary.may_take_sides(run) else 0
    return loaded | (CONTESTED_NAMES if vocabulary.may_name_contested(run) else 0)
