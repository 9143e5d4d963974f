"""What cannot be read is left out on both sides, and said, so that nobody is misled."""

from __future__ import annotations

import subprocess

import pytest
from tests.changes.repository import History, told

from briefsite.cli import main
from briefsite.load import NoRevisionError, RevisionError, commit_of, load_revision
from briefsite.load.document import MAX_BYTES

SAMPLE, CONTESTED = "briefs/sample.yaml", "briefs/contested.yaml"


def test_a_file_that_cannot_be_parsed_is_not_gone(history: History) -> None:
    history.edit("briefs/registry/contested.yaml", "topics:\n", "topics: [\n")
    history.edit(CONTESTED, "title: Whose road it is", "title: Whose road it was")
    found = history.compare("HEAD")
    assert told(found) == [("brief-changed", "contested", "contested")]
    assert found.lost == ()
    assert [sentence.split(" (")[0] for sentence in found.left_out] == [
        "briefs/registry/contested.yaml is not compared: after the change it is not right",
        found.left_out[1],
    ]
    assert "what is due is not compared: after the change, the tree has" in found.left_out[1]


def test_nor_is_it_new_when_it_is_mended(history: History) -> None:
    history.edit(SAMPLE, "topic: energy\n", "topics: energy\n")
    history.commit()
    history.edit(SAMPLE, "topics: energy\n", "topic: energy\n")
    found = history.compare("HEAD")
    assert found.differences == ()
    assert "before the change it is not right" in found.left_out[0]


def test_a_brief_with_a_bad_sentence_is_compared_all_the_same(history: History) -> None:
    history.edit(SAMPLE, "found *no* construction [@pipeline-unbuilt]", "found *no* construction")
    found = history.compare("HEAD")
    assert [each.kind for each in found.differences] == ["section-resourced"]
    (sentence,) = found.left_out
    assert sentence == "what is due is not compared: after the change, the tree has 1 error"


def test_a_draft_is_said_to_be_left_out(history: History) -> None:
    draft = (history.root / "briefs/gone.yaml").read_text(encoding="utf-8")
    withdrawn = draft[draft.index("status:") : draft.index("summary:")]
    draft = draft.replace(withdrawn, "status: draft\n").replace("gone-", "draft-")
    (history.root / "briefs/not-yet.yaml").write_text(draft, encoding="utf-8")
    found = history.compare("HEAD")
    assert found.differences == ()
    assert found.left_out == (
        "briefs/not-yet.yaml is a draft, which readers do not see: it is not compared",
    )


def test_a_scheduled_brief_is_left_out_until_its_day(history: History) -> None:
    registry = next(history.root.glob("briefs/registry/[!c]*.yaml"))
    entry = "  - id: waiting\n    title: What waits\n    description: Known to nobody yet\n"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("topics:\n", f"topics:\n{entry}"), encoding="utf-8")
    later = (history.root / "briefs/gone.yaml").read_text(encoding="utf-8")
    withdrawn = later[later.index("status:") : later.index("summary:")]
    later = later.replace(withdrawn, "publish_on: 2024-06-01\n").replace("gone-", "later-")
    later = later.replace("topic: transit", "topic: waiting")
    (history.root / "briefs/later.yaml").write_text(later, encoding="utf-8")
    found = history.compare("HEAD")
    assert history.errors() == []
    assert found.differences == ()
    (sentence,) = found.left_out
    assert sentence.startswith("briefs/later.yaml is scheduled for 2024-06-01, and readers do not")
    history.commit()
    history.edit(CONTESTED, "reviewed: 2024-04-10", "reviewed: 2024-06-01")
    found = history.compare("HEAD")
    assert told(found)[1:] == [("brief-added", "later", "later"), ("topic-added", "", "waiting")]
    assert found.left_out == ()


def test_a_base_without_a_project_makes_everything_new(history: History) -> None:
    history.git("switch", "--quiet", "--orphan", "empty")
    history.commit()
    found = history.compare("empty", "main")
    assert [each.kind for each in found.differences if each.brief] == ["brief-added"] * 3
    assert "before the change" in found.left_out[0]


def test_a_project_below_the_repository_is_read_from_there(history: History) -> None:
    inner = history.root / "inner" / "project"
    inner.mkdir(parents=True)
    for name in ("briefs", "maps"):
        (history.root / name).rename(inner / name)
    history.commit()
    tree = load_revision(inner, commit_of(inner, "HEAD"))
    assert [document.path for document in tree.documents["brief"]] == [
        "briefs/contested.yaml",
        "briefs/gone.yaml",
        "briefs/sample.yaml",
    ]
    assert len(tree.documents["registry"]) == 2
    assert len(tree.documents["map"]) == 2


def test_a_revision_holds_what_the_working_tree_may_not(history: History) -> None:
    (history.root / "briefs/linked.yaml").symlink_to("sample.yaml")
    (history.root / "briefs/large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (history.root / "briefs/notes.txt").write_text("no source", encoding="utf-8")
    history.commit()
    tree = load_revision(history.root, commit_of(history.root, "HEAD"))
    codes = {d.path: [p.code for p in d.problems] for _, d in tree if d.problems}
    assert codes == {
        "briefs/large.yaml": ["file-too-large"],
        "briefs/linked.yaml": ["not-a-plain-file"],
    }


@pytest.mark.parametrize("name", ["--output=x", "-", "", "no-such-branch", "HEAD:briefs", "a\nb"])
def test_what_is_no_revision_is_refused(
    history: History, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NoRevisionError):
        commit_of(history.root, name)
    if not name.startswith("-"):
        assert main(["--root", str(history.root), "diff", name]) == 2
    assert main(["--root", str(history.root), "diff", "--", name]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("briefsite: ")
    assert not (history.root / "x").exists()


def test_without_a_repository_the_command_says_so(
    project: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run(["git", "-C", str(project), "rev-parse"], check=True, capture_output=True)
    assert main(["--root", str(project), "diff", "HEAD"]) == 1
    assert "not a git repository" in capsys.readouterr().err


def test_a_broken_object_is_said(history: History) -> None:
    commit = commit_of(history.root, "HEAD")
    with pytest.raises(RevisionError):
        load_revision(history.root, commit[::-1])


def test_a_shallow_clone_is_named_as_the_reason(
    history: History, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a forge's runner has it."""
    history.commit()
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    history.git("clone", "--quiet", "--depth", "1", f"file://{history.root}", str(clone))
    assert main(["--root", str(clone), "diff", "HEAD"]) == 0
    capsys.readouterr()
    assert main(["--root", str(clone), "diff", "HEAD^"]) == 2
    first, hint = capsys.readouterr().err.splitlines()
    assert first == "briefsite: git knows no revision 'HEAD^'"
    assert "git fetch --unshallow" in hint
