"""Large files are made of parts that stay the same when something is added elsewhere."""

from __future__ import annotations

import json

from briefsite.data import library_json
from briefsite.data.joined import groups
from briefsite.data.json import json_items, json_list, to_json
from briefsite.model.library import Library

KEYS = [f"source-{number:03}" for number in range(300)]


def test_a_new_key_moves_no_others() -> None:
    before = groups("sources", KEYS)
    after = groups("sources", sorted([*KEYS, "source-100-b"]))
    assert [key for keys in before.values() for key in keys] == KEYS
    assert 4 < len(before) < 40
    assert len({*before.items()} - {*after.items()}) <= 1


def test_a_list_of_parts_is_printed_as_one() -> None:
    items = [{"id": "one", "names": ["a\nb", []]}, {"id": "two"}, {}]
    texts = [to_json(item) for item in items]
    parts = [json_items(texts[:2]), json_items(texts[2:])]
    assert b"".join((*json_list(parts), b"\n")).decode() == to_json(items)
    deeper = [json_items(texts, depth=1)]
    whole = b"".join((b'{\n "items": ', *json_list(deeper, b" "), b"\n}\n"))
    assert whole.decode() == to_json({"items": items})
    assert [*json_list([])] == [b"[]"]


def test_the_library_is_printed_as_one_document(library: Library) -> None:
    found = library_json(library)().decode()
    assert found == to_json(json.loads(found))
