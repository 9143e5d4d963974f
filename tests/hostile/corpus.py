"""Every payload in every field: hostile trees, made from a good one that uses all fields there are.

The good tree is the minimal project with `tests/golden/hostile-text/input` over it, whose texts say
`<script>`: that mark tells which values are texts. A payload takes the place of a whole value, so
that it also stands at the start of one, where a formula or a link would count.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from briefsite.catalogue import CATALOGUE
from briefsite.check import Checked, check_tree
from briefsite.load import Document, Kind, Location, Tree, load_document
from briefsite.load.basemaps import read_basemaps
from briefsite.load.tree import read_document
from briefsite.report import Problem

HERE = Path(__file__).parent
TESTS = HERE.parent
ROOT = TESTS.parent
GOLDEN = TESTS / "golden" / "hostile-text" / "input"
SOURCES = (TESTS / "projects" / "minimal", GOLDEN)
_KINDS = yaml.safe_load((HERE / "payloads.yaml").read_text(encoding="utf-8"))
SEEN: Mapping[str, str] = _KINDS["seen"]
UNSEEN: Mapping[str, str] = _KINDS["unseen"]
PAYLOADS: Mapping[str, str] = {**SEEN, **UNSEEN}
MARK = re.compile(r"\\?<script")

Files = dict[str, Any]
Path_ = tuple[str | int, ...]


def kind_of(path: str) -> Kind:
    if path.startswith("maps/"):
        return "map"
    return "registry" if path.startswith("briefs/registry/") else "brief"


@cache
def _good() -> Files:
    files = {}
    for source in SOURCES:
        for path in sorted(source.rglob("*.yaml")):
            name = path.relative_to(source).as_posix()
            root = load_document(name, path.read_bytes()).root
            assert root is not None
            files[name] = json.loads(json.dumps(root.plain()))
    return files


def good() -> Files:
    """The good tree as plain data: path → what the file holds."""
    return copy.deepcopy(_good())


def leaves(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in items:
        if isinstance(below, dict | list):
            yield from leaves(below, (*path, key))
        else:
            yield (*path, key), below


def put(files: Files, path: Path_, value: Any) -> None:
    parent: Any = files
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value


def _marked(wanted: Callable[[Path_], bool]) -> tuple[Path_, ...]:
    found = ((p, v) for p, v in leaves(_good()) if isinstance(v, str) and MARK.search(v))
    return tuple(path for path, _ in found if wanted(path))


@cache
def text_fields() -> tuple[Path_, ...]:
    """Where one line or paragraph of text stands."""
    return _marked(lambda p: not is_prose(p) and not is_vocabulary(p) and not _is_second(p))


@cache
def prose_fields() -> tuple[Path_, ...]:
    """Where Markdown stands."""
    return _marked(is_prose)


@cache
def vocabulary() -> tuple[Path_, ...]:
    """Texts that are looked for in all others, so that they cannot stand in both."""
    return _marked(is_vocabulary)


@cache
def other_fields() -> tuple[Path_, ...]:
    """Where anything but text stands: ids, dates, numbers, addresses, words from a list."""
    known = {*text_fields(), *prose_fields(), *vocabulary()}
    full = (path for path, _ in leaves(_good()) if "hostile" in str(path[0]))
    return tuple(path for path in full if path not in known and not _is_second(path))


def is_prose(path: Path_) -> bool:
    return path[-1] in ("summary", "prose") and kind_of(str(path[0])) == "brief"


def _is_second(path: Path_) -> bool:
    """Whether it is what a second figure measures: a chart tells bars apart by that."""
    return path[-1] == "measures" and path[-2] != 0


def is_vocabulary(path: Path_) -> bool:
    return path[1] in ("loaded_words", "contested_names") and "reason" not in path


def written(files: Files, *, escaped: bool = False) -> dict[str, bytes]:
    """The files of a tree as JSON, which is YAML too; on request with every odd letter escaped."""
    texts = {
        name: json.dumps(value, indent=1, ensure_ascii=escaped) for name, value in files.items()
    }
    return {name: PAIR.sub(_long_escape, text).encode() for name, text in texts.items()}


PAIR = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")


def _long_escape(pair: re.Match[str]) -> str:
    # Half of a letter is nothing that YAML knows.
    letter = bytes.fromhex(pair[1] + pair[2]).decode("utf-16-be")
    return f"\\U{ord(letter):08x}"


def check(files: Files, *, escaped: bool = False) -> tuple[Checked, dict[str, Document]]:
    """What the check says of a tree, and its documents by their paths."""
    return check_bytes(written(files, escaped=escaped))


def check_bytes(files: Mapping[str, bytes]) -> tuple[Checked, dict[str, Document]]:
    """The same of files as they would lie on a disk, without one."""
    tree = Tree(ROOT, basemaps=_basemaps())
    for name, data in files.items():
        tree.documents[kind_of(name)].append(read_document(name, data))
    return check_tree(tree), {document.path: document for _, document in tree}


@cache
def _basemaps() -> Mapping[str, Any]:
    return read_basemaps(ROOT / "maps" / "basemap")


def refused(
    checked: Checked, documents: Mapping[str, Document], fields: Iterable[Path_]
) -> tuple[set[Path_], list[Problem]]:
    """The fields that an error stands in, and the errors that stand in none of them."""
    spans: dict[str, list[tuple[Location, Location, Path_]]] = {}
    for field in fields:
        document = documents[str(field[0])]
        node = document.node(field[1:])
        if node is not None:
            span = document.location(node.start), document.location(node.end), field
            spans.setdefault(document.path, []).append(span)
    found: set[Path_] = set()
    elsewhere = []
    for problem in checked.problems:
        if CATALOGUE[problem.code].severity == "warning":
            continue
        here = (problem.line, problem.column)
        for first, last, field in spans.get(problem.path, []):
            if (first.line, first.column) <= here <= (last.line, last.column):
                found.add(field)
                break
        else:
            elsewhere.append(problem)
    return found, elsewhere


@cache
def shown(payload: str) -> frozenset[Path_]:
    """The text fields in which a payload is no error, but a text of the publication."""
    files = good()
    for field in text_fields():
        put(files, field, payload)
    found, elsewhere = refused(*check(files, escaped=True), text_fields())
    assert elsewhere == [], f"{payload!r} causes problems where it does not stand"
    return frozenset(text_fields()) - found


MAX_LINE = 235
"""Characters that fit into every text field."""
ALONE = ("formula", "link-", "combining", "astral", "homoglyph", "one-word", "control", "csv")


def groups(names: Iterable[str]) -> list[str]:
    """Payloads side by side, so that one set of records carries several.

    Some only count at the start of a value, and some are refused in a few fields.
    """
    found = [""]
    for name in names:
        payload = PAYLOADS[name]
        if name.startswith(ALONE):
            found.insert(0, payload)
        elif len(found[-1]) + 1 + len(payload) <= MAX_LINE:
            found[-1] = f"{found[-1]} {payload}".strip()
        else:
            found.append(payload)
    return found


def copy_of(number: int, payload: str, prose: str | None = None) -> Files:
    """Records of all kinds, under names of their own, with a payload in all that shows it."""
    files = good()
    for field in shown(payload):
        put(files, field, payload)
    for field in prose_fields():
        put(files, field, prose or "Plain words [@hostile-claim].\n")
    found = {}
    for name in (name for name in files if "hostile" in name):
        for key in ("loaded_words", "contested_names"):
            files[name].pop(key, None)
        text = json.dumps(files[name])
        found[name.replace("hostile", f"h{number:02}")] = json.loads(
            re.sub(r"\bhostile(?=[-\"\];])", f"h{number:02}", text)
        )
    return found


@cache
def is_prose_welcome(payload: str) -> bool:
    """Whether prose may say a payload as it is."""
    files = good()
    for field in prose_fields():
        put(files, field, f"{payload} [@hostile-claim].\n")
    checked, _ = check(files)
    assert checked.library is not None or checked.problems
    return checked.library is not None


def prose_of_all() -> str:
    """A paragraph of each payload that prose may say."""
    welcome = (payload for payload in SEEN.values() if is_prose_welcome(payload))
    return "\n\n".join(f"{payload} [@hostile-claim]." for payload in welcome) + "\n"
