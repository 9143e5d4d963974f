"""Hostile files that are more than a text in a field: odd bytes, bombs, names, links, values.

Each is laid over the minimal project. It says by which codes it is refused; with none, it gives a
page, and nothing that it says happens. What differs from others by one text alone stands in
`values.yaml`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from tests.hostile.corpus import HERE, TESTS

MINIMAL = TESTS / "projects" / "minimal"
BRIEF, REGISTRY = "briefs/sample.yaml", "briefs/registry/registry.yaml"
MEGABYTE = 1 << 20

FOLLOWING = frozenset({"unknown-id", "no-briefs"})
"""What is also missing where nothing is left of a whole file."""


@dataclass(frozen=True)
class Case:
    """A name, the codes of its problems, and the files that make it (path → bytes)."""

    name: str
    codes: frozenset[str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    prepare: Callable[[Path], object] | None = None
    """What no bytes can say: links, pipes, names that are no text."""

    @property
    def needs_disk(self) -> bool:
        """Whether it is more than sources of the library."""
        known = ("briefs", "briefs/registry", "maps")
        names = (name.rpartition("/")[0] for name in self.files)
        return self.prepare is not None or any(name not in known for name in names)

    def lay(self, root: Path) -> None:
        for name, data in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if self.prepare is not None:
            self.prepare(root)


def cases() -> Iterator[Case]:
    for make in (_bytes, _bombs, _values, _links, _prose):
        yield from make()


def _original(name: str) -> str:
    return (MINIMAL / name).read_text(encoding="utf-8")


def _values() -> Iterator[Case]:
    """Those of `values.yaml`: a text at a place, a file's name, a hand-written page."""
    for group in yaml.safe_load((HERE / "values.yaml").read_text(encoding="utf-8")):
        for number, (codes, files) in enumerate(_laid(group)):
            yield Case(f"{group['kind']}-{number}", frozenset(codes), files)


def _laid(group: Mapping[str, Any]) -> Iterator[tuple[list[str], dict[str, bytes]]]:
    for text in group.get("texts", ()):
        name = group["file"]
        original = _original(name) + (SUM if group["kind"] == "formula" else "")
        assert original.count(group["replace"]) == 1
        changed = original.replace(group["replace"], group["by"].replace("{}", text))
        yield group["codes"], {name: changed.encode()}
    for name in group.get("names", ()):
        content = b"<script>ran()</script>\n" if name.startswith("docs/") else b"schema: 1\n"
        yield group["codes"], {name: b"# X\n" if name.endswith(".md") else content}
    for code, text in group.get("pages", ()):
        yield code.split(), {"docs/x.md": text.encode()}


SUM = """
corrections:
  - id: report-cost
    source: ministry-report
    locator: p. 3
    kind: number
    severity: low
    says: A year costs more.
    problem: It does not.
    evidence: Its own figures.
    handling: Left out.
    sums:
      - label: A sum
        formula: "FORMULA"
        unit: USD
        quantities:
          - {name: cost, claim: pipeline-announced, figure: 1}
"""


def _bytes() -> Iterator[Case]:
    text = _original(BRIEF).encode()
    odd = {
        "latin-1": "title: Şuşa café\n".encode("cp1254"),
        "overlong": b"title: \xc0\xaf\n",
        "surrogate": b"title: \xed\xa0\x80\n",
        "truncated-letter": b"title: \xf0\x9f\x98\n",
        "beyond-unicode": b"title: \xf5\x80\x80\x80\n",
        "lone-continuation": b"title: \x80\n",
        "utf-16": text.decode().encode("utf-16"),
        "utf-32": text.decode().encode("utf-32"),
        "executable": b"\x7fELF\x02\x01\x01" + bytes(range(256)),
        "gzip": bytes.fromhex("1f8b0800000000000003"),
    }
    for name, data in odd.items():
        yield Case(f"bytes-{name}", frozenset({"not-utf8"}), {BRIEF: data})
    yield Case("bytes-mark", frozenset({"byte-order-mark"}), {BRIEF: b"\xef\xbb\xbf" + text})
    yield Case("bytes-utf-7", frozenset({"yaml-syntax"}), {BRIEF: b"+ADw-script+AD4-: [\n"})
    yield Case("bytes-none", frozenset({"yaml-empty"}), {BRIEF: b""})
    yield Case("bytes-nul", frozenset({"hidden-character"}), {BRIEF: b"\x00" * 4096})
    yield Case("bytes-carriage-returns", frozenset(), {BRIEF: text.replace(b"\n", b"\r\n")})
    for number in (0x0B, 0x85, 0x200B, 0x200E, 0x202E, 0x2028, 0x2066, 0xFEFF, 0xFFFE, 0xE0041):
        data = text.replace(b"title: S", b"title: " + chr(number).encode() + b"S")
        yield Case(f"character-{number:x}", frozenset({"hidden-character"}), {BRIEF: data})
        data = text.replace(b"title: Sample brief", b'title: "Sample\\U%08x brief"' % number)
        yield Case(f"character-{number:x}-escaped", frozenset({"hidden-character"}), {BRIEF: data})


