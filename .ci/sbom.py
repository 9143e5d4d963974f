"""What the site is made with: a bill of materials, and the licence of each package.

    .venv/bin/python .ci/sbom.py OUT

writes OUT as CycloneDX (JSON) from the locks of building and publishing, and what the installed
packages say of themselves; and renews the table of their licences in LICENSES.md. The same locks
give the same bytes: there is no date, and the serial number is made from the content.
"""

from __future__ import annotations

import argparse
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression, is_supported_id
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from briefsite import __version__

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-publish.lock")
LISTED = ROOT / "LICENSES.md"
_START, _END = "<!-- packages -->\n", "<!-- end of packages -->\n"

ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-CMU"),
        *("MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib"),
    }
)
"""Licences that ask for no more than a notice, or for changes to the package itself."""

_CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_READ = {
    # From the licence that lies in the package, where its metadata names none exactly.
    "ahocorasick-rs": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "pyromark": "MIT",
    "xstatic-leaflet": "BSD-2-Clause",  # "same as Leaflet"
}


@dataclass(frozen=True)
class Package:
    """A package as a lock has it, with the hashes that may be installed, and what it needs."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str
    needs: tuple[str, ...]


def packages(locks: Iterable[str] = LOCKS) -> list[Package]:
    """Every package of the locks, by name. Raises ValueError if one says no licence we know."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for lock in locks:
        text = (ROOT / lock).read_text(encoding="utf-8")
        for block in re.split(r"\n(?=[a-z0-9])", text):
            if named := re.match(r"([a-z0-9][a-z0-9._-]*)==(\S+)", block):
                hashes = tuple(sorted(re.findall(r"--hash=sha256:(\w+)", block)))
                found[named[1]] = (named[2], hashes)
    return [
        Package(name, version, hashes, licence(name), tuple(_needs(name, found)))
        for name, (version, hashes) in sorted(found.items())
    ]


def licence(name: str) -> str:
    """The licence of an installed package, as SPDX writes it. Raises ValueError."""
    said = distribution(name).metadata
    known = [_READ.get(name), said.get("License-Expression"), said.get("License")]
    known += (_CLASSIFIERS.get(each) for each in said.get_all("Classifier") or ())
    for each in known:
        if each and (is_supported_id(each) or is_expression(each)):
            return each
    raise ValueError(f"{name} names no licence: read the one in the package")


def not_allowed(expression: str) -> set[str]:
    """The licences of an expression that are not on the list; any of those joined by OR will do."""
    choices = [re.findall(r"[\w.+-]+", each) for each in expression.split(" OR ")]
    wrong = [set(each) - ALLOWED - {"AND"} for each in choices]
    return min(wrong, key=len)


def bill(found: Iterable[Package]) -> str:
    """CycloneDX 1.6."""
    licences = LicenseFactory()
    found = list(found)
    root = Component(
        name="briefsite",
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref="briefsite",
        licenses=[licences.make_from_string("MIT")],
    )
    components = {
        each.name: Component(
            name=each.name,
            version=each.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"pkg:pypi/{each.name}@{each.version}",
            purl=PackageURL("pypi", None, each.name, each.version),
            licenses=[licences.make_from_string(each.licence)],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=text) for text in each.hashes],
        )
        for each in found
    }
    content = "\n".join(f"{each}" for each in found)
    bom = Bom(
        components=components.values(),
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"briefsite {__version__}\n{content}"),
    )
    bom.metadata.component = root
    bom.metadata.timestamp = None  # type: ignore[assignment]
    needed = {name for each in found for name in each.needs}
    bom.register_dependency(root, (components[n] for n in components if n not in needed))
    for each in found:
        bom.register_dependency(components[each.name], (components[n] for n in each.needs))
    return str(JsonV1Dot6(bom).output_as_string(indent=2)) + "\n"


def table(found: Iterable[Package]) -> str:
    """The licences as Markdown."""
    lines = ["| package | licence |", "|---|---|"]
    lines += (f"| {each.name} | {each.licence} |" for each in found)
    return "\n".join(lines) + "\n"


def listed(text: str, found: Iterable[Package]) -> str:
    """LICENSES.md with its table renewed."""
    before, _, rest = text.partition(_START)
    _, _, after = rest.partition(_END)
    return f"{before}{_START}{table(found)}{_END}{after}"


def _needs(name: str, locked: Iterable[str]) -> Iterator[str]:
    for text in distribution(name).requires or ():
        needed = Requirement(text)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            key = canonicalize_name(needed.name)
            if key in locked:
                yield key


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    found = packages()
    out.write_text(bill(found), encoding="utf-8")
    LISTED.write_text(listed(LISTED.read_text(encoding="utf-8"), found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
