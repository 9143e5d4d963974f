"""The nearest of many words: a filter by shared letters before the slow comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from briefsite.report import did_you_mean

_CANDIDATES = 12
_MAX_WORD = 80
# A tree with more unknown ids than this has one cause, and hints would not help to find it.
_MAX_QUESTIONS = 500


class Nearest:
    """Answers did-you-mean for a fixed set of words, in about a millisecond each."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self.answers: dict[str, str] = {}
        self.by_letters: dict[str, list[int]] = defaultdict(list)

    def hint(self, word: str) -> str:
        """A hint naming the closest word, or an empty string."""
        if word not in self.answers:
            if len(word) > _MAX_WORD or len(self.answers) >= _MAX_QUESTIONS:
                return ""
            self.answers[word] = did_you_mean(word, self._candidates(word))
        return self.answers[word]

    def _candidates(self, word: str) -> list[str]:
        if not self.by_letters:
            for number, known in enumerate(self.words):
                for letters in _letters(known):
                    self.by_letters[letters].append(number)
        shared = Counter(n for letters in _letters(word) for n in self.by_letters.get(letters, ()))
        # By how much of both words is shared; equal ones in the order of the words.
        ranked = sorted(shared, key=lambda n: (-shared[n] / (len(word) + len(self.words[n])), n))
        return [self.words[number] for number in ranked[:_CANDIDATES]]


def _letters(word: str) -> Iterator[str]:
    padded = f"^{word.lower()}$"
    return iter({padded[at : at + 2] for at in range(len(padded) - 1)})
