"""A published site that was damaged is told of, however."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from briefsite.publish import OFFLINE_COPY, faults


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A copy to take along of a few pages."""
    chance, path = random.Random(1), tmp_path / OFFLINE_COPY
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"a/{number}.html", "".join(chance.choices("abcdefgh <p>", k=3000)))
    return path


def test_what_is_whole_has_no_faults(archive: Path) -> None:
    assert faults(archive.parent) == []


def test_a_copy_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["file offline.zip cannot be read: all of it"]


def test_a_page_that_cannot_be_unpacked_is_named(archive: Path) -> None:
    with zipfile.ZipFile(archive) as found:
        start = found.getinfo("a/3.html").header_offset
    content = bytearray(archive.read_bytes())
    content[start + 40 : start + 400] = bytes(360)
    archive.write_bytes(content)
    assert faults(archive.parent) == ["file offline.zip cannot be read: a/3.html"]


def test_no_damage_ends_the_inspection(archive: Path) -> None:
    whole, chance = archive.read_bytes(), random.Random(2)
    found = 0
    for _ in range(100):
        content = bytearray(whole)
        content[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        archive.write_bytes(content)
        found += bool(faults(archive.parent))
    assert found > 80  # times and rights are nobody's business
