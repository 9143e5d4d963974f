"""A theme's files in a site."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from briefsite.engine.theme import list_shown


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    for name in (
        "docs/index.md",
        "theme/partials/own.html",
        "theme/assets/own.css",
        "theme/assets/javascripts/deep/er/own.js",
        "theme/.icons/own/mark.svg",
        "theme/assets/.hidden/own.css",
        "theme/assets/.hidden.css",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(
        "site_name: A\ntheme: {name: material, custom_dir: theme}\nplugins: []\n", encoding="utf-8"
    )
    return load_config(str(settings))


def _files(config: MkDocsConfig) -> dict[str, str | None]:
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    return {file.src_uri: file.abs_src_path for file in files}


def test_a_site_has_the_same_files_of_a_theme_as_if_hidden_ones_were_listed(
    config: MkDocsConfig,
) -> None:
    listed = _files(config)
    list_shown(config.theme)
    assert _files(config) == listed
    assert "assets/own.css" in listed
    assert "assets/javascripts/deep/er/own.js" in listed
    assert not any("/.hidden" in name or name.startswith(".") for name in listed)


def test_a_template_finds_an_icon_all_the_same(config: MkDocsConfig) -> None:
    list_shown(config.theme)
    env = config.theme.get_env()
    assert env.get_template(".icons/own/mark.svg").render() == "theme/.icons/own/mark.svg"
    assert env.get_template(".icons/material/weather-night.svg").render().startswith("<svg")
    with pytest.raises(TemplateNotFound):
        env.get_template(".icons/own/missing.svg")
