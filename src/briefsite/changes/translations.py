"""What changed in translations: which there are, what they say, whether their original is newer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefsite.changes.difference import Difference
from briefsite.changes.edition import Edition, Shared
from briefsite.changes.renames import Names
from briefsite.model.prose import Prose
from briefsite.model.records import Translation
from briefsite.model.translations import LISTS


def compare_translations(old: Edition, new: Edition, names: Names) -> Iterator[Difference]:
    """Every difference between the translations of two editions; `names` are new ids of records."""
    was = {
        (names.get(("brief", slug), slug), language): (translation, (slug, language))
        for (slug, language), translation in old.translations.items()
    }
    for key in sorted(was.keys() | new.translations.keys()):
        before, former = was.get(key, (None, key))
        after = new.translations.get(key)
        slug, language = key
        origin = new.origin("translation", "/".join(key))
        origin = origin or old.origin("translation", "/".join(former))
        assert origin is not None

        def told(
            kind: str,
            place: str = "",
            before: str = "",
            after: str = "",
            text: str = "",
            *,
            here: Shared = key,
            at: Any = origin,
        ) -> Difference:
            named = f"{here[1]}/{place}" if place else here[1]
            return Difference(kind, "translation", named, here[0], at, before, after, text)

        if before is None or after is None:
            given = after or before
            assert given is not None
            kind = "added" if before is None else "removed"
            yield told(f"translation-{kind}", text=given.title or f"{slug} in {language}")
            continue
        yield from _texts(told, texts_of(before, names), texts_of(after))
        if before.translator != after.translator:
            yield told("translation-changed", "", before.translator, after.translator)
        aged, ages = _is_old(old, former, before), _is_old(new, key, after)
        if aged != ages:
            kind = "translation-outdated" if ages else "translation-renewed"
            followed, newest = after.original_reviewed, new.briefs[slug].reviewed
            text = f"it follows the version of {followed}, the newest is of {newest}"
            yield told(kind, text=text)


def texts_of(translation: Translation, names: Names | None = None) -> Mapping[str, str]:
    """Every text of a translation by its place, such as `claims/ID/text`, under new ids."""
    found: dict[str, str] = {}
    for name in type(translation).model_fields:
        value = getattr(translation, name)
        if name in LISTS:
            for item in value:
                now = (names or {}).get((LISTS[name], item.id), item.id)
                for field in type(item).model_fields:
                    if field != "id":
                        _put(found, f"{name}/{now}/{field}", getattr(item, field))
        elif name in ("title", "summary", "coverage", "timeline", "unknowns"):
            _put(found, name, value)
    return found


def _put(found: dict[str, str], place: str, value: Any) -> None:
    texts = value if isinstance(value, tuple) else (value,)
    for number, text in enumerate(texts, 1):
        words = " ".join((text.source if isinstance(text, Prose) else text or "").split())
        if words:
            found[f"{place}/{number}" if isinstance(value, tuple) else place] = words


def _texts(told: Any, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for place in sorted(before.keys() | after.keys()):
        old, new = before.get(place, ""), after.get(place, "")
        if old and new and old != new:
            yield told("translation-reworded", place, old, new)
        elif not old:
            yield told("translation-told", place, after=new)
        elif not new:
            yield told("translation-untold", place, before=old)


def _is_old(edition: Edition, key: Shared, translation: Translation) -> bool:
    """Whether the original was reviewed again since."""
    return translation.original_reviewed.last < edition.briefs[key[0]].reviewed.first
