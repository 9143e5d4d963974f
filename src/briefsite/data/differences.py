"""What changed between two editions: for a terminal, for a pull request, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import Literal

from briefsite.changes import KINDS, REWORDED, Comparison, Difference, Lost
from briefsite.data.json import to_json
from briefsite.data.wordwise import wordwise

DifferenceStyle = Literal["text", "markdown", "json"]
VERSION = 1
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Revisions:
    """What was compared, as it was named and as git knows it; None for the working tree."""

    base: str
    base_commit: str
    head: str
    head_commit: str | None


def print_differences(
    comparison: Comparison, revisions: Revisions, style: DifferenceStyle = "text"
) -> str:
    """Every difference by brief, the weightiest first; then what is lost, and was left out."""
    if style == "json":
        return to_json(_document(comparison, revisions))
    lines = _markdown(comparison, revisions) if style == "markdown" else _text(comparison)
    return "".join(f"{line}\n" for line in lines)


def lost_words(lost: Lost) -> str:
    """What an author can do about an address that leads nowhere."""
    kind, identity = lost.key
    former = identity.rpartition("#")[2]
    if lost.now:
        told = f"/{lost.address} leads nowhere: the {kind} is '{lost.now}' now"
        return f"{told}; add `formerly: [{former}]` to it (--write does)"
    gone = f"/{lost.address} leads nowhere: {kind} '{former}' is gone"
    if kind == "brief":
        return f"{gone}; keep the file with `status: withdrawn`"
    if kind in ("claim", "source"):
        return f"{gone}; keep it with a `status:` of withdrawn or superseded"
    return f"{gone}; if it has another id now, add `formerly: [{former}]` there"


def _document(comparison: Comparison, revisions: Revisions) -> dict[str, object]:
    return {
        "version": VERSION,
        "base": {"name": revisions.base, "commit": revisions.base_commit},
        "head": {"name": revisions.head, "commit": revisions.head_commit},
        "differences": [
            {
                "kind": each.kind,
                "record": each.record,
                "id": each.id,
                "brief": each.brief or None,
                "path": each.origin.path,
                "line": each.origin.line,
                "before": each.before or None,
                "after": each.after or None,
                "text": each.text or None,
            }
            for each in comparison.differences
        ],
        "lost": [
            {
                "address": lost.address,
                "record": lost.key[0],
                "id": lost.key[1],
                "now": lost.now or None,
            }
            for lost in comparison.lost
        ],
        "left_out": list(comparison.left_out),
    }


def _heading(comparison: Comparison, group: tuple[int, str]) -> tuple[str, str]:
    """What a group of differences is about: its address and its title."""
    place, key = group
    if place == 2:
        return "", "What briefs share"
    kind = ("briefs", "maps")[place]
    for edition in (comparison.after, comparison.before):
        records = edition.briefs if place == 0 else edition.maps
        if key in records:
            return f"{kind}/{key}", records[key].title
    return f"{kind}/{key}", ""


def _grouped(comparison: Comparison) -> Iterator[tuple[tuple[str, str], list[Difference]]]:
    for group, found in groupby(comparison.differences, key=lambda each: each.group):
        yield _heading(comparison, group), list(found)


def _subject(each: Difference) -> str:
    """What changed, such as `judgement`; a position is its party's, a field is named."""
    what = each.kind.partition("-")[0]
    if what in ("stale", "figure"):
        return each.record
    if what == "position":
        return f"position of {each.text} on"
    if what == "feature":
        return each.text
    return what


_NAMELESS = frozenset({"summary", "event", "unknown", "feature", "brief", "publication"})


def _named(each: Difference) -> str:
    """The id by which the subject is known, or an empty string."""
    what = each.kind.partition("-")[0]
    return "" if what in _NAMELESS else each.id


_FIELDS = frozenset({"brief-changed", "map-changed"}) | frozenset(
    f"{kind}-changed"
    for kind in ("claim", "source", "actor", "place", "agreement", "term", "correction", "topic",
                 "word", "publication", "judgement")
)  # fmt: skip
_AGED = frozenset({"translation-outdated", "translation-renewed"})
_QUOTED = frozenset(
    kind for kind in KINDS if kind.endswith(("-added", "-removed"))
) - frozenset({"position-added", "position-removed"}) - frozenset(
    {"feature-added", "feature-removed", "figure-added", "figure-removed"}
)  # fmt: skip


