"""A large file of which little changes is made of what stands in the file before, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefsite.data import Joined
from briefsite.site.spliced import Place, Spliced

PARTS = {"head": b"{", "a": b"alpha, beta", "b": b"gamma", "none": b"", "c": b"delta" * 9_000}


@pytest.fixture
def made() -> list[str]:
    """The parts that were made."""
    return []


@pytest.fixture
def joined(made: list[str]) -> Joined:
    return Joined("letters", {name: maker(name, PARTS[name], made) for name in PARTS}, order)


def maker(name: str, part: bytes, made: list[str]) -> Callable[[], bytes]:
    def make() -> bytes:
        made.append(name)
        return part

    return make


def order(parts: Sequence[str]) -> Iterator[bytes | str]:
    for name in parts:
        yield from (name, f"|{name}|".encode())
    yield b"}"


@pytest.fixture
def before(joined: Joined, made: list[str], tmp_path: Path) -> tuple[Path, dict[str, Place]]:
    """A file, and where each of its parts stands."""
    whole = Spliced(joined, None, {})
    path = tmp_path / "letters"
    path.write_bytes(b"".join(whole))
    assert path.read_bytes() == joined()
    made.clear()
    return path, whole.places


def test_what_is_kept_is_read_and_all_else_is_made(
    joined: Joined, before: tuple[Path, dict[str, Place]], made: list[str]
) -> None:
    path, places = before
    edited = {**joined.parts, "a": maker("a", b"alpha", made), "d": maker("d", b"new", made)}
    del edited["b"]
    now = Joined("letters", edited, order)
    spliced = Spliced(now, path, {name: places[name] for name in ("head", "c")})
    found = b"".join(spliced)
    assert made == ["a", "none", "d"]
    assert found == now()
    for name, (start, length, _) in spliced.places.items():
        assert found[start : start + length] == edited[name]()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9])


def shifted(path: Path) -> None:
    path.write_bytes(b" " + path.read_bytes())


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [cut, shifted, a_folder, Path.unlink])
def test_what_no_longer_stands_there_is_made(
    spoil: Callable[[Path], Any], joined: Joined, before: tuple[Path, dict[str, Place]]
) -> None:
    path, places = before
    whole = joined()
    spoil(path)
    spliced = Spliced(joined, path, places)
    assert b"".join(spliced) == whole
    assert spliced.places == places
