"""Links of sources: what answers, what does not, and what no stranger can make us ask."""

from __future__ import annotations

import http.server
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefsite.cli import main
from briefsite.linkcheck import Limits, Link, check_links, is_public, print_links

PATHS = {
    "/fine": (200, {}),
    "/gone": (410, {}),
    "/missing": (404, {}),
    "/shy": (403, {}),
    "/ill": (503, {}),
    "/moved": (301, {"Location": "/fine"}),
    "/for-now": (302, {"Location": "fine"}),
    "/to-missing": (301, {"Location": "/missing"}),
    "/round": (302, {"Location": "/round"}),
    "/inside": (302, {"Location": "http://10.0.0.1/"}),
    "/file": (302, {"Location": "file:///etc/passwd"}),
    "/nowhere": (302, {"Location": "//[::1"}),
    "/odd": (301, {"Location": "/fine?\x1b[31m"}),
}


class _Host(http.server.BaseHTTPRequestHandler):
    """Answers as its paths say, and remembers what it was asked."""

    asked: list[tuple[str, str, str]]

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        path = self.path.partition("?")[0]
        if path == "/get-only" and self.command == "HEAD":
            self.send_error(405)
            return
        if path == "/slow":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(30):
                try:
                    self.wfile.write(b"X: y\r\n")
                except OSError:
                    return
                time.sleep(0.1)
        status, headers = PATHS.get(path, (200, {}))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815


@pytest.fixture
def asked() -> list[tuple[str, str, str]]:
    return []


@pytest.fixture
def address(asked: list[tuple[str, str, str]]) -> Iterator[str]:
    handler = type("Host", (_Host,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def answer(url: str, **limits: Any) -> tuple[str, str]:
    """How a link answers, where this machine may be asked on any port."""
    given: dict[str, Any] = {
        "seconds": 5.0,
        "pause": 0.0,
        "ports": frozenset(range(1, 65536)),
        "may_ask": lambda address: address == "127.0.0.1",
    }
    link = Link("some-source", "briefs/registry/sources.yaml", 3, url)
    (found,) = check_links([link], agent="test", limits=Limits(**(given | limits)))
    return found.state, found.detail


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("/fine", "fine", ""),
        ("/fine?q=ä b#part", "fine", ""),
        ("/get-only", "fine", ""),
        ("/for-now", "fine", ""),
        ("/gone", "broken", "410"),
        ("/missing", "broken", "404"),
        ("/to-missing", "broken", "404, at {}/missing"),
        ("/moved", "moved", "to {}/fine"),
        ("/odd", "moved", "to {}/fine?�[31m"),
        ("/shy", "undecided", "403"),
        ("/ill", "undecided", "503"),
        ("/round", "undecided", "it leads on more than 5 times"),
        ("/inside", "refused", "its host is not on the public internet, at http://10.0.0.1/"),
        ("/nowhere", "refused", "it leads to no web address"),
        ("/file", "refused", "it is no web address, at file:///etc/passwd"),
    ],
)
def test_an_answer_is_read_as_a_reader_would(
    address: str, path: str, state: str, detail: str
) -> None:
    assert answer(address + path) == (state, detail.format(address))


def test_who_asks_may_have_an_address_in_any_letters(
    address: str, asked: list[tuple[str, str, str]]
) -> None:
    limits = Limits(pause=0, ports=frozenset(range(65536)), may_ask=lambda _: True)
    link = Link("some-source", "x.yaml", 1, f"{address}/fine")
    (found,) = check_links([link], agent="desk/1 (https://баку.example/)", limits=limits)
    assert found.state == "fine"
    assert asked[0][2] == "desk/1 (https://%D0%B1%D0%B0%D0%BA%D1%83.example/)"


def test_only_a_head_is_asked_for_where_that_is_enough(
    address: str, asked: list[tuple[str, str, str]]
) -> None:
    answer(f"{address}/fine")
    answer(f"{address}/get-only")
    assert asked == [
        ("HEAD", "/fine", "test"),
        ("HEAD", "/get-only", "test"),
        ("GET", "/get-only", "test"),
    ]


