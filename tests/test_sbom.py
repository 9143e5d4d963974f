"""What the site is made with: every package is listed, with a licence that we may use."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / ".ci" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sbom"] = module  # its dataclass looks itself up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def packages(sbom: ModuleType) -> list[Any]:
    found: list[Any] = sbom.packages()
    return found


def test_every_package_of_the_site_has_a_licence_that_is_allowed(
    sbom: ModuleType, packages: list[Any]
) -> None:
    assert {
        each.name: wrong for each in packages if (wrong := sbom.not_allowed(each.licence))
    } == {}
    names = set()
    for lock in sbom.LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        names |= set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))
    assert {each.name for each in packages} == names
    assert len(names) > 40


@pytest.mark.parametrize(
    ("expression", "wrong"),
    [
        ("MIT", set()),
        ("Apache-2.0 OR GPL-3.0-only", set()),
        ("BSD-3-Clause AND MIT", set()),
        ("GPL-3.0-only", {"GPL-3.0-only"}),
        ("MIT AND AGPL-3.0-or-later", {"AGPL-3.0-or-later"}),
        ("SSPL-1.0 OR GPL-2.0-only AND MIT", {"SSPL-1.0"}),
    ],
)
def test_a_licence_that_asks_for_more_is_found(
    sbom: ModuleType, expression: str, wrong: set[str]
) -> None:
    assert sbom.not_allowed(expression) == wrong


def test_the_licences_are_listed_as_they_are(sbom: ModuleType, packages: list[Any]) -> None:
    """After a change of the locks: `make sbom`."""
    text = (ROOT / "LICENSES.md").read_text(encoding="utf-8")
    assert sbom.listed(text, packages) == text


def test_the_bill_is_cyclonedx_and_the_same_each_time(
    sbom: ModuleType, packages: list[Any]
) -> None:
    text = sbom.bill(packages)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert sbom.bill(list(packages)) == text
    other = [replace(packages[0], version="0"), *packages[1:]]
    assert json.loads(sbom.bill(other))["serialNumber"] != json.loads(text)["serialNumber"]
    told = json.loads(text)
    assert "timestamp" not in told.get("metadata", {})
    found = {each["name"]: each for each in told["components"]}
    assert set(found) == {each.name for each in packages}
    for package in packages:
        hashes = {each["content"] for each in found[package.name]["hashes"]}
        assert hashes == set(package.hashes) != set()
    needs = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    folium = next(ref for ref in needs if "/folium@" in ref)
    assert any("/branca@" in ref for ref in needs[folium])
    assert any("/folium@" in ref for ref in needs["briefsite"])
