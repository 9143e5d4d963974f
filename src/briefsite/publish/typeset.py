"""Typst, for paper and pictures: templates of ours, and all else as data."""

from __future__ import annotations

import datetime
import importlib.metadata
import importlib.util
import io
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefsite.publish.cache import Cache

if TYPE_CHECKING:
    import typst

SERIF, SANS = "Libertinus Serif", "Noto Sans"
"""The families that templates set text in; other scripts come from the same packages."""
FONTS = {"serif": SERIF, "sans-serif": SANS}
_PACKAGES = ("typst", "manimgx-fonts", "pikepdf")
_QUOTED = r'`"((?:[^`"\\]|\\.)*)"`'
_MISSING = re.compile(
    rf"the text {_QUOTED} could not be displayed|the disallowed codepoint {_QUOTED}"
)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Scripts whose letters are drawn otherwise beside others: from Hebrew and Arabic to those of India
# and of its neighbours.
_JOINING = re.compile("[\u0590-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc]")
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_FINE = 3
"""Pixels for each of a picture's: some 300 an inch on paper."""
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_TEMPLATES = Path(__file__).parent / "templates"


class PublishError(Exception):
    """Something cannot be published; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Made:
    """A picture or document, and the letters in it that no font has."""

    content: bytes
    missing: str = ""

    def dump(self) -> bytes:
        """As it is kept: one line of letters, then the content."""
        return self.missing.encode() + b"\n" + self.content

    @classmethod
    def load(cls, kept: bytes) -> Made:
        missing, _, content = kept.partition(b"\n")
        return cls(content, missing.decode())


class Typesetter:
    """Sets templates with data, each text of which stays a text, whatever it says.

    Only the fonts of the two packages are used, never the machine's. Raises PublishError where the
    packages are missing, or something cannot be set.
    """

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        try:
            versions = [f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES]
        except importlib.metadata.PackageNotFoundError as error:
            raise PublishError(
                f"publishing needs the package {error.name}: use `make publish`, or install "
                "requirements-publish.lock"
            ) from error
        code = (path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ")))
        self._made_by = ("\n".join(versions).encode(), *code)

    def png(self, template: str, data: Mapping[str, Any]) -> bytes:
        """A picture: one pixel for each point of the template's page."""
        return self._set(template, data, "png").content

    def readable(self, svg: str) -> str:
        """A picture as a document can hold it: as it is, or as pixels within a picture.

        Where letters join or move, Typst cannot tell which signs of a picture stand for which, and
        PDF/UA wants to know. What the picture says is in its alternative text.
        """
        if not _JOINING.search(svg):
            return svg
        width, height = (float(side) for side in _SIZE.findall(svg)[0])
        data = {"picture": svg, "width": width * _FINE, "height": height * _FINE}
        pixels = b64encode(self.png("picture.typ", data)).decode()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}">'
            f'<image width="{width:g}" height="{height:g}" href="data:image/png;base64,{pixels}"/>'
            "</svg>"
        )

    def pdf(self, template: str, data: Mapping[str, Any], day: datetime.date) -> Made:
        """A tagged document that conforms to PDF/UA-1 and says that it was made on `day`."""
        return self._set(template, data, "pdf", day)

    def _set(
        self,
        template: str,
        data: Mapping[str, Any],
        form: Literal["png", "pdf"],
        day: datetime.date | None = None,
    ) -> Made:
        inputs = (template, form, str(day), _json(data))
        key = (*self._made_by, *(text.encode() for text in inputs))
        kept = self.cache.get(key, lambda: self._make(template, data, form, day).dump())
        return Made.load(kept)

    def _make(
        self, template: str, data: Any, form: Literal["png", "pdf"], day: datetime.date | None
    ) -> Made:
        """Letters that no font has may not stop a publication: a sign stands in their place."""
        import typst

        missing: set[str] = set()
        standards: list[typst.PDFStandard] = ["ua-1"] if form == "pdf" else []
        while True:
            try:
                made = self._compile(template, _json(data), form, day, standards)
            except typst.TypstError as error:
                words = error.diagnostic or str(error)
                found = set(_missing(words)) - missing
                if not found:
                    raise PublishError(f"{template}: {words}") from error
                missing |= found
                data = _translated(data, dict.fromkeys(map(ord, found), _REPLACEMENT))
            else:
                return Made(made, "".join(sorted(missing)))

    def _compile(
        self,
        template: str,
        data: str,
        form: Literal["png", "pdf"],
        day: datetime.date | None,
        standards: list[typst.PDFStandard],
    ) -> bytes:
        midnight = datetime.time(tzinfo=datetime.UTC)
        made, warnings = self._compiler.compile_with_warnings(
            str(_TEMPLATES / template),
            format=form,
            ppi=72,
            sys_inputs={"data": data},
            pdf_standards=standards,
            timestamp=datetime.datetime.combine(day, midnight) if day else None,
        )
        if warnings:
            raise PublishError(f"{template}: {'; '.join(str(each) for each in warnings)}")
        if not isinstance(made, bytes):
            raise PublishError(f"{template}: {len(made or ())} pages where one was expected")
        return _packed(made) if form == "pdf" else made

    @cached_property
    def fonts(self) -> typst.Fonts:
        """All fonts that there are."""
        import typst

        found = importlib.util.find_spec("manimgx_fonts")
        assert found is not None
        assert found.submodule_search_locations is not None
        return typst.Fonts(
            include_system_fonts=False, font_paths=list(found.submodule_search_locations)
        )

    @cached_property
    def _compiler(self) -> typst.Compiler:
        import typst

        return typst.Compiler(root=str(_TEMPLATES), font_paths=self.fonts, ignore_system_fonts=True)


def _packed(document: bytes) -> bytes:
    """The same document, its many small objects, most of them tags, together: half as large."""
    import pikepdf

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as opened:
        together = pikepdf.ObjectStreamMode.generate
        opened.save(packed, object_stream_mode=together, deterministic_id=True)
    return packed.getvalue()


def _missing(words: str) -> Iterator[str]:
    """The letters that the typesetter says it has no sign for."""
    for match in _MISSING.finditer(words):
        text = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), match[1] or match[2])
        yield from (letter for letter in text if not (letter.isascii() and letter.isprintable()))


def _translated(value: Any, signs: Mapping[int, str]) -> Any:
    """The same data with other letters in its texts."""
    if isinstance(value, str):
        return value.translate(signs)
    if isinstance(value, Mapping):
        return {key: _translated(each, signs) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(each, signs) for each in value]
    return value


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
