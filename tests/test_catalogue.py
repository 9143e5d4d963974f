"""The catalogue of problems is closed and explained."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest

import briefsite
from briefsite.catalogue import CATALOGUE

SOURCE = Path(briefsite.__file__).parent


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_is_explained(code: str) -> None:
    entry = CATALOGUE[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert entry.title[0].isupper()
    assert not entry.title.endswith(".")
    assert entry.explanation.endswith((".", "`."))
    assert entry.severity in ("error", "warning")


def test_every_code_is_used() -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "catalogue.py"
    ]
    unused = [code for code in CATALOGUE if not any(f'"{code}"' in text for text in texts)]
    assert unused == []


def test_the_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        cast("dict[str, Any]", CATALOGUE)["new"] = None
