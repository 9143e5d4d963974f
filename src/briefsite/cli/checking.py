"""`briefsite check`, which imports no more than it needs: editors and hooks wait for it."""

from __future__ import annotations

import argparse
import sys

from briefsite.check import find_problems, find_translation_problems
from briefsite.cli.macros import find_macro_problems
from briefsite.cli.project import inside_of
from briefsite.docs import read_docs
from briefsite.languages import read_languages
from briefsite.project import Project
from briefsite.report import has_errors, ordered, render, summary


def check(options: argparse.Namespace) -> int:
    """Exit 1 if there is an error, 2 if a file that is asked for is none of the project."""
    project = Project(options.root)
    written = read_docs(project.docs, project.components)
    found = find_problems(options.root, as_of=options.as_of, cached=not options.no_cache)
    languages = read_languages(options.root)
    translated = find_translation_problems(options.root, cached=not options.no_cache)
    macros = find_macro_problems(project, cached=not options.no_cache)
    others = (*languages.problems, *translated, *written.problems, *macros)
    problems = tuple(ordered((*found, *others)))
    if options.path:
        names = set()
        for path in options.path:
            inside = inside_of(path, options.root)
            if inside is None or not path.exists():
                sys.stderr.write(f"briefsite: {path} is no file of the project\n")
                return 2
            names.add(inside)
        problems = tuple(
            p for p in problems if any(n in ("", ".") or _is_below(p.path, n) for n in names)
        )
    sys.stdout.write(render(problems, options.format))
    if options.format == "text":
        sys.stderr.write(f"{summary(problems) if problems else 'no problems'}\n")
    return 1 if has_errors(problems) else 0


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
