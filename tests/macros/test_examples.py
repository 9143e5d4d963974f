"""Every component has examples, and each renders to exactly what it says.

`macros/components/NAME.yaml` lies beside the macro `NAME`:

    description: What it shows.
    params:                   # the macro's parameters, and what each is:
      value: Grade            #   a record or type of briefsite.model.records,
      items: [Name]           #   a list of them, `bool`, `int`, `str`, or
      entry: brief            #   one of the minimal project, by its id: brief, claim, judgement,
    examples:                 #   map, question or source; or a `term`, such as actor.alphaland
      - name: what it is an example of
        here: briefs/sample/  # address of the page it stands on; left out: the home page
        as_of: 2030           # the day the site speaks from; left out: the newest review
        data: {value: {reliability: C, credibility: 3, reason: Why.}}
        html: |
          <span>what it must render to, line by line</span>

The minimal project is `tests/projects/minimal`. Its brief's claims are the page's own.
UPDATE_EXPECTED=1 writes what comes now: read the difference before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from briefsite.charts import Tally, count_events, draw_tally
from briefsite.check import check_tree
from briefsite.data import Addresses, cite, work_of_brief
from briefsite.load import load_document, load_tree
from briefsite.maps import draw_maps
from briefsite.model import records
from briefsite.model.dates import parse_date
from briefsite.model.library import Library
from briefsite.model.parts import Part
from briefsite.pages import Templates
from briefsite.pages.page import compact
from briefsite.pages.terms import Term

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "tests" / "projects" / "minimal"
MACROS = ROOT / "macros"
COMPONENTS = MACROS / "components"
HERE = Addresses("https://example.org/")
NAMES = sorted(path.name.removesuffix(".html.j2") for path in COMPONENTS.glob("*.html.j2"))


def read_examples(path: Path) -> dict[str, Any]:
    """A file of examples, read as the project's own YAML is."""
    document = load_document(path.name, path.read_bytes())
    assert document.root is not None, document.problems
    assert not document.problems
    found = document.root.plain()
    assert isinstance(found, dict)
    return found


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, example, id=f"{path.stem}: {example['name']}")
        for path in sorted(COMPONENTS.glob("*.yaml"))
        for example in read_examples(path)["examples"]
    ]


@pytest.fixture(scope="session")
def templates(library: Library) -> Templates:
    drawn = draw_maps(library, ROOT / "maps" / "basemap")
    return Templates(MACROS, library, drawn.maps)


def value_of(kind: Any, given: Any, library: Library) -> Any:
    """What an example's data stands for."""
    if isinstance(kind, tuple):
        return tuple(value_of(kind[0], item, library) for item in given)
    brief = library.briefs["sample"]
    known: Mapping[str, Mapping[str, Any]] = {
        "brief": library.briefs,
        "head": {key: entry.head for key, entry in library.briefs.items()},
        "cited": {
            key: cite(work_of_brief(library, library.briefs[key], HERE)) for key in ("sample",)
        },
        "claim": library.claims,
        "judgement": {item.id: item for item in brief.record.judgements},
        "map": library.maps,
        "question": {item.id: item for item in brief.record.positions},
        "source": library.sources,
        "tally": {key: _tally(library, count) for key, count in (("twelve", 12), ("few", 1))},
        "term": {
            term.anchor: term
            for kind, held in (
                ("actor", library.actors),
                ("place", library.places),
                ("agreement", library.agreements),
                ("term", library.terms),
            )
            for term in (Term(kind, record) for record in held.values())
        },
    }
    if kind in known:
        return known[kind][given]
    if kind == "part":
        address, _, label = given.partition(" ")
        return Part(address, label, ())
    return TypeAdapter(
        {"bool": bool, "int": int, "str": str}.get(kind) or getattr(records, kind)
    ).validate_python(given)


def _tally(library: Library, count: int) -> Tally | None:
    """The picture of so many events of the sample brief, a year apart; None for few."""
    entry = library.briefs["sample"]
    (event,) = entry.record.timeline
    dates = [parse_date(str(2012 + number)) for number in range(count)]
    events = [(event.model_copy(update={"date": date}), entry.head) for date in dates]
    counted = count_events(events, library.topics)
    return None if counted is None else draw_tally(counted, events, events[6:])


def rendered(templates: Templates, name: str, example: Mapping[str, Any]) -> str:
    params = read_examples(COMPONENTS / f"{name}.yaml")["params"]
    if "as_of" in example:
        templates = at_day(templates, str(example["as_of"]))
    library = templates.library
    values = {key: value_of(params[key], given, library) for key, given in example["data"].items()}
    own = library.briefs["sample"].claims
    here = example.get("here", "")
    context = templates.context(here, tuple(own) if here == "briefs/sample/" else ())
    template = templates.environment.get_template(f"components/{name}.html.j2")
    macro = getattr(template.make_module(context), name)
    return compact(str(macro(**values)))


def at_day(templates: Templates, day: str) -> Templates:
    """The templates of the minimal project as it speaks from another day."""
    library = check_tree(load_tree(MINIMAL), as_of=parse_date(day)).library
    assert library is not None
    return Templates(templates.folder, library, templates.maps)


@pytest.mark.parametrize(("name", "example"), cases())
def test_example_renders_as_it_says(
    name: str, example: Mapping[str, Any], templates: Templates
) -> None:
    actual, expected = rendered(templates, name, example), (example["html"] or "").strip()
    if actual != expected and os.environ.get("UPDATE_EXPECTED"):
        write_expected(COMPONENTS / f"{name}.yaml", str(example["name"]), actual)
    else:
        assert actual == expected


def write_expected(path: Path, name: str, html: str) -> None:
    """Put what an example renders to into its file; everything else stays as it is."""
    head, start, rest = path.read_text(encoding="utf-8").partition(f"  - name: {name}\n")
    before, html_key, old = rest.partition("    html: |\n")
    assert start
    assert html_key
    old_lines = old.splitlines(keepends=True)
    count = next((n for n, line in enumerate(old_lines) if line[:6].strip()), len(old_lines))
    new = "".join(f"      {line}\n" for line in html.splitlines())
    path.write_text(
        head + start + before + html_key + new + "".join(old_lines[count:]), encoding="utf-8"
    )


@pytest.mark.parametrize("name", NAMES)
def test_component_has_examples(name: str) -> None:
    path = COMPONENTS / f"{name}.yaml"
    assert path.is_file(), f"write examples of the component '{name}'"
    found = read_examples(path)
    assert found["description"].endswith(".")
    assert found["examples"]


def test_examples_belong_to_a_component() -> None:
    assert {path.stem for path in COMPONENTS.glob("*.yaml")} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_macro_is_named_as_its_file(name: str, templates: Templates) -> None:
    template = templates.environment.get_template(f"components/{name}.html.j2")
    assert hasattr(template.make_module(templates.context("")), name)
