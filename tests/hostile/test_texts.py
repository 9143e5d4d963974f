"""A hostile text in any field of any record is refused at its place, or stands there as text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.hostile.conftest import HostileSite
from tests.hostile.corpus import (
    PAYLOADS,
    SEEN,
    UNSEEN,
    check,
    good,
    is_prose_welcome,
    leaves,
    other_fields,
    prose_fields,
    put,
    refused,
    shown,
    text_fields,
    vocabulary,
)
from tests.hostile.inert import Shape, faults

# A view of the map, a chart and a bar have plain titles; a formula is read once all of its record
# is right, and has hostile values of its own in `values.yaml`.
LEFT = {
    ("briefs/hostile.yaml", "charts", 0, "marks", 1, "label"),
    ("briefs/hostile.yaml", "charts", 1, "title"),
    ("maps/hostile-map.yaml", "views", 1, "title"),
    ("briefs/registry/hostile.yaml", "corrections", 0, "sums", 0, "formula"),
    ("briefs/registry/hostile.yaml", "terms", 0, "names", 0, "name"),
}
A_LINE_IN_A_CHART = "text class x y"
A_NAME_IN_PROSE = "a class data-card href"
OF_A_SET = re.compile(r"(.*?)\bh(\d\d)(?=[-/.])(.*)")


def test_the_corpus_holds_thousands_of_files() -> None:
    fields = len(text_fields()) + len(prose_fields()) + len(other_fields()) + len(vocabulary())
    assert len(PAYLOADS) >= 75
    assert fields >= 200
    assert not check(good())[0].problems


@pytest.mark.parametrize("name", SEEN)
def test_a_text_that_can_be_seen_is_shown_nearly_everywhere(name: str) -> None:
    assert len(shown(SEEN[name])) >= len(text_fields()) // 3
    files = good()
    for field in shown(SEEN[name]):
        put(files, field, SEEN[name])
    checked, _ = check(files)
    assert checked.library is not None


@pytest.mark.parametrize("name", UNSEEN)
@pytest.mark.parametrize("escaped", [False, True], ids=["as it is", "escaped"])
def test_what_cannot_be_seen_is_refused_wherever_it_stands(name: str, escaped: bool) -> None:
    files = good()
    for field in text_fields():
        put(files, field, UNSEEN[name])
    checked, documents = check(files, escaped=escaped)
    assert "hidden-character" in {problem.code for problem in checked.problems}
    if escaped:
        found, elsewhere = refused(checked, documents, text_fields())
        assert (found, elsewhere) == (set(text_fields()), [])
    for field in prose_fields():
        files = good()
        put(files, field, f"{UNSEEN[name]} [@hostile-claim].\n")
        assert "hidden-character" in {p.code for p in check(files, escaped=escaped)[0].problems}


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_other_field_takes_a_hostile_text(name: str) -> None:
    files = good()
    for field in other_fields():
        put(files, field, PAYLOADS[name])
    checked, documents = check(files, escaped=True)
    found, _ = refused(checked, documents, other_fields())
    assert set(other_fields()) - found <= LEFT
    assert checked.library is None


@pytest.mark.parametrize("name", PAYLOADS)
def test_words_that_are_looked_for_may_be_hostile(name: str) -> None:
    files = good()
    for field in vocabulary():
        put(files, field, PAYLOADS[name])
    checked, documents = check(files, escaped=True)
    refused(checked, documents, vocabulary())


@pytest.mark.parametrize("name", SEEN)
def test_prose_is_refused_or_becomes_the_markup_of_prose(name: str) -> None:
    if is_prose_welcome(SEEN[name]):
        return
    files = good()
    for field in prose_fields():
        put(files, field, f"{SEEN[name]} [@hostile-claim].\n")
    found, elsewhere = refused(*check(files), prose_fields())
    assert (found, elsewhere) == (set(prose_fields()), [])


@cache
def pages(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def test_a_page_has_the_same_elements_whatever_its_texts_say(hostile_site: HostileSite) -> None:
    """Were a text markup, its page would have other elements than that of another text."""
    kinds: dict[tuple[str, str], dict[int, Counter[str]]] = {}
    for name, page in pages(hostile_site.folder).items():
        if match := OF_A_SET.fullmatch(name):
            kind = kinds.setdefault((match[1], match[3]), {})
            if match[2] != "00":  # its prose has other paragraphs
                elements = Counter(Shape(page).elements)
                del elements[A_LINE_IN_A_CHART]  # a longer text has more of them
                del elements[A_NAME_IN_PROSE]  # the text is what a term is called, too
                kind[int(match[2])] = elements
    assert len(kinds) >= 6
    for names, shapes in kinds.items():
        assert set(shapes) == set(range(1, len(hostile_site.payloads)))
        usual, _ = Counter(frozenset(s.items()) for s in shapes.values()).most_common(1)[0]
        odd = [hostile_site.payloads[n] for n, s in shapes.items() if s.items() != usual]
        assert odd == [], names


def test_each_text_is_there_to_read(hostile_site: HostileSite) -> None:
    for number, payload in enumerate(hostile_site.payloads):
        shape = Shape(pages(hostile_site.folder)[f"briefs/h{number:02}/index.html"])
        # Between letters a page sets a printer's apostrophe.
        said = " ".join(" ".join(shape.texts).split()).replace(
            "\N{RIGHT SINGLE QUOTATION MARK}", "'"
        )
        assert said.count(" ".join(payload.split())) >= 20, payload


def test_what_prose_may_say_is_markup_of_prose_alone(hostile_site: HostileSite) -> None:
    page = pages(hostile_site.folder)["briefs/h00/index.html"]
    prose = Shape(re.findall(r'<section class="bs-prose">(.*?)</section>', page, re.DOTALL)[0])
    references = "a aria-label class data-contested data-state href"
    marks = {"h2 id", "p", "span class", references, "strong", A_NAME_IN_PROSE}
    assert set(prose.elements) == marks
    assert set(prose.links) == {"#h00-claim", "../../glossary/h00-term/"}
    assert prose.elements.count("p") >= 25


def test_no_file_of_the_site_is_more_than_text(hostile_site: HostileSite) -> None:
    found = []
    for path in sorted(hostile_site.folder.rglob("*")):
        name = path.relative_to(hostile_site.folder).as_posix()
        if path.is_file() and not name.startswith("assets/"):
            found += [f"{name}: {fault}" for fault in faults(name, path.read_bytes())]
    assert found == []


def test_the_data_says_what_the_files_say(hostile_site: HostileSite) -> None:
    for number, payload in enumerate(hostile_site.payloads):
        data = json.loads((hostile_site.folder / "data" / f"h{number:02}.json").read_bytes())
        assert [text for _, text in leaves(data) if text == " ".join(payload.split())]
