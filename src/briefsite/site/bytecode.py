"""Macros and templates as Python compiled them, kept until their text changes."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from briefsite.cache.inputs import running_program
from briefsite.cache.store import Store


class KeptBytecode(BytecodeCache):
    """Bytecode in a store, which takes none from a folder that others can write to.

    `said` is what it depends on besides code, packages, and the text and name of a template.
    """

    def __init__(self, store: Store, said: bytes = b"") -> None:
        self._store = store
        self._given = (b"bytecode", running_program().encode(), said)

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._store.get(self._key(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> tuple[bytes, ...]:
        return (*self._given, bucket.key.encode(), bucket.checksum.encode())
