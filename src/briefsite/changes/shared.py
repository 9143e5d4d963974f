"""What changed in the records that briefs share, and in maps."""

from __future__ import annotations

from collections.abc import Iterator

from briefsite.changes.claims import field_words, standing
from briefsite.changes.difference import Difference
from briefsite.changes.edition import Edition
from briefsite.changes.substance import changed_fields, substance, words
from briefsite.model.records import MapRecord, Record, Source


def compare_shared(before: Edition, after: Edition) -> Iterator[Difference]:
    """Every difference between the registries of two editions; ids are those of the newer."""
    for key in sorted(before.shared.keys() | after.shared.keys()):
        kind, identity = key
        old, new = before.shared.get(key), after.shared.get(key)
        edition = before if new is None else after

        def told(
            name: str,
            was: str = "",
            now: str = "",
            text: str = "",
            kind: str = kind,
            identity: str = identity,
            edition: Edition = edition,
        ) -> Difference:
            origin = edition.origin(kind, identity)
            assert origin is not None
            return Difference(name, kind, identity, "", origin, was, now, text)

        if new is None or old is None:
            record = new if new is not None else old
            assert record is not None
            yield told(f"{kind}-{'removed' if new is None else 'added'}", text=_title(record))
            continue
        skip = {"id"}
        if isinstance(old, Source) and isinstance(new, Source):
            skip |= {"status"}
            if old.grade.code != new.grade.code:
                skip |= {"grade"}
                yield told("source-regraded", old.grade.code, new.grade.code, new.grade.reason)
            yield from standing("source", old.status, new.status, told)
        for name in changed_fields(old, new, frozenset(skip)):
            yield told(f"{kind}-changed", *field_words(old, new, name), text=name)


def _title(record: Record) -> str:
    for name in ("title", "name", "says"):
        if isinstance(found := getattr(record, name, None), str):
            return found
    return words(record)


_NO_FIELD = frozenset({"layers"})


def compare_maps(before: Edition, after: Edition) -> Iterator[Difference]:
    """Every difference between the maps of two editions; ids are those of the newer."""
    for key in sorted(before.maps.keys() | after.maps.keys()):
        old, new = before.maps.get(key), after.maps.get(key)
        edition = before if new is None else after
        origin = edition.origin("map", key)
        assert origin is not None
        if new is None or old is None:
            record = new if new is not None else old
            assert record is not None
            kind = "map-removed" if new is None else "map-added"
            yield Difference(kind, "map", key, "", origin, text=record.title)
            continue
        for name in changed_fields(old, new, _NO_FIELD):
            was, now = field_words(old, new, name)
            yield Difference("map-changed", "map", key, "", origin, was, now, name)
        if _layers(old) != _layers(new):
            was, now = ("; ".join(sorted(title for _, title in _layers(m))) for m in (old, new))
            yield Difference("map-changed", "map", key, "", origin, was, now, "layers")
        drawn, draws = dict(_features(old)), dict(_features(new))
        for feature in sorted(drawn.keys() | draws.keys()):
            was_, now_ = drawn.get(feature), draws.get(feature)
            what, identity = f"feature-{_verb(was_, now_)}", f"{key}#{feature}"
            if was_ is None or now_ is None or substance(was_) != substance(now_):
                old_words, new_words = _feature_words(was_, now_)
                yield Difference(
                    what, "feature", identity, "", origin, old_words, new_words, feature
                )


def _feature_words(before: Record | None, after: Record | None) -> tuple[str, str]:
    """What a feature was and is; of one that changed, the fields that did."""
    if before is None or after is None or type(before) is not type(after):
        return words(before) if before else "", words(after) if after else ""
    fields = list(changed_fields(before, after, frozenset()))
    values = [field_words(before, after, name) for name in fields]
    old, new = (
        ", ".join(
            f"{name.replace('_', ' ')} {value[side]}"
            for name, value in zip(fields, values, strict=True)
        )
        for side in (0, 1)
    )
    return old, new


def _verb(before: object, after: object) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _layers(record: MapRecord) -> set[tuple[str, str]]:
    return {(layer.id, layer.title) for layer in record.layers}


def _features(record: MapRecord) -> Iterator[tuple[str, Record]]:
    """Each feature of a map by its kind and id; those without one by what and when they are."""
    seen: dict[str, int] = {}
    for layer in record.layers:
        named: list[tuple[str, Record]] = [(f"area {a.id}", a) for a in layer.areas]
        named += [(f"place {p.place}", p) for p in layer.places]
        named += [(f"route {r.id}", r) for r in layer.routes]
        named += [(f"flow {f.id}", f) for f in layer.flows]
        named += [(f"event {e.title}", e) for e in layer.events]
        for name, feature in named:
            seen[name] = seen.get(name, 0) + 1
            yield name if seen[name] == 1 else f"{name} ({seen[name]})", feature
