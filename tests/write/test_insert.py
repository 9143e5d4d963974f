"""Files that people keep by hand: a record is added, and every other byte stays."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from briefsite.load import load_document
from briefsite.write.insert import Inserted, InsertError, insert_item, write_text

ROOT = Path(__file__).parents[2]
RECORD = {"id": "m", "name": "New"}
SORTED = """\
# The head of the file.
schema: 1

actors:   # all of them
  # About c.
  - id: c
    name: C

  - {id: k, name: "K"}   # in braces
    # still k

  # About z,
  # in two lines.
  - name: Z
    id: z
    names:
      - name: |
          Zed

places: []
"""


def insert(text: str, identity: str = "m", key: str = "actors") -> Inserted:
    document = load_document("file.yaml", text.encode())
    assert document.root is not None, document.problems
    return insert_item(document, key, {**RECORD, "id": identity})


def added(before: str, found: Inserted) -> str:
    """The new lines; everything else must be as it was."""
    lines = found.text.splitlines(keepends=True)
    new = lines[found.start - 1 : found.stop - 1]
    rest = lines[: found.start - 1] + lines[found.stop - 1 :]
    old = before.splitlines(keepends=True)
    blank = [line for line in rest if line.strip()]
    assert blank == [line for line in old if line.strip()]
    assert len(rest) - len(old) in (0, 1)
    return "".join(new)


@pytest.mark.parametrize(
    ("identity", "before", "behind"),
    [
        ("a", "actors:   # all of them", "  # About c."),
        ("d", "    name: C", '  - {id: k, name: "K"}   # in braces'),
        ("m", "    # still k", "  # About z,"),
        ("zz", "          Zed", "places: []"),
    ],
)
def test_in_a_sorted_list_it_stands_in_its_place(identity: str, before: str, behind: str) -> None:
    found = insert(SORTED, identity)
    assert added(SORTED, found) == f"  - id: {identity}\n    name: New\n"
    lines = [line for line in found.text.splitlines() if line]
    at = lines.index(f"  - id: {identity}")
    assert (lines[at - 1], lines[at + 2]) == (before, behind)


def test_in_any_other_list_it_stands_at_the_end() -> None:
    text = "schema: 1\nactors:\n- id: z\n  name: Z\n- id: a\n  name: A"
    assert insert(text).text == f"{text}\n- id: m\n  name: New\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_the_file(end: str) -> None:
    text = SORTED.replace("\n", end)
    found = insert(text)
    assert found.text.replace(end, "\n") == insert(SORTED).text
    assert len(found.text.split(end)) == len(insert(SORTED).text.split("\n"))


@pytest.mark.parametrize("rest", ["", " # none", " []", " [ ] # none"])
def test_a_list_that_is_empty_gets_its_first(rest: str) -> None:
    empty = f"places:{rest}\n"
    found = insert(f"schema: 1\n{empty}actors: []\n", key="places")
    (line, *_) = found.text.splitlines()[1:]
    assert line.startswith("places:")
    assert "[" not in line
    assert ("# none" in line) == ("# none" in empty)
    assert found.text.splitlines()[2:4] == ["  - id: m", "    name: New"]


def test_a_list_that_is_not_there_is_begun() -> None:
    found = insert("schema: 1\n", key="places")
    assert found.text == "schema: 1\n\nplaces:\n  - id: m\n    name: New\n"


@pytest.mark.parametrize(
    "text", ["schema: 1\nactors: [{id: a, name: A}]\n", "{schema: 1, actors: []}\n"]
)
def test_what_is_written_in_brackets_is_left_alone(text: str) -> None:
    with pytest.raises(InsertError):
        insert(text)


def test_nested_indentation_follows_what_is_there() -> None:
    text = "actors:\n  - id: a\n    part:\n        x: 1\n    names:\n    - name: B\n"
    document = load_document("file.yaml", text.encode())
    found = insert_item(document, "actors", {"id": "m", "part": {"x": 2}, "names": [{"name": "C"}]})
    new = text.replace("id: a", "id: m").replace("x: 1", "x: 2").replace("name: B", "name: C")
    assert found.text == text + new.removeprefix("actors:\n")


@pytest.mark.parametrize("identity", ["0", "m", "zzz"])
@pytest.mark.parametrize("path", sorted((ROOT / "briefs").rglob("*.yaml")), ids=lambda p: p.stem)
def test_the_publications_own_files_stay_as_they_are(path: Path, identity: str) -> None:
    text = path.read_text(encoding="utf-8")
    for key in ("claims", "sources", "actors", "places", "agreements"):
        if f"\n{key}:" in text:
            found = insert(text, identity, key)
            assert added(text, found).startswith(f"  - id: {identity}\n") or identity == "0"
            document = load_document("file.yaml", found.text.encode())
            assert document.root is not None
            assert not document.problems


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("old")
    path.chmod(0o640)
    write_text(path, "new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [found.name for found in tmp_path.iterdir()] == ["file.yaml"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("old")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="space"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["file.yaml"]
