"""The source files of a project: which are read, and which are refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from briefsite.load import address, load_tree


def codes(root: Path) -> list[tuple[str, str]]:
    return [(d.path, p.code) for _, d in load_tree(root) for p in d.problems]


def test_files_are_read_by_kind_and_in_order(project: Path) -> None:
    (project / "briefs" / "registry" / "more").mkdir()
    (project / "briefs" / "registry" / "more" / "b.yaml").write_text("schema: 1\n")
    (project / "briefs" / "another.yaml").write_text("schema: 1\n")
    (project / "briefs" / "README.md").write_text("not a brief")
    assert [(kind, document.path) for kind, document in load_tree(project)] == [
        ("brief", "briefs/another.yaml"),
        ("brief", "briefs/sample.yaml"),
        ("registry", "briefs/registry/more/b.yaml"),
        ("registry", "briefs/registry/registry.yaml"),
        ("map", "maps/sample-map.yaml"),
    ]


def test_a_folder_without_sources_is_an_empty_tree(tmp_path: Path) -> None:
    assert list(load_tree(tmp_path)) == []
    assert list(load_tree(tmp_path / "nowhere")) == []


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Energy Ties.yaml", "energy-ties"),
        ("energy_ties.yaml", "energy-ties"),
        ("energy--ties.yaml", "energy-ties"),
        ("-x-.yaml", "x"),
        ("ölüm.yaml", "l-m"),
        ("___.yaml", "a-name"),
        ("energy.ties.yaml", "energy-ties"),
        ("energy.yml", "energy"),
        ("ENERGY.YAML", "energy"),
        ("a" * 70 + ".yaml", "a" * 64),
    ],
)
def test_a_name_that_is_no_address_is_refused(project: Path, name: str, suggestion: str) -> None:
    (project / "briefs" / name).write_text("schema: 1\n")
    assert codes(project) == [(f"briefs/{name}", "file-name")]
    problem = next(p for _, d in load_tree(project) for p in d.problems)
    assert problem.hint == f"rename it to '{suggestion}.yaml'"
    assert address(f"briefs/{name}") == suggestion


def test_a_name_with_a_letter_of_another_script_is_told_of_it(project: Path) -> None:
    (project / "briefs" / "еnergy.yaml").write_text("schema: 1\n")
    problem = next(p for _, d in load_tree(project) for p in d.problems)
    assert problem.hint == "rename it to 'energy.yaml'; 'е' (Cyrillic) looks like 'e'"


def test_links_are_never_followed(project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n")
    (project / "briefs" / "stolen.yaml").symlink_to(secret)
    (project / "maps" / "lost.yaml").symlink_to("nowhere")
    assert codes(project) == [
        ("briefs/stolen.yaml", "not-a-plain-file"),
        ("maps/lost.yaml", "not-a-plain-file"),
    ]
    assert "hunter2" not in repr([d for _, d in load_tree(project)])


@pytest.mark.parametrize("folder", ["briefs", "briefs/registry", "maps"])
def test_a_linked_folder_is_not_followed(project: Path, tmp_path: Path, folder: str) -> None:
    outside = tmp_path / "outside"
    (project / folder).rename(outside)
    (project / folder).symlink_to(outside)
    assert (folder, "not-a-plain-file") in codes(project)
    assert not any(d.text for _, d in load_tree(project) if d.path.startswith(f"{folder}/s"))


def test_a_linked_folder_within_the_registry_is_refused(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.yaml").write_text("schema: 1\n")
    (project / "briefs" / "registry" / "linked").symlink_to(outside)
    assert codes(project) == [("briefs/registry/linked", "not-a-plain-file")]


def test_a_link_to_the_whole_machine_is_not_walked_through(project: Path) -> None:
    (project / "briefs" / "all.yaml").symlink_to("/")
    (project / "maps" / "all").symlink_to("/")
    assert codes(project) == [("briefs/all.yaml", "not-a-plain-file")]
    assert load_tree(project).stray == []


def test_folders_and_pipes_are_no_files(project: Path) -> None:
    (project / "briefs" / "folder.yaml").mkdir()
    os.mkfifo(project / "briefs" / "pipe.yaml")
    assert codes(project) == [
        ("briefs/folder.yaml", "not-a-plain-file"),
        ("briefs/pipe.yaml", "not-a-plain-file"),
    ]


def test_a_name_that_is_no_text_can_be_printed(project: Path) -> None:
    path = os.fsencode(project) + b"/briefs/b\xffd.yaml"
    with open(path, "wb") as file:  # noqa: PTH123 - no Path has these bytes
        file.write(b"schema: 1\n")
    ((name, code),) = codes(project)
    assert (name, code) == ("briefs/b\N{REPLACEMENT CHARACTER}d.yaml", "file-name")
    name.encode()


def test_a_file_that_cannot_be_read_is_a_problem(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("briefsite.load.tree.open", refuse, raising=False)
    problems = [problem for _, d in load_tree(project) for problem in d.problems]
    assert {problem.code for problem in problems} == {"unreadable-file"}
    assert {problem.message for problem in problems} == {"permission denied"}


def test_a_large_file_is_not_read_whole(project: Path) -> None:
    with (project / "briefs" / "large.yaml").open("wb") as file:
        file.truncate(10 << 30)
    assert codes(project) == [("briefs/large.yaml", "file-too-large")]
