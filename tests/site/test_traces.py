"""What a build has noted is found by the next one, and known by what stands for all of it."""

from __future__ import annotations

from pathlib import Path

from briefsite.cache.store import Store
from briefsite.site.traces import Traces, note_traces, recall_traces


def test_what_was_noted_is_recalled_with_the_same_options_alone(tmp_path: Path) -> None:
    asked = ("brief", "sample", "front")
    traces = Traces(
        answers={asked: b"answer"},
        units={"briefs/sample.md": ("makers", (asked,), b"digest")},
        places={"data/library.csv": b"places"},
        assembled=frozenset({"front"}),
        sources={"briefs/sample.yaml": "digest"},
        moved={"timeline.md#1": None},
    )
    store = Store(tmp_path, tmp_path)
    assert recall_traces(store, b"options") == ("", Traces())
    sign = note_traces(store, b"options", traces)
    store.save()
    store.close()
    store = Store(tmp_path, tmp_path)
    assert recall_traces(store, b"options") == (sign, traces)
    assert recall_traces(store, b"others") == ("", Traces())
    store.close()
