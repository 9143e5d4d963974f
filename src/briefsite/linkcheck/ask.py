"""One address asked for, with care: strangers propose sources, and what they name gets a request.

Only `http` and `https` on their own ports, without a password, at public addresses; each redirect
is held to the same. A name is looked up once, and the connection goes to what was found, so that
it cannot mean another machine a moment later.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

State = Literal["fine", "moved", "undecided", "broken", "refused"]
"""`undecided`: it answers, but does not tell a program; `refused`: we do not ask there."""

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_GONE = {404, 410}
_NO_SUCH_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_SAFE = "/%:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True)
class Limits:
    """What a request may take, and who may be asked; `pause` is between two to one host."""

    seconds: float = 20.0
    redirects: int = 5
    pause: float = 1.0
    hosts_at_once: int = 8
    ports: frozenset[int] = frozenset(_PORTS.values())
    may_ask: Callable[[str], bool] = lambda address: is_public(address)


class RefusedError(Exception):
    """An address that is not asked; the reason in words."""


class _CutError(OSError):
    """A host took longer over its answer than a request may take."""


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, and leads nowhere else by its form."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        # Of what is given out; 6to4 and Teredo hold an IPv4 address, which may be a private one.
        inside = ipaddress.ip_network("2000::/3")
        return found in inside and found.is_global and not (found.sixtofour or found.teredo)
    return found.is_global and not found.is_multicast


def ask(url: str, limits: Limits, agent: str) -> tuple[State, str]:
    """How an address answers, and what there is to say of it."""
    at, for_good = url, True
    try:
        for _ in range(limits.redirects + 1):
            status, location = _status(at, limits, agent)
            if status not in _REDIRECTS or not location:
                break
            for_good = for_good and status in _FOR_GOOD
            at = _joined(at, location)
        else:
            return "undecided", f"it leads on more than {limits.redirects} times"
    except RefusedError as error:
        return "refused", f"{error}{_by_way_of(at, url)}"
    except socket.gaierror as error:
        if error.errno not in _NO_SUCH_HOST:  # the name could not be looked up now
            return "undecided", f"no answer: {_printable(str(error))}"
        return "broken", f"there is no such host{_by_way_of(at, url)}"
    except ssl.SSLCertVerificationError as error:
        return "broken", f"its certificate is not good: {error.verify_message}"
    except ConnectionRefusedError:
        return "broken", "the host takes no connection"
    except (OSError, http.client.HTTPException) as error:
        return "undecided", f"no answer: {_printable(str(error)) or type(error).__name__}"
    if status in _GONE:
        return "broken", f"{status}{_by_way_of(at, url)}"
    if status >= 400:
        return "undecided", f"{status}{_by_way_of(at, url)}"
    if at != url and for_good:
        return "moved", f"to {_printable(at)}"
    return "fine", ""


def _joined(at: str, location: str) -> str:
    """Where an answer leads. Raises RefusedError."""
    try:
        return urljoin(at, location)
    except ValueError:
        raise RefusedError("it leads to no web address") from None


def _status(url: str, limits: Limits, agent: str) -> tuple[int, str]:
    """Status and Location; by HEAD, and by GET where that is not taken. Nothing more is read."""
    status, location = _request("HEAD", url, limits, agent)
    if status >= 400:
        status, location = _request("GET", url, limits, agent)
    return status, location


def _request(method: str, url: str, limits: Limits, agent: str) -> tuple[int, str]:
    scheme, host, port, target = _parts(url, limits)
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(host, port, timeout=limits.seconds)
    with _connected(host, port, limits) as (plain, was_cut):
        try:
            secure = ssl.create_default_context() if scheme == "https" else None
            connection.sock = secure.wrap_socket(plain, server_hostname=host) if secure else plain
            headers = {
                "User-Agent": quote(agent, safe=f"{_SAFE} "),
                "Accept": "*/*",
                "Connection": "close",
            }
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            if was_cut():  # the headers end where the connection did
                raise http.client.IncompleteRead(b"")
            return response.status, response.headers.get("Location", "")
        except (OSError, http.client.HTTPException) as error:
            if was_cut():
                raise _CutError(f"not within {limits.seconds:g} s") from error
            raise
        finally:
            connection.close()


def _parts(url: str, limits: Limits) -> tuple[str, str, int, str]:
    """Scheme, host, port, and what is asked for there. Raises RefusedError."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise RefusedError("it is no web address") from None
    if parts.scheme not in _PORTS or not host:
        raise RefusedError("it is no web address")
    if "@" in parts.netloc:
        raise RefusedError("it holds a name or a password")
    if port not in limits.ports:
        raise RefusedError(f"port {port} is not that of the web")
    target = quote(parts.path or "/", safe=_SAFE)
    return (
        parts.scheme,
        host,
        port,
        target + (f"?{quote(parts.query, safe=_SAFE)}" * bool(parts.query)),
    )


@contextmanager
def _connected(
    host: str, port: int, limits: Limits
) -> Iterator[tuple[socket.socket, Callable[[], bool]]]:
    """A connection that ends when its time is over, however slowly the other side talks.

    Also gives whether it was ended so.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    # One private address among several is a trick, too.
    if not all(map(limits.may_ask, addresses)):
        raise RefusedError("its host is not on the public internet")
    plain = socket.create_connection((addresses[0], port), timeout=limits.seconds)
    # TLS takes the socket over; what is closed under it then would be an error of another kind.
    handle = socket.socket(fileno=os.dup(plain.fileno()))
    cut = threading.Event()

    def end() -> None:
        cut.set()
        with suppress(OSError):  # it may just have ended by itself
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(limits.seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield plain, cut.is_set
    finally:
        timer.cancel()
        handle.close()
        plain.close()


def _by_way_of(at: str, url: str) -> str:
    return f", at {_printable(at)}" if at != url else ""


def _printable(text: str) -> str:
    """What a host said, as one short line."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)[:300]
