"""A new record in the tree: made in memory, checked as the whole tree is, then written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefsite.check import Checked, check_tree
from briefsite.check.check import index_tree
from briefsite.check.index import Index
from briefsite.check.modeline import modeline
from briefsite.check.nearest import Nearest
from briefsite.load import Document, Kind, Tree, load_document, load_tree
from briefsite.model.records import MapRecord, RecordKind
from briefsite.model.records.described import descriptions
from briefsite.report import Problem, render
from briefsite.write.fields import KINDS, LIST_OF, WHOLE_FILES, skeleton
from briefsite.write.fields import Path as FieldPath
from briefsite.write.insert import Inserted, InsertError, insert_item
from briefsite.write.known import known_work
from briefsite.write.scalars import Todo, Written, item_lines, mapping_lines

_FOLDERS: Mapping[str, str] = {"brief": "briefs", "map": "maps"}
_REGISTRY = "briefs/registry"


class RefusedError(Exception):
    """Nothing was written; the message says why, for a person to read."""


@dataclass(frozen=True, slots=True)
class Made:
    """The new text of a file, the line its record begins at, and the blanks left in it."""

    path: str
    line: int
    text: str
    blanks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """A tree as it is, which a new record must fit."""

    root: Path
    tree: Tree
    checked: Checked
    index: Index


def look(root: Path) -> Before:
    """The tree that lies at `root`, checked."""
    tree = load_tree(root)
    checked = check_tree(tree, drafts=True)
    return Before(root, tree, checked, index_tree(tree, checked.readings))


def check_free(
    before: Before, kind: RecordKind, identity: str, given: Mapping[FieldPath, Written]
) -> None:
    """Whether nothing has the id, and no source is the work that is given. Raises RefusedError."""
    taken = before.index.defined.get((kind, identity))
    if taken:
        place = f"{taken[0].name}:{taken[0].where.line}"
        raise RefusedError(f"{place}: {kind} '{identity}' is already there: choose another id")
    known = known_work(before.checked.readings, given) if kind == "source" else ""
    if known:
        raise RefusedError(f"nothing was written: {known}; cite that one")


def make(
    before: Before,
    kind: RecordKind,
    identity: str,
    given: Mapping[FieldPath, Written],
    *,
    brief: str | None = None,
    file: str | None = None,
) -> Made:
    """A record with what is given and blanks for the rest, as the file that would hold it.

    A claim goes into the `brief`, other shared records into the `file` of the registry, by default
    the one that holds most of their kind. The tree with it has no problem that it did not have
    before, but for the blanks. Raises RefusedError.
    """
    check_free(before, kind, identity, given)
    tree = before.tree
    whole: dict[FieldPath, Written] = {("schema",): 1, ("id",): identity, **given}
    if kind in WHOLE_FILES:
        path = f"{_FOLDERS[kind]}/{identity}.yaml"
        if (before.root / path).exists():
            raise RefusedError(f"{path} is already there")
        if kind == "map":
            whole = {**_ground(tree), **whole}
        inserted = _file_of(kind, path, skeleton(KINDS[kind], whole), _grounds(tree))
    else:
        path = (
            _brief_path(before.index, brief)
            if kind == "claim"
            else _registry_path(tree, kind, file)
        )
        inserted = _within(tree, path, LIST_OF[kind], skeleton(KINDS[kind], whole))
    blanks = _check_with(tree, before.checked, kind, path, inserted)
    return Made(path, inserted.start, inserted.text, blanks)


def _brief_path(index: Index, slug: str | None) -> str:
    known = {identity: d for (kind, identity), d in index.defined.items() if kind == "brief"}
    if slug not in known:
        hint = Nearest(set(known)).hint(slug or "") or f"briefs: {', '.join(sorted(known))}"
        raise RefusedError(f"there is no brief '{(slug or '')[:80]}' ({hint})")
    return known[slug][0].name


def _registry_path(tree: Tree, kind: RecordKind, file: str | None) -> str:
    key = LIST_OF[kind]
    if file is not None:
        return file
    sizes = {
        document.path: len(node.items or ())
        for document in tree.documents["registry"]
        if document.root is not None and (node := document.root.child(key)) is not None
    }
    return max(sizes, key=lambda path: sizes[path]) if sizes else f"{_REGISTRY}/{key}.yaml"


def _within(tree: Tree, path: str, key: str, record: Mapping[str, Written]) -> Inserted:
    document = next((d for _, d in tree if d.path == path), None)
    if document is None:
        lines = [modeline("registry", path), "schema: 1", "", f"{key}:"]
        new = item_lines(record, 2)
        text = "".join(f"{line}\n" for line in (*lines, *new))
        return Inserted(text, len(lines) + 1, len(lines) + len(new) + 1)
    is_read = document.root is not None and document.root.fields is not None
    if not is_read or not document.is_as_written:
        raise RefusedError(f"{path} cannot be read:\n{render(document.problems)}".rstrip())
    try:
        return insert_item(document, key, record)
    except InsertError as error:
        raise RefusedError(f"{path}:{error.line}: {error}") from None


def _ground(tree: Tree) -> dict[FieldPath, Written]:
    """The basemap of a new map: the default one, or a blank where only others lie."""
    default = str(MapRecord.model_fields["basemap"].default)
    if default in tree.basemaps or not tree.basemaps:
        return {("basemap",): default}
    return {("basemap",): Todo(f"The ground. {_grounds(tree)}")}


def _grounds(tree: Tree) -> str:
    return f"In maps/basemap lie: {', '.join(sorted(tree.basemaps))}." if tree.basemaps else ""


def _file_of(kind: RecordKind, path: str, record: Mapping[str, Written], grounds: str) -> Inserted:
    """A whole file; what else it may hold stands at its foot, as comments."""
    lines = [modeline("brief" if kind == "brief" else "map", path)]
    for key, value in record.items():
        if key == "basemap" and grounds:
            lines.append(f"# {grounds}")
        lines += mapping_lines({key: value})
    told = descriptions(KINDS[kind])
    others = {
        info.alias or name: " ".join(told.get(name, "").split())
        for name, info in KINDS[kind].model_fields.items()
        if (info.alias or name) not in record
    }
    comments = ["", "# It may also hold, each at the start of a line:"]
    comments += [f"#   {key}: {text}" for key, text in others.items()]
    text = "".join(f"{line}\n" for line in (*lines, *comments))
    return Inserted(text, 1, len(lines) + len(comments) + 1)


def _check_with(
    tree: Tree, before: Checked, kind: RecordKind, path: str, inserted: Inserted
) -> tuple[Problem, ...]:
    """The blanks of a record, if the tree with it has no other problem that is new."""
    document = load_document(path, inserted.text.encode("utf-8"))
    after = check_tree(_with(tree, kind, document), drafts=True).problems
    known = Counter(_mark(problem) for problem in before.problems)
    blanks, refused = [], []
    for problem in after:
        here = problem.path == path and inserted.start <= problem.line < inserted.stop
        if here and problem.code == "blank":
            blanks.append(problem)
        elif problem.code == "unused-record":
            continue  # what refers to it is written next
        elif here or not known[_mark(problem)]:
            refused.append(problem)
        else:
            known[_mark(problem)] -= 1
    if refused:
        raise RefusedError(f"nothing was written, for it would give:\n{render(refused)}".rstrip())
    return tuple(blanks)


def _mark(problem: Problem) -> tuple[str, str, str]:
    """What a problem keeps when lines before it are added."""
    return problem.path, problem.code, problem.excerpt


def _with(tree: Tree, kind: RecordKind, document: Document) -> Tree:
    folder: Kind = "registry"
    if kind in ("brief", "claim"):
        folder = "brief"
    elif kind == "map":
        folder = "map"
    others = [each for each in tree.documents[folder] if each.path != document.path]
    changed: Sequence[Document] = sorted([*others, document], key=lambda each: each.path)
    return replace(tree, documents={**tree.documents, folder: list(changed)})