def _bombs() -> Iterator[Case]:
    laughs = b"a: &a [x, x]\n" + b"".join(
        b"%c: &%c [*%c, *%c, *%c]\n" % (c, c, c - 1, c - 1, c - 1) for c in range(98, 123)
    )
    large = frozenset({"file-too-large"})
    deep, many = frozenset({"yaml-too-deep"}), frozenset({"yaml-too-many"})
    for name, codes, data in (
        ("laughs", {"yaml-anchor"}, laughs),
        ("merge-keys", {"yaml-anchor"}, b"a: &a {x: 1}\nb: {<<: *a}\n"),
        ("loop", {"yaml-anchor"}, b"a: &a [*a]\n"),
        ("many-anchors", {"yaml-anchor"}, b"".join(b"a%d: &x%d 1\n" % (n, n) for n in range(9999))),
        ("lists-in-lists", deep, b"a: " + b"[" * 100_000),
        ("closed-lists", deep, b"a: " + b"[" * 100_000 + b"]" * 100_000),
        ("mappings-in-mappings", deep, b"a: " + b"{a: " * 100_000),
        ("blocks-in-blocks", deep, b"".join(b" " * n + b"a:\n" for n in range(900))),
        ("dashes", deep, b"- " * 200_000 + b"x\n"),
        ("questions", {"yaml-key", "yaml-too-deep"}, b"? " * 200_000 + b"x\n"),
        ("many-values", many, b"a: [" + b"1," * 300_000 + b"]\n"),
        ("many-keys", many, b"".join(b"k%d: 1\n" % n for n in range(90_000))),
        ("same-key", {"duplicate-key", "unknown-key"}, b"a: 1\n" * 20_000),
        ("many-documents", {"yaml-documents"}, b"a: 1\n---\n" * 100_000),
        ("ten-megabytes", large, b"title: " + b"x" * 10 * MEGABYTE + b"\n"),
        ("ten-megabytes-of-lines", large, b"# comment\n" * MEGABYTE),
        ("hundred-megabytes", large, b"\n" * 100 * MEGABYTE),
        ("long-key", {"yaml-syntax"}, b"k" * 900_000 + b": 1\n"),
        ("long-quoted-key", {"yaml-syntax"}, b'"' + b"k" * 900_000 + b'": 1\n'),
        ("open-quote", {"yaml-syntax"}, b'title: "' + b"x\n" * 400_000),
        ("tabs", {"yaml-tab"}, b"a:\n" + b"\t" * 500_000 + b"b: 1\n"),
        ("comment", {"yaml-empty"}, b"#" * 900_000),
        ("directive", {"yaml-syntax"}, b"%YAML 99.9\n---\na: 1\n"),
        ("tag-directive", {"yaml-tag"}, b"%TAG ! tag:evil.example,2026:\n---\n!x a: 1\n"),
        ("escapes", {"unknown-key"}, b'a: "' + b"\\u0041" * 100_000 + b'"\n'),
    ):
        yield Case(f"bomb-{name}", frozenset(codes), {BRIEF: data})


def _links() -> Iterator[Case]:
    plain = frozenset({"not-a-plain-file"})

    def link(name: str, target: str) -> Callable[[Path], None]:
        def make(root: Path) -> None:
            path = root / name
            if path.is_dir():
                path.rename(root.parent / "outside")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(target)

        return make

    for name, path, target in (
        ("file", "briefs/registry/x.yaml", "/etc/passwd"),
        ("itself", "briefs/x.yaml", "x.yaml"),
        ("device", "briefs/x.yaml", "/dev/zero"),
        ("terminal", "maps/x.yaml", "/dev/stdin"),
        ("brief", "briefs/x.yaml", "sample.yaml"),
        ("folder-of-briefs", "briefs/x.yaml", "/"),
        ("nowhere", "maps/x.yaml", "../../nowhere"),
        ("page", "docs/x.md", "/etc/passwd"),
        ("picture", "docs/x.png", "/etc/passwd"),
        ("folder-of-pages", "docs/more", "/etc"),
        ("loop-of-pages", "docs/more", "."),
        ("hidden-loop-of-pages", "docs/.more", "."),
        ("hidden-folder-of-pages", "docs/more/.even", "/"),
        ("templates", "docs/templates", "/usr"),
        ("folder", "briefs/registry", "../../outside"),
        ("maps", "maps", "/etc"),
        ("docs", "docs", "/etc"),
    ):
        yield Case(f"link-{name}", plain, prepare=link(path, target))
    yield Case("pipe", plain, prepare=lambda root: os.mkfifo(root / "briefs/x.yaml"))
    yield Case("pipe-of-pages", plain, prepare=lambda root: os.mkfifo(root / "docs/x.md"))
    yield Case("folder-as-file", plain, prepare=lambda root: (root / "maps/x.yaml").mkdir())
    yield Case("socket", plain, prepare=_listen)
    yield Case("sparse", frozenset({"file-too-large"}), prepare=_sparse)
    yield Case("name-of-bytes", frozenset({"file-name", "missing-key"}), prepare=_unprintable)


