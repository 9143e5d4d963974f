"""A project under git, to change and to commit."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from briefsite.changes import Comparison, Difference, compare, read_edition
from briefsite.check import check_tree
from briefsite.load import commit_of, load_revision, load_tree

# The machine's own settings (hooks, signing, line ends) have no part in it.
_APART = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


@dataclass(frozen=True)
class History:
    """A project whose every state can be committed and compared."""

    root: Path

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, **_APART}
        )
        return done.stdout.strip()

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "an edit")
        return self.git("rev-parse", "HEAD")

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def compare(self, base: str, head: str | None = None) -> Comparison:
        before = load_revision(self.root, commit_of(self.root, base))
        after = load_revision(self.root, commit_of(self.root, head)) if head else None
        trees = (before, after or load_tree(self.root))
        return compare(*(read_edition(tree, check_tree(tree)) for tree in trees))

    def errors(self) -> list[str]:
        found = check_tree(load_tree(self.root)).problems
        return [f"{p.path}:{p.line}: {p.message}" for p in found if p.severity == "error"]


def told(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Kind, brief and id of each difference."""
    return [(each.kind, each.brief, each.id) for each in comparison.differences]


def only(comparison: Comparison) -> Difference:
    assert len(comparison.differences) == 1, told(comparison)
    return comparison.differences[0]
