"""Publications whose data files are compared with what was written, and how each file is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.data import Addresses, data_files
from briefsite.load import load_tree
from briefsite.model.library import Library
from briefsite.pages import Page
from briefsite.site import Project, assemble

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
SITE = "https://example.org/base/"


class Published:
    """A library, its data files as texts, and its pages by their source."""

    def __init__(self, root: Path, library: Library) -> None:
        self.root = root
        self.library = library
        self.makers = data_files(library, Addresses(SITE))

    @cached_property
    def texts(self) -> Mapping[str, str]:
        return {name: make().decode("utf-8") for name, make in self.makers.items()}

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        return assemble(Project(self.root), self.library, site_url=SITE).page_at


CASES = ("hostile-text", "contested-and-overtaken", "drafts-and-withdrawals", "briefs")


@pytest.fixture(scope="session", params=CASES)
def published(
    request: pytest.FixtureRequest, lay_out: Any, tmp_path_factory: pytest.TempPathFactory
) -> Published:
    """A golden project with every field or hostile text in each, and the real publication."""
    root = ROOT
    if request.param != "briefs":
        folder = tmp_path_factory.mktemp("published") / "project"
        root = lay_out(folder, GOLDEN / request.param / "input")
    library = check_tree(load_tree(root)).library
    assert library is not None
    return Published(root, library)
