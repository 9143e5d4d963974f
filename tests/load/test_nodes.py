"""Scalars read as YAML 1.2 has them."""

from __future__ import annotations

import pytest

from briefsite.load import load_document


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"),  # Norway
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("0882", "0882"),  # a year
        ("2012-02-05", "2012-02-05"),
        ("2012-02-05 10:00:00", "2012-02-05 10:00:00"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        (".", "."),
        ("+", "+"),
        ("e3", "e3"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("-7", -7),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        (".5", 0.5),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("1.50", 1.5),
        ("'1'", "1"),
        ('"true"', "true"),
        ('""', ""),
        ("|-\n    1", "1"),
        (">-\n    ~", "~"),
        ("1" * 40, int("1" * 40)),
        ("1" * 41, "1" * 41),  # no number that anyone counts
        ("1" * 100_000, "1" * 100_000),
    ],
)
def test_a_value_is_read_by_yaml_1_2(written: str, read: object) -> None:
    document = load_document("x.yaml", f"a: {written}\n".encode())
    assert document.problems == []
    assert document.root is not None
    value = document.root.plain()
    assert value == {"a": read}
    assert isinstance(value, dict)
    assert type(value["a"]) is type(read)


def test_lists_become_tuples_and_order_is_kept() -> None:
    document = load_document("x.yaml", b"b: [1, [2, {c: 3}]]\na: []\n")
    assert document.root is not None
    plain = document.root.plain()
    assert plain == {"b": (1, (2, {"c": 3})), "a": ()}
    assert isinstance(plain, dict)
    assert list(plain) == ["b", "a"]


def test_keys_stay_text() -> None:
    document = load_document("x.yaml", b"2012: a\ntrue: b\n~: c\n'': d\n")
    assert document.root is not None
    assert document.root.plain() == {"2012": "a", "true": "b", "~": "c", "": "d"}


def test_walk_visits_keys_and_values() -> None:
    document = load_document("x.yaml", b"a: [1, {b: 2}]\n")
    assert document.root is not None
    assert [node.value for node in document.root.walk() if node.is_scalar] == ["a", 1, "b", 2]


def test_a_step_that_leads_nowhere_is_none() -> None:
    document = load_document("x.yaml", b"a: [1]\n")
    assert document.root is not None
    assert document.root.child(0) is None
    assert document.node(("a", 1)) is None
    assert document.node(("a", -1)) is None
    assert document.node(("a", "b", "c")) is None