def _listen(root: Path) -> None:
    before = Path.cwd()
    os.chdir(root / "briefs")  # the path of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("x.yaml")
    finally:
        os.chdir(before)


def _sparse(root: Path) -> None:
    with (root / "maps" / "x.yaml").open("wb") as file:
        file.truncate(1 << 40)


def _unprintable(root: Path) -> None:
    with open(os.fsencode(root) + b"/briefs/b\xff\x1b[2J.yaml", "wb") as file:  # noqa: PTH123
        file.write(b"schema: 1\n")


def _prose() -> Iterator[Case]:
    original = _original(BRIEF)
    start, stop = original.index("  - id: background"), original.index("claims:\n  - id")
    for name, (codes, text) in PROSE.items():
        section = f"  - id: background\n    heading: Background\n    prose: |\n      {text}\n\n"
        files = {BRIEF: (original[:start] + section + original[stop:]).encode()}
        yield Case(f"prose-{name}", frozenset(codes.split()), files)
    for name, codes, page in (
        ("brackets", "file-too-large", b"[" * 500_000),
        ("deep", "yaml-too-deep", b"---\nhide: " + b"[" * 500 + b"\n---\n"),
        ("large", "file-too-large", b"x\n" * MEGABYTE),
        ("bytes", "not-utf8", b"\xff\xfe"),
        ("code", "docs-html file-too-large", b"`a` <b>\n\n" * 50_000),
    ):
        yield Case(f"page-of-{name}", frozenset(codes.split()), {"docs/x.md": page})
    yield Case(
        "page-of-templates", frozenset(), {"docs/x.md": b"# X\n\n{{ 7*7 }} {% x %} ${ran()}\n"}
    )


def _many(piece: str, times: int = 5_000) -> str:
    return f"Word {piece * times} [@pipeline-announced]."


PROSE = {
    "quotes": ("prose-markup", _many("> ", 5_000)[5:]),
    "lists": ("prose-markup", _many("- ", 5_000)[5:]),
    "emphasis": ("", _many("*")),
    "alternating": ("", _many("*_")),
    "brackets": ("", _many("[")),
    "closing-brackets": ("", _many("]")),
    "links": ("", _many("[x](")),
    "references": ("unknown-id", f"Word [@{'; @'.join(['x'] * 5_000)}]."),
    "entities": ("", _many("&amp;")),
    "code": ("", _many("".join("`" * n + " " for n in range(1, 400)), 1)),
    "html": ("prose-markup", _many("<b>")),
    "comments": ("", _many("<!--")),
    "sentences": ("unsourced-sentence", "Word. " * 5_000),
    "numbers": ("number-not-in-claim figure-without-unit", _many("9 ")),
    "digits": ("number-not-in-claim", _many("9", 20_000)),
    "thousands": ("number-not-in-claim figure-without-unit", _many("1,000,")),
    "dates": ("", _many("2012-02-05/", 3_000)),
    "quotation-marks": ("", _many("“”")),
    "marks": ("", _many("e\u0301")),
    "tower-of-marks": ("disguised-word", f"Word e{_many(chr(0x301))[5:]}"),
    "spaces": ("", _many(" ", 50_000)),
    "no-break-spaces": ("", _many("\u00a0", 20_000)),
    "hyphens": ("", _many("a-")),
    "dots": ("", _many(".", 20_000)),
    "abbreviations": ("", _many("e.g. ")),
    "roman": ("number-not-in-claim", _many("MMMDCCCLXXXVIII ", 3_000)),
    "number-words": ("", _many("twenty-one ", 2_000)),
    "one-word": ("", _many("w", 50_000)),
    "bars": ("", _many("|", 20_000)),
    "table": ("unsourced-sentence", "| a | b |\n      |---|---|\n" + "      | x | y |\n" * 500),
    "definitions": ("prose-markup", "\n      ".join(f"[a{n}]: x" for n in range(5_000))),
}
"""By name: the codes, and what a section says."""