def _detail(each: Difference) -> str:
    """What stands behind the words of a kind on its line."""
    if each.kind in REWORDED:
        return ""
    values = ""
    if each.before and each.after:
        values = f"{_cut(each.before)} → {_cut(each.after)}"
    elif each.before or each.after:
        values = _cut(each.before or each.after)
    if each.kind in _FIELDS:
        if not (each.before and each.after):
            values = f"{'also' if each.after else 'without'} {values}"
        return f"{each.text.replace('_', ' ')}: {values}"
    if each.kind.startswith(("figure-", "event-changed")):
        return f"{_cut(each.text)}: {values}"
    aged = each.kind.startswith("stale-") or each.kind in _AGED
    if aged or (each.kind in _QUOTED and not values):
        return _cut(each.text)
    return values


def _below(each: Difference) -> str:
    """The record's own words, below the line, for whom its id says nothing."""
    shown = each.kind.startswith(("judgement-", "claim-", "section-resourced"))
    wanted = shown and each.kind not in REWORDED and each.kind not in _FIELDS
    is_said = each.kind in _QUOTED and not (each.before or each.after)
    return _cut(each.text) if wanted and not is_said else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _text(comparison: Comparison) -> Iterator[str]:
    for (address, title), found in _grouped(comparison):
        yield _printable(f"{address}  {title}".strip())
        for each in found:
            named, detail = _named(each), _detail(each)
            line = f"  {_subject(each)}{' ' if named else ''}{named} {KINDS[each.kind]}"
            yield _printable(f"{line}: {detail}" if detail else line)
            if each.kind in REWORDED:
                pieces = wordwise(each.before, each.after)
                marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
                worded = " ".join(marks[p.kind].format(p.text) for p in pieces if p.text)
                yield _printable(f"      {worded.replace('-] {+', '-]{+')}")
            elif below := _below(each):
                yield _printable(f"      {below}")
        yield ""
    for lost in comparison.lost:
        yield _printable(f"warning: {lost_words(lost)}")
    for sentence in comparison.left_out:
        yield _printable(f"left out: {sentence}")
    if not comparison.differences:
        yield "nothing changed in substance"


def _markdown(comparison: Comparison, revisions: Revisions) -> Iterator[str]:
    count = len(comparison.differences)
    yield "## What changed in substance"
    yield ""
    names = f"From {_code(revisions.base)} to {_code(revisions.head)}"
    yield f"{names}: {count or 'no'} change{'' if count == 1 else 's'}."
    for lost in comparison.lost:
        yield f"\n> **Warning.** {escape_markdown(lost_words(lost))}"
    for sentence in comparison.left_out:
        yield f"\n> **Left out.** {escape_markdown(sentence)}"
    for (address, title), found in _grouped(comparison):
        yield ""
        yield f"### {escape_markdown(title)} {_code(address) if address else ''}".rstrip()
        yield ""
        for each in found:
            yield from _item(each)


def _item(each: Difference) -> Iterator[str]:
    named, detail = _named(each), _detail(each)
    subject = escape_markdown(_subject(each)).capitalize() + (f" {_code(named)}" if named else "")
    line = f"- **{subject} {KINDS[each.kind]}**"
    yield f"{line}: {escape_markdown(detail)}" if detail else line
    if each.kind in REWORDED:
        marks = {"same": "{}", "old": "<del>{}</del>", "new": "<ins>{}</ins>"}
        pieces = wordwise(each.before, each.after)
        yield f"  <br>{' '.join(marks[p.kind].format(escape_markdown(p.text)) for p in pieces)}"
    elif below := _below(each):
        yield f"  <br>{escape_markdown(below)}"


# What is markup within a line; a text never begins one. A colon before a letter may be an emoji's.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|~&$@=^]|:(?=\w)")
# What a forge makes a link of, though it is escaped: mentions, issues, addresses, commits.
_LINKED = re.compile(r"(?<=[@#])(?=\w)|(?<=://)|(?<=\bwww)(?=\.)|(?<=\bgh)(?=-\d)", re.IGNORECASE)
_COMMIT = re.compile(r"\b(?=[0-9a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,40}\b")
_NO_WIDTH = "\u200b"


def escape_markdown(text: str) -> str:
    """Text that stays text within a line of Markdown: no markup, HTML, mention, link or picture.

    What could be markup becomes a character reference, which never is; what a forge would make a
    link of is broken by a space of no width.
    """
    text = _LINKED.sub(_NO_WIDTH, _printable(text))
    text = _COMMIT.sub(lambda match: _NO_WIDTH.join(wrap(match.group(), 6)), text)
    return _MARKUP.sub(lambda match: f"&#{ord(match.group())};", text)


def _code(text: str) -> str:
    """Text in a code span; a backtick in it would end the span."""
    return f"`{_printable(text).replace('`', chr(39))}`"


def _printable(text: str) -> str:
    """Text on one line, without anything that moves a terminal's cursor."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char.isprintable() or char in "\u200c\u200d":  # the joiners, which Persian needs
        return char
    return " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
