"""Links in hand-written pages to an anchor of a list that has grown into several pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model import parts
from briefsite.model.parts import anchors_of
from briefsite.pages import Templates, lists_of
from briefsite.site.links import check_moved

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def templates() -> Templates:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    return Templates(ROOT / "macros", library, {})


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SIZES", dict.fromkeys(parts.SIZES, 2))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("address", "file"), [("atlas/", "atlas.md"), ("places/", "places/index.md")]
)
def test_a_hand_written_page_is_told_where_an_anchor_stands_now(
    templates: Templates, address: str, file: str
) -> None:
    lists = lists_of(Templates(templates.folder, templates.library, {}))
    known = anchors_of(lists[address])
    first = next(iter(known))
    anchor, part = list(known.items())[-1]
    text = (
        "---\ntitle: Maps\n---\n"
        f"[there](../{file}#{anchor}), [by address](../../{address}#{anchor}),\n"
        f"[here](../{file}#{first}), [else](https://example.org/{address}#{anchor}), [no](#x)\n"
    )
    found = list(check_moved({"authors/maps.md": text}, lists))
    assert [(p.path, p.line, p.column, p.code) for p in found] == [
        ("docs/authors/maps.md", 4, 1, "dead-link"),
        ("docs/authors/maps.md", 4, text.split("\n")[3].index("[by") + 1, "dead-link"),
    ]
    assert {p.hint for p in found} == {f"link to ../{part[:-1]}.md#{anchor}"}
    assert list(check_moved({"maps.md": text.replace("../", "")}, lists))
    # The page that it leads to is right.
    right = f"[there](../{part[:-1]}.md#{anchor})"
    assert list(check_moved({"authors/maps.md": right}, lists)) == []


def test_while_a_list_is_one_page_nothing_has_moved(templates: Templates) -> None:
    lists = lists_of(templates)
    for address, file in (("atlas/", "atlas.md"), ("places/", "places/index.md")):
        anchor = list(anchors_of(lists[address]))[-1]
        assert list(check_moved({"maps.md": f"[there]({file}#{anchor})"}, lists)) == []
