"""Many links, politely: one request at a time to a host, and each address once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import urlsplit

from briefsite.linkcheck.ask import Limits, State, ask

_WORDS: dict[State, str] = {
    "broken": "is broken",
    "refused": "was not asked",
    "moved": "has moved",
    "undecided": "did not tell a program",
}
FAULTS: frozenset[State] = frozenset({"broken", "refused"})


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the source that gives it: its id, and its place in the files."""

    source: str
    path: str
    line: int
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How a link answers; `detail` says what there is to say, or nothing."""

    link: Link
    state: State
    detail: str

    @property
    def is_fault(self) -> bool:
        return self.state in FAULTS


def check_links(
    links: Iterable[Link], *, agent: str, limits: Limits | None = None
) -> list[Finding]:
    """Ask for each link, several hosts at a time; findings in the order of the links."""
    links, limits = list(links), limits or Limits()
    by_host: dict[str, list[str]] = {}
    for url in dict.fromkeys(link.url for link in links):
        by_host.setdefault(_host(url), []).append(url)

    def of_host(urls: Sequence[str]) -> dict[str, tuple[State, str]]:
        found = {}
        for number, url in enumerate(urls):
            if number:
                time.sleep(limits.pause)
            found[url] = ask(url, limits, agent)
        return found

    answers: dict[str, tuple[State, str]] = {}
    with ThreadPoolExecutor(limits.hosts_at_once) as pool:
        for found in pool.map(of_host, by_host.values()):
            answers |= found
    return [Finding(link, *answers[link.url]) for link in links]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def print_links(findings: Sequence[Finding], style: Literal["text", "json"] = "text") -> str:
    """What is not fine: what is broken first, then in the order of the links."""
    order = list(_WORDS)
    told = sorted((f for f in findings if f.state in _WORDS), key=lambda f: order.index(f.state))
    if style == "json":
        rows = [{**asdict(each.link), "state": each.state, "detail": each.detail} for each in told]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    return "".join(
        f"{each.link.path}:{each.link.line}: source {each.link.source}: {each.link.url} "
        f"{_WORDS[each.state]}: {each.detail}\n"
        for each in told
    )
