"""`hosting/nginx.conf` under a real nginx: all that is published, with the right headers."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.publish.conftest import SITE_URL, Published

from briefsite.publish.headers import NAME, NGINX

ROOT = Path(__file__).parents[2]
BASE = urlsplit(SITE_URL).path.rstrip("/")
PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
ASK_AGAIN = "public, max-age=0, must-revalidate"

pytestmark = pytest.mark.skipif(not PROGRAM, reason="nginx is not installed (bash .ci/nginx)")

MAIN = """\
daemon off;
{user}pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, list[str]]
    body: bytes

    def one(self, name: str) -> str | None:
        found = self.headers.get(name.lower(), [])
        assert len(found) < 2, (name, found)
        return found[0] if found else None


@dataclass(frozen=True)
class Server:
    port: int

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request("GET", f"{BASE}{path}", headers=given)
            response = connection.getresponse()
            found: dict[str, list[str]] = {}
            for name, value in response.getheaders():
                found.setdefault(name.lower(), []).append(value)
            return Answer(response.status, found, response.read())
        finally:
            connection.close()


def configured(site: Path, root: Path, port: int) -> str:
    """The file of the repository, with its four lines set as its reader would."""
    text = (ROOT / "hosting" / "nginx.conf").read_text(encoding="utf-8")
    for line, own in {
        "include /srv/briefings/site/_nginx.conf;": f"include {site}/{NGINX};",
        "listen 80;": f"listen 127.0.0.1:{port};",
        "root /srv/briefings/site;": f"root {root};",
        'set $base "";': f'set $base "{BASE}";',
    }.items():
        assert text.count(f"{line}  # yours") == 1, line
        text = text.replace(line, own)
    assert text.count("# yours") == 4
    return text.replace("include mime.types;", "include /etc/nginx/mime.types;")


@pytest.fixture(scope="module")
def server(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("nginx")
    site = folder / "www" / BASE.strip("/")
    site.parent.mkdir(parents=True)
    shutil.copytree(published.site, site)
    (site.parent / ".site-before").mkdir()
    (site.parent / ".site-before" / "index.html").write_text("before", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "main.conf").write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
    text = configured(site, folder / "www", port)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    command = [str(PROGRAM), "-p", str(folder), "-e", f"{folder}/error.log", "-c"]
    command.append(f"{folder}/main.conf")
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=30)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen(command)
    try:
        for _ in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            time.sleep(0.05)
        yield Server(port)
    finally:
        process.terminate()
        process.wait(10)


def expected(site: Path, path: str) -> dict[str, list[str]]:
    """What `_headers` says for a path on the host."""
    sent: dict[str, list[str]] = {}
    fits = False
    for line in (site / NAME).read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            sent.setdefault(name.lower(), []).extend([value] if fits else [])
        else:
            pattern = re.escape(line).replace(r"\*", ".*")
            fits = re.fullmatch(pattern, path) is not None
    sent["cache-control"] = sent["cache-control"] or [ASK_AGAIN]
    return sent


def test_every_file_is_sent_with_the_headers_of_the_other_hosts(
    server: Server, published: Published
) -> None:
    names = [p.relative_to(published.site).as_posix() for p in published.site.rglob("*")]
    files = [name for name in names if (published.site / name).is_file()]
    lasting = 0
    for name in sorted(files):
        if name in (NAME, NGINX):
            assert server.get(f"/{name}").status == 404
            continue
        answer = server.get(f"/{name}")
        assert answer.status == 200, name
        assert answer.body == (published.site / name).read_bytes(), name
        wanted = expected(published.site, f"{BASE}/{name}")
        assert {key: answer.headers.get(key, []) for key in wanted} == wanted, name
        lasting += "immutable" in wanted["cache-control"][0]
    assert lasting > 5
    assert len(files) > 100


def test_a_page_comes_at_its_address_and_a_folder_leads_there(server: Server) -> None:
    page = server.get("/briefs/sample/")
    assert page.status == 200
    assert page.one("Content-Type") == "text/html; charset=utf-8"
    assert len(page.headers["content-security-policy"]) == 2
    for path in ("", "/briefs/sample"):
        moved = server.get(path)
        assert (moved.status, moved.one("Location")) == (301, f"{BASE}{path}/")
    assert len(server.get("/maps/sample/").headers.get("content-security-policy", [])) == 1


def test_what_is_not_there_gets_the_page_that_says_so(server: Server, published: Published) -> None:
    for path in ("/briefs/nothing/", "/../.site-before/index.html", "/.git/config"):
        missing = server.get(path)
        assert missing.status == 404, path
        assert missing.body == (published.site / "404.html").read_bytes(), path
        assert missing.one("Cache-Control") == ASK_AGAIN
        assert missing.headers["content-security-policy"]


def test_small_copies_are_sent_to_who_takes_them(server: Server, published: Published) -> None:
    plain = server.get("/briefs/sample/")
    small = server.get("/briefs/sample/", Accept_Encoding="gzip, br")
    assert small.one("Content-Encoding") == "gzip"
    assert small.one("Vary") == "Accept-Encoding"
    assert small.body == (published.site / "briefs/sample/index.html.gz").read_bytes()
    assert gzip.decompress(small.body) == plain.body
    assert plain.one("Content-Encoding") is None


def test_what_did_not_change_is_not_sent_again(server: Server) -> None:
    first = server.get("/briefs/sample/")
    again = server.get("/briefs/sample/", If_None_Match=str(first.one("ETag")))
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
        ("/sitemap.xml", "text/xml"),
        ("/data/library.json", "application/json; charset=utf-8"),
        ("/data/sample.bib", "application/x-bibtex; charset=utf-8"),
        ("/data/sample.csv", "text/csv; charset=utf-8"),
        ("/data/sample.geojson", "application/geo+json"),
        ("/data/sample.md", "text/markdown; charset=utf-8"),
        ("/data/sample.pdf", "application/pdf"),
        ("/data/sample.ris", "application/x-research-info-systems; charset=utf-8"),
        ("/llms.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_says_what_it_is(server: Server, path: str, kind: str) -> None:
    answer = server.get(path)
    assert (answer.status, answer.one("Content-Type")) == (200, kind)
