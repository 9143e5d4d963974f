"""Every message of the interface, from macros, theme and Python, into the files of translators."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import generate_po, read_po

import briefsite
from briefsite.languages.catalogue import FOLDER, TEMPLATE
from briefsite.languages.language import locale_of
from briefsite.languages.vocabulary import VOCABULARY

_PACKAGE = Path(briefsite.__file__).parent
_JINJA = "jinja2.ext:babel_extract"
_KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "say": None,  # what a module with much to say calls the gettext of its language
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_WIDTH = 96
_HEADER = """msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def template(macros: Path) -> str:
    """The template of all catalogues: each message once, in their order, without the clock."""
    return _printed(_messages(macros), _HEADER.format(code="en"))


def renewed(text: str, code: str, macros: Path) -> str:
    """A catalogue brought up to date, or begun where `text` is empty.

    What it translates is kept; what is no longer said goes to its end, as a comment.
    """
    header, _, _ = text.partition("\n\n")
    if not text:
        forms = get_plural(locale_of(code)).plural_forms
        header = f'{_HEADER.format(code=code)}"Plural-Forms: {forms}\\n"'
    catalogue = read_po(io.StringIO(text), locale=locale_of(code))
    catalogue.update(_messages(macros), no_fuzzy_matching=True, update_creation_date=False)
    return _printed(catalogue, f"{header}\n")


def said_in(folder: str, suffix: str) -> set[object]:
    """What the files of one kind in a folder of the package say; with a number, both forms."""
    found = _said(_PACKAGE / "no-macros")
    start = f"briefsite/{folder}/"
    return {
        message for place, message, _ in found if place.startswith(start) and place.endswith(suffix)
    }


def write_catalogues(root: Path, codes: tuple[str, ...] = ()) -> Iterator[Path]:
    """Write the template of a project, renew its catalogues and begin those of `codes`."""
    folder, macros = root / FOLDER, root / "macros"
    folder.mkdir(exist_ok=True)
    target = folder / TEMPLATE
    target.write_text(template(macros), encoding="utf-8")
    yield target
    for path in sorted({*folder.glob("*.po"), *(folder / f"{code}.po" for code in codes)}):
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(renewed(text, path.stem, macros), encoding="utf-8")
        yield path


def _messages(macros: Path) -> Catalog:
    found: dict[tuple[str, object], list[str]] = {}
    for place, message, context in _said(macros):
        found.setdefault((context or "", message), []).append(place)
    catalogue = Catalog(locale="en")
    for (context, message), where in found.items():
        locations = [(place, None) for place in dict.fromkeys(where)]
        catalogue.add(message, locations=locations, context=context or None)  # type: ignore[arg-type]
    for context, words in VOCABULARY.items():
        for word in words:
            comment = [f"A word that stands in records: {context}."]
            catalogue.add(word, context=context, auto_comments=comment)
    return catalogue


def _said(macros: Path) -> Iterator[tuple[str, object, str | None]]:
    """Place, message and context of each use."""
    ours = [("**.py", "python"), ("**.j2", _JINJA), ("theme/**.html", _JINJA)]
    sources = (
        (macros, "macros", [("**.j2", _JINJA)]),
        (_PACKAGE, "briefsite", [*ours, ("**.js", "javascript")]),
    )
    for folder, prefix, methods in sources:
        options = {pattern: {"silent": "false", "encoding": "utf-8"} for pattern, _ in methods}
        for name, _, message, _, context in extract_from_dir(
            folder, methods, options, keywords=_KEYWORDS
        ):
            yield f"{prefix}/{name.replace(chr(92), '/')}", message, context


def _printed(catalogue: Catalog, header: str) -> str:
    body = "".join(
        generate_po(
            catalogue, include_lineno=False, omit_header=True, sort_by="message", width=_WIDTH
        )
    )
    return f"{header}\n{body.strip()}\n"
