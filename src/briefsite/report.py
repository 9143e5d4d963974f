"""Problems an author can mend: what, where, and how to print them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from briefsite.catalogue import CATALOGUE
from briefsite.lookalikes import name_lookalikes, plain_letters

Severity = Literal["error", "warning"]
Format = Literal["text", "github", "json", "sarif"]

_MAX_EXCERPT = 160
_MAX_WORDS = 300


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake at one place.

    `path` is relative to the project and uses `/`; `line` and `column` count
    characters from 1. `excerpt` is the source line, without its newline. A message or hint that
    quotes what has no end is shortened in its middle.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    excerpt: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise ValueError(f"problem code {self.code!r} is not in the catalogue")
        for name in ("message", "hint"):
            words: str = getattr(self, name)
            if len(words) > _MAX_WORDS:
                shown = f"{words[: _MAX_WORDS - 81]}…{words[-80:]}"
                object.__setattr__(self, name, shown)

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest of `known`, whatever its case, or an empty string.

    Where the two may look the same, it tells the letters that differ.
    """
    by_lower = {name.lower(): name for name in sorted(known, reverse=True)}
    plain = plain_letters(word[:200]).strip().lower()
    close = difflib.get_close_matches(plain, sorted(by_lower), n=1, cutoff=0.6)
    if not close:
        return ""
    return f"did you mean '{by_lower[close[0]]}'? {name_lookalikes(word[:200])}".rstrip()


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in file order, each once."""
    return sorted(set(problems))


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def render(problems: Sequence[Problem], style: Format = "text") -> str:
    """Print problems for a person (`text`), a forge (`github`) or a tool (`json`, `sarif`)."""
    return _STYLES[style](problems)


def summary(problems: Sequence[Problem]) -> str:
    """One line such as `3 errors, 1 warning in 2 files`."""
    errors = sum(problem.severity == "error" for problem in problems)
    files = len({problem.path for problem in problems})
    parts = [_count(errors, "error")]
    if warnings := len(problems) - errors:
        parts.append(_count(warnings, "warning"))
    return f"{', '.join(parts)} in {_count(files, 'file')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _text(problems: Sequence[Problem]) -> str:
    return "".join(_text_one(problem) for problem in problems)


def _text_one(problem: Problem) -> str:
    where = f"{_printable(problem.path)}:{problem.line}:{problem.column}"
    message = f"{problem.severity}: {_printable(problem.message)} [{problem.code}]"
    lines = [f"{where}: {message}"]
    if problem.excerpt.strip():
        excerpt, column = _window(problem.excerpt, problem.column)
        gutter = f"{problem.line:>5} | "
        lines.append(gutter + excerpt)
        lines.append(" " * (len(gutter) - 2) + "| " + " " * (column - 1) + "^")
    if problem.hint:
        lines.append(f"  hint: {_printable(problem.hint)}")
    return "\n".join(lines) + "\n"


def _window(line: str, column: int) -> tuple[str, int]:
    """Cut a very long line to the part around the column, and make it printable."""
    start = max(0, column - 1 - _MAX_EXCERPT // 2) if len(line) > _MAX_EXCERPT else 0
    end = start + _MAX_EXCERPT
    cut = "".join(char if char.isprintable() else " " for char in line[start:end])
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return before + cut + after, column - start + len(before)


def _printable(text: str) -> str:
    """Text on one line, without anything that moves a terminal's cursor."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _github(problems: Sequence[Problem]) -> str:
    def escaped(text: str) -> str:
        return _printable(text).replace("%", "%25")

    def property_(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::{p.severity} file={property_(p.path)},line={p.line},col={p.column},"
        f"title={property_(p.code)}::{escaped(_with_hint(p))}\n"
        for p in problems
    )


def _with_hint(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def _json(problems: Sequence[Problem]) -> str:
    rows = [
        {
            "path": p.path,
            "line": p.line,
            "column": p.column,
            "severity": p.severity,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
        }
        for p in problems
    ]
    return json.dumps({"version": 1, "problems": rows}, ensure_ascii=False, indent=2) + "\n"


def _sarif(problems: Sequence[Problem]) -> str:
    codes = sorted({p.code for p in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CATALOGUE[code].title},
            "fullDescription": {"text": CATALOGUE[code].explanation},
            "defaultConfiguration": {"level": CATALOGUE[code].severity},
        }
        for code in codes
    ]
    index = {code: number for number, code in enumerate(codes)}
    results: list[Mapping[str, object]] = [
        {
            "ruleId": p.code,
            "ruleIndex": index[p.code],
            "level": p.severity,
            "message": {"text": _with_hint(p)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(p.path)},
                        "region": {"startLine": p.line, "startColumn": p.column},
                    }
                }
            ],
        }
        for p in problems
    ]
    run = {
        "tool": {"driver": {"name": "briefsite", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


_STYLES = {"text": _text, "github": _github, "json": _json, "sarif": _sarif}
