"""What was asked of a library, by numbers, and how it answers now and has answered before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from briefsite.model.answers import join
from briefsite.model.noted import Question

R = TypeVar("R")


class _Found(dict[int, R]):
    """What is found for a number when it is first asked for: units ask a million times."""

    def __init__(self, find: Callable[[int], R]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, number: int) -> R:
        found = self[number] = self._find(number)
        return found


class Asked:
    """Questions by numbers, and their answers, each found once.

    Those that were asked before have an answer of then, which is compared once for all that asked.
    """

    def __init__(
        self,
        answer: Callable[[Question], bytes | None],
        is_kept: Callable[[Question], bool | None],
    ) -> None:
        """`is_kept` tells without an answer whether it is as before, where that is known."""
        self._is_kept = is_kept
        self.questions: list[Question] = []
        self._before: list[bytes] = []
        self._found = _Found(lambda number: answer(self.questions[number]))
        self._differs = _Found(self._compare)

    def recall(self, questions: Sequence[Question], answers: list[bytes]) -> None:
        """Start from what was asked and answered before."""
        self.questions, self._before = [*questions], answers

    def is_as_before(self, numbers: Iterable[int]) -> bool:
        """Whether some questions that were asked before have the same answers now."""
        return not any(map(self._differs.__getitem__, numbers))

    @property
    def answers(self) -> list[bytes]:
        """The answer to each question; empty if it cannot be told, or nobody has asked."""
        return [self._found.get(number) or b"" for number in range(len(self.questions))]

    @cached_property
    def _numbers(self) -> dict[Question, int]:
        return {question: number for number, question in enumerate(self.questions)}

    def number(self, question: Question) -> int:
        """The number of a question, which is added if it is new."""
        number = self._numbers.setdefault(question, len(self.questions))
        if number == len(self.questions):
            self.questions.append(question)
        return number

    def join(self, numbers: Sequence[int]) -> str | None:
        """One fingerprint of the answers to some questions; None if one cannot be told."""
        answers = list(map(self._found.__getitem__, numbers))
        return None if None in answers else join(answers)  # type: ignore[arg-type]

    def _compare(self, number: int) -> bool:
        is_kept = self._is_kept(self.questions[number])
        if is_kept is None:
            return self._found[number] != (self._before[number] or None)
        return not is_kept
