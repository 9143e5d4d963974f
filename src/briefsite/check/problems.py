"""The problems of a project, as fast as they can be told: what the command line asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from briefsite.check.cache import (
    NOTHING,
    cache_file,
    read_cache,
    read_translated,
    write_cache,
    write_translated,
)
from briefsite.check.check import Checked
from briefsite.check.checker import Checker
from briefsite.check.parts import Parts
from briefsite.check.translations import look_again, problems_of
from briefsite.model.dates import Edtf
from briefsite.processes import MAX_PROCESSES, cores
from briefsite.report import Problem

MIN_CACHED = 10
"""From how many files on a cache is worth its while."""


def find_problems(
    root: Path, *, as_of: Edtf | None = None, cached: bool = True
) -> tuple[Problem, ...]:
    """Every problem of a project; those of `check_tree`, by several processes and from a cache."""
    checker = Checker(root, as_of=as_of, processes=_processes())
    return _find(checker, cache_file(root) if cached else None)


def find_translation_problems(root: Path, *, cached: bool = True) -> tuple[Problem, ...]:
    """Every problem of the translations of a project; those of `read_translations`."""
    path = cache_file(root, "translations") if cached else None
    before = read_translated(path) if path is not None else {}
    found = look_again(root, before)
    if path is not None and len(found) >= MIN_CACHED and found != before:
        write_translated(path, found)
    return problems_of(found)


def check_project(
    root: Path, parts: Parts, *, as_of: Edtf | None = None, drafts: bool = False
) -> Checked:
    """The check of a project, without its readings, as far as possible from what is kept."""
    checker = Checker(root, as_of=as_of, drafts=drafts, processes=_processes())
    return _check(checker, parts)


def check_standing(
    root: Path,
    parts: Parts,
    digests: Mapping[str, str],
    outline: str,
    *,
    as_of: Edtf | None = None,
    drafts: bool = False,
) -> Checked | None:
    """The same, if nothing differs from a check before but what some briefs say inside; else None.

    Of that check the `digests` are given, and the `outline`. What the library holds is read when it
    is asked for; whoever asks may meet an EditedError.
    """
    checker = Checker(root, as_of=as_of, drafts=drafts, processes=_processes())
    checker.on_demand = True
    checked = _check(checker, parts)
    others = {name for name, digest in checked.digests.items() if digests.get(name) != digest}
    is_standing = (
        checked.outline == outline
        and checked.digests.keys() == digests.keys()
        and all(Path(name).parent == Path("briefs") for name in others)
    )
    return checked if is_standing else None


def _check(checker: Checker, parts: Parts) -> Checked:
    checker.parts = parts
    _find(checker, cache_file(checker.root, cache=parts.cache))
    checked = replace(checker.checked(), outline=checker.outline)
    checker.close()
    return checked


def _processes() -> int:
    return min(cores(), MAX_PROCESSES)


def _find(checker: Checker, path: Path | None) -> tuple[Problem, ...]:
    before = read_cache(path) if path is not None else NOTHING
    checker.recall(before)
    problems = checker.problems()
    findings = checker.findings()
    if path is not None and len(findings.files) >= MIN_CACHED and findings != before:
        write_cache(path, findings, before)
    return problems
