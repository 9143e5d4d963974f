"""The command line. Exit 0 ok, 1 problems, 2 wrong usage."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from briefsite.cache.folder import VARIABLE, cache_folder
from briefsite.check import (
    Checked,
    audit,
    check_tree,
    find_problems,
    known_ids,
    read_translations,
)
from briefsite.docs import read_docs
from briefsite.languages import locale_of, read_languages
from briefsite.load import (
    CURRENT_VERSION,
    MigrationError,
    NoRevisionError,
    RevisionError,
    address,
    commit_of,
    load_revision,
    load_tree,
    migrate,
)
from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.progress import Progress, progress
from briefsite.project import Project
from briefsite.report import Format, did_you_mean, has_errors, ordered, render, summary

# What else a command needs it imports itself: a check would wait for it.
if TYPE_CHECKING:
    from briefsite.publish import Press
    from briefsite.site import Site


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    # A problem may quote letters that a terminal does not have.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given).parse_args(given)
    options.line = tuple(given)
    if not options.root.is_dir():
        sys.stderr.write(f"briefsite: {options.root} is no folder\n")
        return 2
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 130


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="briefsite", description="Briefings as code.")
    parser.add_argument("--root", type=Path, default=Path(), help="the project (default: here)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="report every mistake of the tree")
    check.add_argument("path", nargs="*", type=Path, help="report on these files only")
    check.add_argument("--format", choices=get_args(Format), default="text")
    _add_as_of(check)
    check.add_argument("--no-cache", action="store_true", help="look at every file anew")
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="build the site")
    build.add_argument("--site-dir", type=Path, help="where to (default: as mkdocs.yml says)")
    _add_as_of(build)
    _add_drafts(build)
    build.add_argument(
        "--verify",
        action="store_true",
        help="build nothing; tell whether a site (default: site/) is whole, whatever built it",
    )
    _add_talk(build)
    _add_cache(build)
    build.set_defaults(run=_build)

    publishing = commands.add_parser(
        "publish", help="build the site with all that goes online: cards, PDF, an offline copy"
    )
    publishing.add_argument("--site-dir", type=Path, help="where to (default: as mkdocs.yml says)")
    publishing.add_argument("--as-of", type=_date, help="the day the site speaks from (EDTF)")
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
    publishing.set_defaults(run=_publish)

    serve = commands.add_parser("serve", help="show the site, and every change at once")
    serve.add_argument("--address", metavar="HOST:PORT", help="default: as mkdocs.yml says")
    _add_talk(serve)
    serve.set_defaults(run=_serve)

    staging = commands.add_parser("stage", help="write the pages as a tree of Markdown files")
    staging.add_argument("folder", type=Path)
    _add_as_of(staging)
    _add_drafts(staging)
    _add_talk(staging)
    staging.add_argument("--site-url", help="where the site will be; feeds need to know")
    staging.set_defaults(run=_stage)

    auditing = commands.add_parser("audit", help="tell what every sentence rests on")
    auditing.add_argument(
        "briefs", metavar="BRIEF", nargs="*", help="ids of briefs (default: all but drafts)"
    )
    auditing.add_argument("--format", choices=("text", "json"), default="text")
    auditing.set_defaults(run=_audit)

    staling = commands.add_parser("stale", help="list what must be looked at again, and why")
    staling.add_argument("--as-of", type=_date, help="at which day (default: the site's)")
    staling.add_argument("--format", choices=("text", "json"), default="text")
    staling.set_defaults(run=_stale)

    linking = commands.add_parser(
        "links", help="ask for what sources are linked to (the one command that asks other hosts)"
    )
    linking.add_argument("--format", choices=("text", "json"), default="text")
    linking.set_defaults(run=_links)

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
    diff.set_defaults(run=_diff)

    migrating = commands.add_parser("migrate", help="bring files to this version of the format")
    migrating.add_argument("path", nargs="*", type=Path, help="these files only")
    migrating.set_defaults(run=_migrate)

    schema = commands.add_parser("schema", help="write the JSON Schemas of all files")
    schema.add_argument("folder", type=Path, nargs="?", help="default: schemas/ of the project")
    schema.add_argument(
        "--ids",
        action="store_true",
        help="let editors complete ids: list them in schemas/, where git does not see the list",
    )
    schema.set_defaults(run=_schema)

    messages = commands.add_parser(
        "messages", help="bring the catalogues of the interface in languages/ up to date"
    )
    messages.add_argument(
        "language", nargs="*", type=_language, help="begin catalogues of these, such as az"
    )
    messages.set_defaults(run=_messages)

    reference = commands.add_parser("reference", help="renew the reference pages for authors")
    reference.set_defaults(run=_reference)
    return parser


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


def _add_as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=_date, help="the day the site speaks from (EDTF)")


def _add_drafts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--drafts",
        action="store_true",
        help="a preview: with drafts, and with what is scheduled for later",
    )


def _date(text: str) -> Edtf:
    try:
        return parse_date(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _language(text: str) -> str:
    if locale_of(text) is None or text == "en":
        raise argparse.ArgumentTypeError(f"'{text}' is no language that a catalogue can be in")
    return text


def _check(options: argparse.Namespace) -> int:
    project = Project(options.root)
    written = read_docs(project.docs, project.components)
    found = find_problems(options.root, as_of=options.as_of, cached=not options.no_cache)
    languages = read_languages(options.root)
    translations = read_translations(options.root)
    others = (*languages.problems, *translations.problems, *written.problems)
    problems = tuple(ordered((*found, *others)))
    if options.path:
        names = set()
        for path in options.path:
            inside = _inside(path, options.root)
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


def _inside(path: Path, root: Path) -> str | None:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return None


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _checked(options: argparse.Namespace) -> Checked:
    drafts = getattr(options, "drafts", False)
    return check_tree(load_tree(options.root), as_of=getattr(options, "as_of", None), drafts=drafts)


def _site(options: argparse.Namespace, told: Progress, press: Press | None = None) -> Site | None:
    """The whole site in memory, or None with its problems printed."""
    from briefsite.pages import TemplateError
    from briefsite.site import AssemblyError, assemble

    told.enter("checking")
    checked = _checked(options)
    told.hush()
    sys.stderr.write(render(checked.problems))
    if checked.library is None:
        sys.stderr.write(f"{summary(checked.problems)}\n")
        return None
    try:
        told.enter("assembling")
        unlisted = getattr(options, "drafts", False)
        site_url = getattr(options, "site_url", None) or ""
        project = Project(options.root)
        site = assemble(project, checked.library, press, site_url=site_url, unlisted=unlisted)
        told.enter("rendering", site.size)
        site.finish(told.step)
        return site
    except AssemblyError as error:
        said = render(error.problems)
    except TemplateError as error:
        said = f"macros/{error}\n"
    told.hush()
    sys.stderr.write(said)
    return None


def _build(options: argparse.Namespace) -> int:
    if options.verify:
        from briefsite.publish import OFFLINE_COPY

        published = ((options.site_dir or options.root / "site") / OFFLINE_COPY).exists()
        return _publish(options) if published else _verify(options)
    # The engine takes half a second to import; the other commands do without.
    from briefsite.engine.run import build

    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        return build(
            options.root,
            site_dir=options.site_dir,
            as_of=options.as_of,
            drafts=options.drafts,
            told=told,
            cache=_cache(options),
            line=options.line,
        )


def _publish(options: argparse.Namespace) -> int:
    if getattr(options, "rollback", False):
        return _roll_back(options)
    from briefsite.engine.run import build, open_press
    from briefsite.publish import PublishError

    if not options.verify:
        with progress(quiet=options.quiet, verbose=options.verbose) as told:
            return build(
                options.root,
                site_dir=options.site_dir,
                as_of=options.as_of,
                publish=True,
                told=told,
                cache=_cache(options),
                line=options.line,
            )
    try:
        return _verify(options, open_press(options.root))
    except PublishError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _cache(options: argparse.Namespace) -> Path | None:
    """Where a build keeps what the next one can use; None if nothing is kept."""
    folder = None if options.no_cache else cache_folder(options.cache)
    if folder is None:
        return None
    if _inside(folder, options.root) is not None:
        if options.cache is None and VARIABLE not in os.environ:
            return None  # the project is the user's home
        # A proposed change could bring its own.
        sys.stderr.write(f"briefsite: a cache within the project could be anyone's: {folder}\n")
        raise SystemExit(2)
    return folder


def _roll_back(options: argparse.Namespace) -> int:
    from briefsite.site import altered, built_as_of, former, roll_back

    site: Path = options.site_dir or options.root / "site"
    before = former(site.resolve())
    if not before.exists():
        sys.stderr.write(f"briefsite: no site was kept that {site} has replaced\n")
        return 1
    if wrong := altered(before):
        sys.stderr.write(f"briefsite: the site before is not whole: {wrong[0]}\n")
        return 1
    roll_back(site.resolve())
    sys.stderr.write(f"{site} is as of {built_as_of(site)} again; --rollback takes this back\n")
    return 0


def _verify(options: argparse.Namespace, press: Press | None = None) -> int:
    from briefsite.publish import faults
    from briefsite.site import altered, built_as_of, built_at, renewed, verify

    folder = options.site_dir or options.root / "site"
    built = built_as_of(folder)
    if options.as_of is None and built is not None:
        options.as_of = _date(built)
    options.site_url = built_at(folder)
    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        site = _site(options, told, press)
        told.enter("verifying")
        missing = verify(folder, site) if site is not None else []
        # Another engine makes no manifest; that of ours says the same of each file once more.
        if not missing and (press is not None or built is not None):
            missing = altered(folder)
        if press is not None:
            missing += faults(folder)
    if site is None:
        return 1
    if built is not None:
        sys.stderr.write("".join(f"{line}\n" for line in renewed(folder, options.root)))
    for line in missing:
        sys.stdout.write(f"{line}\n")
    count = len(site.pages) + len(site.docs) + len(site.files)
    sys.stderr.write(f"{count} pages and files expected, {len(missing)} problems\n")
    return 1 if missing else 0


def _serve(options: argparse.Namespace) -> int:
    from briefsite.engine.run import serve

    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        return serve(options.root, address=options.address, told=told)


def _stage(options: argparse.Namespace) -> int:
    from briefsite.site import StageError, stage

    with progress(quiet=options.quiet, verbose=options.verbose) as told:
        site = _site(options, told)
        if site is None:
            return 1
        try:
            told.enter("writing files")
            count = stage(Project(options.root), site, options.folder)
        except StageError as error:
            told.hush()
            sys.stderr.write(f"briefsite: {error}\n")
            return 2
    if not options.quiet:
        sys.stderr.write(f"{count} files in {os.fspath(options.folder)}\n")
    return 0


def _audit(options: argparse.Namespace) -> int:
    from briefsite.data import print_audit

    tree = load_tree(options.root)
    unread = [document.path for document in tree.documents["brief"] if not document.is_read]
    for path in unread:
        sys.stderr.write(f"{path}: cannot be read, and so is not counted; run briefsite check\n")
    known = [address(document.path) for document in tree.documents["brief"]]
    for unknown in (key for key in options.briefs if key not in known):
        hint = did_you_mean(unknown, known)
        sys.stderr.write(f"briefsite: there is no brief '{unknown}'{f': {hint}' if hint else ''}\n")
        return 2
    found = audit(check_tree(tree).readings, options.briefs)
    sys.stdout.write(print_audit(found, options.format))
    return 1 if found.unsourced or unread or not found.coverage else 0


def _stale(options: argparse.Namespace) -> int:
    from briefsite.data import print_stale
    from briefsite.model.staleness import stale

    checked = _checked(options)
    if checked.library is None:
        sys.stderr.write(f"{render(checked.problems)}{summary(checked.problems)}\n")
        return 1
    library = checked.library
    found = stale(library, options.as_of)
    told = (e for e in read_translations(options.root).entries if e.brief in library.briefs)
    outdated = [each for each in told if each.is_outdated(library)]
    sys.stdout.write(print_stale(library, found, options.format, outdated))
    count = len(found) + len(outdated)
    sys.stderr.write(f"{count} to be looked at again\n" if count else "nothing is due\n")
    return 1 if count else 0


def _links(options: argparse.Namespace) -> int:
    from briefsite import __version__
    from briefsite.linkcheck import Link, check_links, print_links

    library = _checked(options).library
    if library is None:
        sys.stderr.write("there are problems: run briefsite check\n")
        return 1
    links: list[Link] = []
    for source in library.sources.values():
        origin = library.origins["source", source.id]
        doi = f"https://doi.org/{source.DOI}" if source.DOI else None
        archived = source.archived.URL if source.archived else None
        given = dict.fromkeys(filter(None, (source.URL or doi, archived)))
        links += (Link(source.id, origin.path, origin.line, url) for url in given)
    contact = library.publication.contact.URL
    agent = f"briefsite/{__version__} (checks the links of its sources; {contact})"
    findings = check_links(links, agent=agent)
    sys.stdout.write(print_links(findings, options.format))
    wrong = sum(each.state != "fine" for each in findings)
    sys.stderr.write(f"{len(findings)} links were asked for; {wrong} were not fine\n")
    return 1 if any(each.is_fault for each in findings) else 0


def _diff(options: argparse.Namespace) -> int:
    """Exit 0 whether anything changed or not; 1 if git or a file cannot be read."""
    from briefsite.changes import compare, propose, read_edition
    from briefsite.data import Revisions, print_differences
    from briefsite.write import write_whole

    if options.write and options.head is not None:
        sys.stderr.write("briefsite: --write is for the files as they are: leave HEAD out\n")
        return 2
    root: Path = options.root
    try:
        base_commit = commit_of(root, options.base)
        head_commit = commit_of(root, options.head) if options.head is not None else None
        base = load_revision(root, base_commit)
        head = load_revision(root, head_commit) if head_commit else load_tree(root)
    except RevisionError as error:
        sys.stderr.write(f"briefsite: {error}\n")
        return 2 if isinstance(error, NoRevisionError) else 1
    before, after = (read_edition(tree, check_tree(tree)) for tree in (base, head))
    comparison = compare(before, after)
    revisions = Revisions(options.base, base_commit, options.head or "working tree", head_commit)
    sys.stdout.write(print_differences(comparison, revisions, options.format))
    if options.write:
        proposal = propose(comparison, head)
        for path, text in proposal.files.items():
            write_whole(root / path, text)
        for line in proposal.notes:
            sys.stderr.write(f"{line}\n")
    return 0


def _migrate(options: argparse.Namespace) -> int:
    """Write all files, or, where one cannot be brought up to date, none."""
    from briefsite.write import write_whole

    wanted = {_inside(path, options.root) for path in options.path}
    documents = [document for _, document in load_tree(options.root)]
    known = {document.path for document in documents}
    if unknown := [str(p) for p in options.path if _inside(p, options.root) not in known]:
        sys.stderr.write(f"briefsite: {unknown[0]} is no source file of the project\n")
        return 2
    chosen = [d for d in documents if not wanted or d.path in wanted]
    written, failed = {}, False
    for document in chosen:
        try:
            done = migrate(document)
        except MigrationError as error:
            sys.stderr.write(f"{document.path} {error}\n")
            failed = True
            continue
        if done.text != document.text:
            written[document.path] = done
    if failed:
        sys.stderr.write("nothing was written\n")
        return 1
    for path, done in written.items():
        write_whole(options.root / path, done.text)
        sys.stderr.write(f"{path}: from version {done.version}\n")
    count = f"{len(chosen)} file{'' if len(chosen) == 1 else 's'}"
    if not written:
        sys.stderr.write(f"nothing to do: {count} of version {CURRENT_VERSION}\n")
    return 0


def _schema(options: argparse.Namespace) -> int:
    from briefsite.model.schema import write_schemas
    from briefsite.site import fill_ids

    if options.ids:
        path = fill_ids(options.root, known_ids(_checked(options).readings))
        sys.stderr.write(f"{path or 'there are no schemas to add ids to'}\n")
        return 0 if path else 1
    folder = options.folder or options.root / "schemas"
    for path in write_schemas(folder):
        sys.stderr.write(f"{path}\n")
    return 0


def _messages(options: argparse.Namespace) -> int:
    from briefsite.languages.extract import write_catalogues

    found = read_languages(options.root)
    if found.problems:
        sys.stderr.write(f"{render(found.problems)}nothing was written\n")
        return 1
    for path in write_catalogues(options.root, tuple(options.language)):
        sys.stderr.write(f"{path}\n")
    sys.stderr.write("".join(f"{note}\n" for note in read_languages(options.root).notes))
    return 0


def _reference(options: argparse.Namespace) -> int:
    from briefsite.data import write_reference

    for path in write_reference(options.root):
        sys.stderr.write(f"{path}\n")
    return 0
