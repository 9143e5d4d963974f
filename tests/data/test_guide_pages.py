"""The generated pages of the author guide leave nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.data.components import components_page
from briefsite.data.fields import fields_page
from briefsite.model import records

MACROS = Path(__file__).parents[2] / "macros"


def test_every_field_of_every_record_stands_under_its_record() -> None:
    sections = {part.partition("\n")[0]: part for part in fields_page().split("\n#### ")[1:]}
    for name in records.__all__:
        record = getattr(records, name)
        if isinstance(record, type) and issubclass(record, records.Record) and name != "Record":
            keys = [field.alias or key for key, field in record.model_fields.items()]
            listed = [line.split("`")[1] for line in sections[name].split("\n") if line[:2] == "- "]
            assert listed == keys


def test_a_field_says_whether_it_is_needed_its_choices_and_an_example() -> None:
    page = fields_page()
    assert "- `level` (one of `high`, `moderate`, `low`, needed): " in page
    assert "- `sources` (list: [Citation](#citation), needed): Where it is said." in page
    assert "- `part_of` (id of an actor): What it belongs to.\n" in page
    assert "Such as `million tonnes`." in page


def test_every_component_is_there_with_what_it_makes_of_its_examples() -> None:
    page = components_page(MACROS)
    for path in (MACROS / "components").glob("*.html.j2"):
        assert f"#### {path.name.removesuffix('.html.j2')}\n" in page
    for path in (MACROS / "inserts").glob("*.html.j2"):
        assert f"- `<!-- briefsite: {path.name.removesuffix('.html.j2')} -->`: " in page
    assert "- month: `2012-02` reads “February 2012”." in page


def test_a_component_says_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "inserts").mkdir()
    (tmp_path / "inserts" / "bare.html.j2").write_text("<p>text</p>", encoding="utf-8")
    with pytest.raises(ValueError, match="does not begin with a comment"):
        components_page(tmp_path)
