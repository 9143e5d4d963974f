"""What an author sees in an editor: a real YAML language server reads the schemas of a project."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.editor.client import Client, language_server

from briefsite.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MINIMAL = HERE.parent / "projects" / "minimal"
SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
BRIEF = "briefs/sample.yaml"
LINE = "# yaml-language-server: $schema=../schemas/brief.schema.json\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as it is in a fresh clone: its schemas, and no list of its ids."""
    root = tmp_path_factory.mktemp("editor") / "project"
    shutil.copytree(MINIMAL, root)
    assert main(["--root", str(root), "schema"]) == 0
    brief = root / BRIEF
    brief.write_text(LINE + brief.read_text(encoding="utf-8"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    """The server, or a skipped test where Node is not installed; CI must have it."""
    if not SERVER.exists() or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Node and npm, with which `make test` installs the server")
        pytest.skip("no YAML language server: `make test` installs it where Node and npm are")
    with language_server(["node", str(SERVER), "--stdio"], folder) as client:
        yield client


def at(text: str, mark: str = "|") -> tuple[str, dict[str, int]]:
    """A text without its mark, and the mark's place as the protocol counts."""
    before, after = text.split(mark + mark)
    line = before.count("\n")
    return before + after, {"line": line, "character": len(before) - before.rfind("\n") - 1}


def edited(folder: Path, old: str, new: str) -> str:
    text = (folder / BRIEF).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


def completions(client: Client, folder: Path, text: str) -> dict[str, dict[str, object]]:
    text, position = at(text)
    uri = client.open(folder / BRIEF, text)
    where = {"textDocument": {"uri": uri}, "position": position}
    found = client.request("textDocument/completion", where)
    return {item["label"]: item for item in found["items"]}


def test_a_good_file_has_no_diagnostics(client: Client, folder: Path) -> None:
    assert client.diagnostics(client.open(folder / BRIEF)) == []


def test_a_wrong_key_is_marked_where_it_stands(client: Client, folder: Path) -> None:
    text = edited(folder, "\ncutoff:", "\ncut_off:")
    found = client.diagnostics(client.open(folder / BRIEF, text))
    marked = {text.splitlines()[d["range"]["start"]["line"]]: d["message"] for d in found}
    assert "cut_off" in marked["cut_off: 2024-03-01"]
    assert any('"cutoff"' in message for message in marked.values())


def test_a_field_is_explained(client: Client, folder: Path) -> None:
    text, position = at(edited(folder, "\nreview_by: 2024-09", "\nrev||iew_by: 2024-09"))
    uri = client.open(folder / BRIEF, text)
    where = {"textDocument": {"uri": uri}, "position": position}
    shown = client.request("textDocument/hover", where)["contents"]["value"]
    assert "The day the next review is due" in shown
    assert "2012-02-05" in shown


def test_keys_are_offered_with_what_they_mean(client: Client, folder: Path) -> None:
    text = edited(folder, "    said_by: energy-ministry\n    sources:\n      - source: "
                  "ministry-report\n        locator: p. 30\n",
                  "    said_by: energy-ministry\n    sour||\n")  # fmt: skip
    offered = completions(client, folder, text)
    assert "Where it is said" in str(offered["sources"]["documentation"])


def test_dates_and_choices_are_offered(client: Client, folder: Path) -> None:
    offered = completions(client, folder, edited(folder, "kind: assessment", "kind: ||"))
    assert {"event", "figure", "allegation"} <= set(offered)


def test_known_ids_are_offered_once_they_are_listed(client: Client, folder: Path) -> None:
    text = edited(folder, "      - source: ministry-report\n        locator: p. 30",
                  "      - source: ||\n        locator: p. 30")  # fmt: skip
    assert "ministry-report" not in completions(client, folder, text)
    assert main(["--root", str(folder), "schema", "--ids"]) == 0
    changed = {"uri": (folder / "schemas" / "ids.schema.json").resolve().as_uri(), "type": 2}
    client.notify("workspace/didChangeWatchedFiles", {"changes": [changed]})
    offered = completions(client, folder, text)
    assert offered["ministry-report"]["documentation"] == "Report of the ministry"
    text = edited(folder, "title: Sample brief", "title: Another brief")
    assert client.diagnostics(client.open(folder / BRIEF, text)) == []


def test_an_id_that_is_not_listed_yet_is_left_to_the_check(client: Client, folder: Path) -> None:
    text = edited(folder, "topic: energy", "topic: written-tomorrow")
    assert client.diagnostics(client.open(folder / BRIEF, text)) == []


def test_the_publication_itself_is_clean_in_an_editor(client: Client) -> None:
    for path in sorted((ROOT / "briefs").rglob("*.yaml"))[:3]:
        assert client.diagnostics(client.open(path)) == []


def test_the_lock_file_is_installed_as_it_is() -> None:
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert subprocess.run(["git", "check-ignore", "-q", str(SERVER)], cwd=ROOT).returncode in (
        0,
        128,
    )
