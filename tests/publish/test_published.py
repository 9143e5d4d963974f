"""A published site as a whole: repeatable, whole, and found out when it is not."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path
from typing import Any

import brotli
import pytest
from tests.publish.conftest import SITE_URL, Published, publish

from briefsite.cache.folder import own_folder
from briefsite.cli import main
from briefsite.publish import Press, PublishError, faults
from briefsite.publish.cache import Cache
from briefsite.site import altered
from briefsite.site.manifest import NAME as MANIFEST

THEME_PICTURES = 1


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def site(published: Published, tmp_path: Path) -> Path:
    """A copy of the site, to break."""
    return Path(shutil.copytree(published.site, tmp_path / "site"))


def test_two_builds_are_equal(published: Published, published_again: Published) -> None:
    one, other = tree(published.site), tree(published_again.site)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_a_second_build_takes_all_from_the_cache(published: Published) -> None:
    before = tree(published.site)
    kept = {path: path.stat().st_mtime_ns for path in cached(published)}
    assert len(kept) == sum(name.endswith((".png", ".pdf")) for name in before) - THEME_PICTURES
    # Another command line, or it would be seen that there is nothing to do.
    publish(published.root, "--verbose", TZ="UTC")
    assert tree(published.site) == before
    assert {path: path.stat().st_mtime_ns for path in cached(published)} == kept


def cached(published: Published) -> list[Path]:
    assert not (published.root / ".cache").exists()
    folder = own_folder(Path(os.environ["BRIEFSITE_CACHE"]), "press", published.root)
    assert folder is not None
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_manifest_has_every_file(published: Published) -> None:
    listed = json.loads((published.site / MANIFEST).read_bytes())["files"]
    assert set(listed) == set(tree(published.site)) - {MANIFEST}
    assert {"offline.zip", "card.png", "data/sample.pdf", "index.html.br"} <= set(listed)


def test_every_larger_text_has_small_copies(published: Published) -> None:
    files = tree(published.site)
    for name, content in files.items():
        if name.endswith((".html", ".css", ".js", ".svg", ".geojson")) and len(content) > 1024:
            assert gzip.decompress(files[f"{name}.gz"]) == content
            # No method but deflate, no time, no system: as any Python packs it.
            assert files[f"{name}.gz"].startswith(b"\x1f\x8b\x08\0\0\0\0\0\2\xff")
            assert brotli.decompress(files[f"{name}.br"]) == content
    assert not [name for name in files if name.endswith((".png.gz", ".pdf.gz", ".zip.gz"))]


def test_a_published_site_is_verified(
    published: Published,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For the address that it was published for, whatever the environment says now."""
    for command, address in (("publish", SITE_URL), ("build", "https://elsewhere.example/")):
        monkeypatch.setenv("SITE_URL", address)
        assert main(["--root", str(published.root), command, "--verify"]) == 0
        assert capsys.readouterr().out == ""


def test_what_was_changed_is_found(site: Path) -> None:
    assert [*altered(site), *faults(site)] == []
    (site / "index.html").write_bytes(b"<p>other</p>")
    (site / "data" / "sample.pdf").unlink()
    (site / "new.html").write_bytes(b"")
    (site / "offline.zip").write_bytes(b"PK")
    assert [*altered(site), *faults(site)] == [
        "file data/sample.pdf is in build-manifest.json and not there",
        "file index.html was changed",
        "file new.html is not in build-manifest.json",
        "file offline.zip was changed",
        "file index.html.br is no copy of its file",
        "file index.html.gz is no copy of its file",
        "file offline.zip cannot be read: all of it",
    ]
    (site / MANIFEST).write_bytes(b"[]")
    assert altered(site) == ["build-manifest.json cannot be read"]


def test_a_plain_build_leads_to_nothing_that_is_only_published(
    project: Path, lay_out: Any, tmp_path: Path
) -> None:
    root = lay_out(tmp_path / "plain")
    assert main(["--root", str(root), "build"]) == 0
    page = (root / "site/briefs/sample/index.html").read_text()
    assert "og:title" in page
    assert "og:image" not in page
    assert "sample.pdf" not in page
    assert "offline.zip" not in (root / "site/index.html").read_text()


def test_without_the_packages_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefsite.publish.typeset._PACKAGES", ("no-such-package",))
    with pytest.raises(PublishError, match="no-such-package: use `make publish`"):
        Press(Cache(None), "")
