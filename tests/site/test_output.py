"""What is built is put in place whole, or removed."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from briefsite.cache.survey import survey
from briefsite.publish import OFFLINE_COPY
from briefsite.site import Output, former
from briefsite.site.manifest import NAME as MANIFEST


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "site"
    target.mkdir()
    (target / "file").write_text("old")
    return target


def test_what_is_put_in_place_stays_there(target: Path) -> None:
    with closing(Output(target)) as output:
        (output.folder / "file").write_text("new")
        assert (target / "file").read_text() == "old"
        assert not output.put_in_place()  # the old one had no place to stay
    assert [path.name for path in target.parent.iterdir()] == ["site"]
    assert (target / "file").read_text() == "new"


def test_what_is_not_put_in_place_is_removed(target: Path) -> None:
    with closing(Output(target)) as output:
        (output.folder / "file").write_text("new")
    output.close()  # once more does no harm
    assert [path.name for path in target.parent.iterdir()] == ["site"]
    assert (target / "file").read_text() == "old"


def test_what_is_online_can_be_put_back(target: Path) -> None:
    with closing(Output(target)) as output:
        (output.folder / "file").write_text("new")
        assert output.put_in_place(online=True)
    assert {path.name for path in target.parent.iterdir()} == {"site", ".site-before"}


def put(target: Path, text: str, *, published: bool) -> None:
    """Build, or publish, an edition that its manifest tells from others."""
    with closing(Output(target)) as output:
        (output.folder / "file").write_text(text)
        if published:
            (output.folder / OFFLINE_COPY).write_text(text)
        output.describe(text.encode(), survey(output.folder))
        output.put_in_place(online=published)


def test_what_was_published_last_can_be_put_back_whatever_was_built_since(target: Path) -> None:
    put(target, "first edition", published=True)
    for text in ("an attempt", "another one"):
        put(target, text, published=False)
        assert (former(target) / "file").read_text() == "first edition"
    put(target, "second edition", published=True)
    assert (former(target) / "file").read_text() == "first edition"
    put(target, "third edition", published=True)
    assert (former(target) / "file").read_text() == "second edition"


def test_what_is_published_again_as_it_is_takes_no_edition_away(target: Path) -> None:
    for text in ("first edition", "second edition", "second edition"):
        put(target, text, published=True)
    assert (target / "file").read_text() == "second edition"
    assert (former(target) / "file").read_text() == "first edition"


def test_the_manifest_is_found_with_what_it_lists(target: Path) -> None:
    with closing(Output(target)) as output:
        (output.folder / "file").write_text("new")
        found = output.describe(b"{}\n", survey(output.folder))
        assert found.keys() == {"file", MANIFEST}
        assert found == survey(output.folder)


def test_what_another_build_takes_away_is_not_known(target: Path) -> None:
    with closing(Output(target)) as output:
        output.put_in_place()
        assert output.found_in_place() == survey(target)
        shutil.rmtree(target)
        assert output.found_in_place() == {}
