"""The headers of a published site: a policy without holes, and what may be kept for a year."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.publish.conftest import SITE_URL, Published

from briefsite.publish import PublishError
from briefsite.publish.headers import NAME, header_rules, print_nginx
from briefsite.publish.policy import policy, seal, unsealed

SCRIPT = '<script>a=new URL("{}",location)</script>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, way in (("404.html", "/"), ("index.html", "."), ("briefs/x/index.html", "../..")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(SCRIPT.format(way), encoding="utf-8")
    return tmp_path


def test_only_scripts_of_the_theme_may_stand_in_a_page(folder: Path) -> None:
    found = policy(folder)
    assert found.count("sha256-") == 3
    assert "unsafe" not in found
    (folder / "index.html").write_text("<script>ran()</script>", encoding="utf-8")
    with pytest.raises(PublishError, match=r"index.html holds a script that is not the theme's"):
        policy(folder)


@pytest.mark.parametrize(
    "way", ["//evil.example", 'x"+ran()+"', "https://evil.example/", "...", "x"]
)
def test_a_script_of_the_theme_may_differ_in_the_way_home_alone(folder: Path, way: str) -> None:
    (folder / "index.html").write_text(SCRIPT.format(way), encoding="utf-8")
    with pytest.raises(PublishError):
        policy(folder)


def test_rules_stand_below_the_path_of_the_site(folder: Path) -> None:
    for name in ("assets/maps/map.6546e5de87d6.js", "assets/plain.js", "search/ab12cd34/index.js"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    assert list(header_rules(folder, "https://desk.example/some/path/")) == [
        "/some/path/*",
        "/some/path/",
        "/some/path/index.html",
        "/some/path/briefs/*",
        "/some/path/search/ab12cd34/*",
        "/some/path/assets/maps/map.6546e5de87d6.js",
    ]


def test_a_page_is_sealed_before_all_that_stands_in_it(folder: Path) -> None:
    head = '<head><meta charset="utf-8"><script src="x.js"></script></head>'
    for path in folder.rglob("*.html"):
        path.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "plain.html").write_text('<meta charset="utf-8"><p>words</p>', encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*.html")}
    seal(folder)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.startswith('<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')
    assert page.count("sha256-") == 1  # of its own script, not of those of other pages
    assert "sha256-" not in (folder / "plain.html").read_text(encoding="utf-8")
    assert {path: unsealed(path.read_bytes()) for path in before} == before


def test_nginx_is_told_the_same_in_the_order_of_the_rules() -> None:
    rules = {
        "/a.b/*": {"Content-Security-Policy": "default-src 'none'", "X-Some": "yes"},
        "/a.b/": {"Content-Security-Policy": "frame-ancestors 'self'"},
        "/a.b/x-1.js": {"Cache-Control": "public, max-age=31536000, immutable"},
    }
    assert print_nginx(rules).partition("\n")[2] == (
        "map $uri $briefsite_content_security_policy {\n"
        '  "~^/a\\.b/.*$" "default-src \'none\'";\n'
        "}\n"
        "map $uri $briefsite_content_security_policy_2 {\n"
        '  "~^/a\\.b/$" "frame-ancestors \'self\'";\n'
        "}\n"
        "map $uri $briefsite_x_some {\n"
        '  "~^/a\\.b/.*$" "yes";\n'
        "}\n"
        "map $uri $briefsite_cache_control {\n"
        '  default "public, max-age=0, must-revalidate";\n'
        '  "~^/a\\.b/x-1\\.js$" "public, max-age=31536000, immutable";\n'
        "}\n"
    )


def test_a_published_site_has_them(published: Published) -> None:
    text = (published.site / NAME).read_text(encoding="utf-8")
    assert text.startswith(
        "/some/path/*\n  Content-Security-Policy: default-src 'none'; script-src"
    )
    assert "unsafe" not in text
    assert max(map(len, text.splitlines())) < 2000  # what hosts take for a line
    assert sum(not line.startswith(" ") for line in text.splitlines()) <= 100  # and for rules
    assert SITE_URL.endswith("/some/path/")


def test_pages_online_bring_their_policy_and_those_from_disk_do_not(published: Published) -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src'
    pages = list(published.site.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert text.count(meta) == 1, path
        assert text.index(meta) < text.index("<title>"), path
    # From disk, no page is of the same origin as another.
    with zipfile.ZipFile(published.site / "offline.zip") as archive:
        for name in archive.namelist():
            assert not name.endswith(".html") or meta not in archive.read(name).decode(), name