def test_a_host_that_talks_on_and_on_is_left(address: str) -> None:
    begun = time.monotonic()
    assert answer(f"{address}/slow", seconds=0.5) == ("undecided", "no answer: not within 0.5 s")
    assert time.monotonic() - begun < 2.5


@pytest.mark.parametrize(
    ("number", "state", "detail"),
    [
        (socket.EAI_NONAME, "broken", "there is no such host"),
        (socket.EAI_AGAIN, "undecided", f"no answer: [Errno {socket.EAI_AGAIN}] not now"),
    ],
)
def test_a_name_that_nobody_has_is_no_name_that_cannot_be_looked_up(
    monkeypatch: pytest.MonkeyPatch, number: int, state: str, detail: str
) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "not now")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert answer("http://nowhere.example/") == (state, detail)


def test_a_host_that_takes_no_connection_is_broken() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert answer(url) == ("broken", "the host takes no connection")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_a_certificate_that_nobody_vouches_for_is_broken(tmp_path: Path) -> None:
    names = ("-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=127.0.0.1")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    handler = type("Host", (_Host,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        state, detail = answer(f"https://127.0.0.1:{server.server_port}/fine")
        server.shutdown()
    assert (state, detail) == ("broken", "its certificate is not good: self-signed certificate")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://user:password@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "ftp://example.org/",
        "http:///path",
        "http://[half/",
    ],
)
def test_nothing_but_the_public_web_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "create_connection", connect)
    link = Link("some-source", "x.yaml", 1, url)
    (found,) = check_links([link], agent="test", limits=Limits(pause=0))
    assert found.state == "refused", found
    assert found.is_fault


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_that_also_means_a_machine_inside_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look_up(*_: object, **__: object) -> list[Any]:
        return [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.215.14", "192.168.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    link = Link("some-source", "x.yaml", 1, "http://rebound.example/")
    (found,) = check_links([link], agent="test", limits=Limits(pause=0))
    assert found.state == "refused"


def test_each_address_is_asked_once_and_findings_keep_their_places(
    address: str, asked: list[tuple[str, str, str]]
) -> None:
    urls = ("/missing", "/fine", "/missing", "/shy")
    links = [Link(f"s{n}", "x.yaml", n, address + url) for n, url in enumerate(urls)]
    limits = Limits(pause=0, ports=frozenset(range(65536)), may_ask=lambda _: True)
    findings = check_links(links, agent="test", limits=limits)
    assert [each.link for each in findings] == links
    assert [path for method, path, _ in asked if method == "HEAD"] == ["/missing", "/fine", "/shy"]
    assert print_links(findings) == (
        f"x.yaml:0: source s0: {address}/missing is broken: 404\n"
        f"x.yaml:2: source s2: {address}/missing is broken: 404\n"
        f"x.yaml:3: source s3: {address}/shy did not tell a program: 403\n"
    )
    assert [row["state"] for row in json.loads(print_links(findings, "json"))] == [
        *("broken", "broken", "undecided")
    ]


def test_the_command_names_the_source_and_its_place(
    lay_out: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look_up(host: str, *_: object, **__: object) -> list[Any]:
        if host.endswith("example.org"):
            return [(2, 1, 6, "", ("127.0.0.1", 443))]
        raise socket.gaierror(socket.EAI_NONAME, "no")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    root = lay_out(tmp_path / "project")
    assert main(["--root", str(root), "links"]) == 1
    told = capsys.readouterr()
    assert "was not asked: its host is not on the public internet" in told.out
    for line in told.out.splitlines():
        path, number, *_ = line.split(":")
        source = line.split(": source ")[1].split(":")[0]
        place = (root / path).read_text(encoding="utf-8").splitlines()[int(number) - 1]
        assert f"id: {source}" in place
    assert told.err.endswith("were not fine\n")
