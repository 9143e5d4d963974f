"""What can be given on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from pkgutil import resolve_name
from typing import get_args

from briefsite.cache.folder import VARIABLE
from briefsite.languages import locale_of
from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.report import Format

Command = Callable[[argparse.Namespace], int]
"""Does what a command is for, and gives its exit code."""


def make_parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The commands and their options; each sets as `run` what is called with what was given."""
    parser = argparse.ArgumentParser(prog="briefsite", description="Briefings as code.")
    parser.add_argument("--root", type=Path, default=Path(), help="the project (default: here)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="report every mistake of the tree")
    check.add_argument("path", nargs="*", type=Path, help="report on these files only")
    check.add_argument("--format", choices=get_args(Format), default="text")
    _add_as_of(check)
    check.add_argument("--no-cache", action="store_true", help="look at every file anew")
    check.set_defaults(run=_later("checking.check"))

    build = commands.add_parser("build", help="build the site")
    _add_site(build)
    _add_drafts(build)
    build.add_argument(
        "--verify",
        action="store_true",
        help="build nothing; tell whether a site (default: site/) is whole, whatever built it",
    )
    _add_talk(build)
    _add_cache(build)
    build.set_defaults(run=_later("sites.build"))

    publishing = commands.add_parser(
        "publish", help="build the site with all that goes online: cards, PDF, an offline copy"
    )
    _add_site(publishing)
    publishing.add_argument(
        "--verify",
        action="store_true",
        help="publish nothing; tell whether a published site (default: site/) is whole",
    )
    publishing.add_argument(
        "--rollback",
        action="store_true",
        help="publish nothing; put back the site that was replaced last",
    )
    _add_talk(publishing)
    _add_cache(publishing)
    publishing.set_defaults(run=_later("sites.publish"))

    serve = commands.add_parser("serve", help="show the site, and every change at once")
    serve.add_argument("--address", metavar="HOST:PORT", help="default: as mkdocs.yml says")
    _add_talk(serve)
    serve.set_defaults(run=_later("sites.serve"))

    staging = commands.add_parser("stage", help="write the pages as a tree of Markdown files")
    staging.add_argument("folder", type=Path)
    _add_as_of(staging)
    _add_drafts(staging)
    _add_talk(staging)
    staging.add_argument("--site-url", help="where the site will be; feeds need to know")
    staging.set_defaults(run=_later("sites.stage"))

    auditing = commands.add_parser("audit", help="tell what every sentence rests on")
    auditing.add_argument(
        "briefs", metavar="BRIEF", nargs="*", help="ids of briefs (default: all but drafts)"
    )
    auditing.add_argument("--format", choices=("text", "json"), default="text")
    auditing.set_defaults(run=_later("reports.audit"))

    staling = commands.add_parser("stale", help="list what must be looked at again, and why")
    staling.add_argument("--as-of", type=to_date, help="at which day (default: the site's)")
    staling.add_argument("--format", choices=("text", "json"), default="text")
    staling.set_defaults(run=_later("reports.stale"))

    linking = commands.add_parser(
        "links", help="ask for what sources are linked to (the one command that asks other hosts)"
    )
    linking.add_argument("--format", choices=("text", "json"), default="text")
    linking.set_defaults(run=_later("reports.links"))

    new = commands.add_parser("new", help="add a brief, a claim or a record, with its blanks named")
    if "new" in given:  # what there is to say of each kind takes long to find
        from briefsite.write import add_kinds

        add_kinds(new)

    diff = commands.add_parser("diff", help="tell what changed in substance since a revision")
    diff.add_argument("base", metavar="BASE", help="a git revision")
    diff.add_argument("head", metavar="HEAD", nargs="?", help="default: the files as they are")
    diff.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    diff.add_argument(
        "--write", action="store_true", help="propose the entries of the change logs, and redirects"
    )
    diff.set_defaults(run=_later("sources.diff"))

    migrating = commands.add_parser("migrate", help="bring files to this version of the format")
    migrating.add_argument("path", nargs="*", type=Path, help="these files only")
    migrating.set_defaults(run=_later("sources.migrate"))

    schema = commands.add_parser("schema", help="write the JSON Schemas of all files")
    schema.add_argument("folder", type=Path, nargs="?", help="default: schemas/ of the project")
    schema.add_argument(
        "--ids",
        action="store_true",
        help="let editors complete ids: list them in schemas/, where git does not see the list",
    )
    schema.set_defaults(run=_later("sources.schema"))

    messages = commands.add_parser(
        "messages", help="bring the catalogues of the interface in languages/ up to date"
    )
    messages.add_argument(
        "language", nargs="*", type=_language, help="begin catalogues of these, such as az"
    )
    messages.set_defaults(run=_later("sources.messages"))

    reference = commands.add_parser("reference", help="renew the reference pages for authors")
    reference.set_defaults(run=_later("sources.reference"))
    return parser


def _later(name: str) -> Command:
    """A command that is loaded when it is run: a check would wait for what the others need."""

    def run(options: argparse.Namespace) -> int:
        command: Command = resolve_name(f"briefsite.cli.{name}")
        return command(options)

    return run


def _add_talk(command: argparse.ArgumentParser) -> None:
    """How much a command says about its work, besides problems."""
    talk = command.add_mutually_exclusive_group()
    talk.add_argument("--quiet", action="store_true", help="tell of nothing but problems")
    talk.add_argument("--verbose", action="store_true", help="tell where the time went")


def _add_cache(command: argparse.ArgumentParser) -> None:
    """Where what can be used again is kept; the line is also read by `cache.unchanged`."""
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--cache",
        metavar="DIR",
        help=f"where to keep what can be used again (default: ${VARIABLE}, or the user's cache)",
    )
    where.add_argument("--no-cache", action="store_true", help="use nothing again, keep nothing")


def _add_site(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site-dir", type=Path, help="where to (default: as mkdocs.yml says)")
    _add_as_of(parser)


def _add_as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=to_date, help="the day the site speaks from (EDTF)")


def _add_drafts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--drafts",
        action="store_true",
        help="a preview: with drafts, and with what is scheduled for later",
    )


def to_date(text: str) -> Edtf:
    try:
        return parse_date(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _language(text: str) -> str:
    if locale_of(text) is None or text == "en":
        raise argparse.ArgumentTypeError(f"'{text}' is no language that a catalogue can be in")
    return text
