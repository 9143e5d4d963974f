"""Every format says the same: its claims, figures and sources are read back by others' parsers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, RemoveEnclosingMiddleware
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from tests.data.conftest import SITE, Published

from briefsite.data import Addresses, data_schema, guide, linked_data
from briefsite.data.documents import FILES
from briefsite.data.entries import entries_of
from briefsite.model.entries import BriefEntry
from briefsite.model.records import Claim, Record

ATOM = "{http://www.w3.org/2005/Atom}"


def written(claims: Mapping[str, Claim]) -> set[tuple[str, str]]:
    return {(key, claim.text) for key, claim in claims.items()}


def figures(claims: Mapping[str, Claim]) -> set[tuple[str, int, float, float | None, str, str]]:
    return {
        (key, number, figure.value, figure.high, figure.unit, str(figure.year))
        for key, claim in claims.items()
        for number, figure in enumerate(claim.figures, 1)
    }


def plain(record: Record) -> Any:
    return json.loads(record.model_dump_json(by_alias=True, exclude_none=True))


def briefs(published: Published) -> Iterator[tuple[str, BriefEntry]]:
    for entry in published.library.briefs.values():
        yield f"data/{entry.id}", entry


def of_file(found: Any) -> set[tuple[str, int, float, float | None, str, str]]:
    return {
        (claim["id"], number, each["value"], each.get("high"), each["unit"], each["year"])
        for claim in found
        for number, each in enumerate(claim["figures"], 1)
    }


def test_json(published: Published) -> None:
    for start, entry in briefs(published):
        found = json.loads(published.texts[f"{start}.json"])
        assert {(c["id"], c["text"]) for c in found["brief"]["claims"]} == written(entry.claims)
        assert of_file(found["brief"]["claims"]) == figures(entry.claims)
        assert found["brief"] == plain(entry.record)
    library = json.loads(published.texts["data/library.json"])
    claims = [claim for brief in library["briefs"] for claim in brief["claims"]]
    assert {(c["id"], c["text"]) for c in claims} == written(published.library.claims)
    assert of_file(claims) == figures(published.library.claims)


def test_json_is_as_its_schema_says(published: Published) -> None:
    validators = {name: Draft202012Validator(json.loads(data_schema(name))) for name in FILES}
    for name, text in published.texts.items():
        if re.fullmatch(r"data/[a-z0-9-]+\.json", name):
            found = json.loads(text)
            assert f"data/{found['$schema']}" in published.texts
            errors = [error.message for error in validators[found["$schema"]].iter_errors(found)]
            assert errors == [], name


def as_typed(cell: str) -> str:
    """A text cell without the apostrophe that keeps spreadsheets from running it."""
    assert not cell.startswith(tuple("=+-@＝＋－＠\t\r\n"))
    return cell.removeprefix("'")


def rows(text: str) -> list[dict[str, str]]:
    assert text.endswith("\r\n")
    assert not text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_csv_of_claims(published: Published) -> None:
    wanted = [*briefs(published)]
    everything = published.library.claims
    for start, claims in (*((s, e.claims) for s, e in wanted), ("data/library", everything)):
        found = rows(published.texts[f"{start}.csv"])
        assert {(row["id"], as_typed(row["text"])) for row in found} == written(claims)
        assert len(found) == len(claims)
        for row in found:
            claim = claims[row["id"]]
            assert json.loads(row["citations"]) == [plain(c) for c in claim.sources]
            assert json.loads(row["figures"] or "[]") == [plain(f) for f in claim.figures]
            assert json.loads(row["contested"] or "[]") == [plain(c) for c in claim.contested]
            assert as_typed(row["confidence_reason"]) == claim.confidence.reason
            assert (row["date"], row["as_of"]) == (str(claim.date), str(claim.as_of))
            assert row["address"] == f"{SITE}briefs/{row['brief']}/#{claim.id}"


def test_csv_of_figures(published: Published) -> None:
    wanted = [(start, entry.claims) for start, entry in briefs(published)]
    for start, claims in (*wanted, ("data/library", published.library.claims)):
        found = rows(published.texts[f"{start}.figures.csv"])
        assert {
            (
                row["claim"],
                int(row["number"]),
                float(row["value"]),
                float(row["high"]) if row["high"] else None,
                as_typed(row["unit"]),
                row["year"],
            )
            for row in found
        } == figures(claims)
        assert {(row["claim"], as_typed(row["text"])) for row in found} <= written(claims)


def test_geojson(published: Published) -> None:
    for start, entry in briefs(published):
        found = json.loads(published.texts[f"{start}.geojson"])
        assert found["type"] == "FeatureCollection"
        told = {
            (feature["id"], claim["id"], claim["text"])
            for feature in found["features"]
            for claim in feature["properties"]["claims"]
        }
        own = {(p, c.id, c.text) for c in entry.claims.values() for p in c.places}
        assert own <= told
        everywhere = {
            (p, c.id, c.text) for c in published.library.claims.values() for p in c.places
        }
        assert told <= everywhere
    found = json.loads(published.texts["data/library.geojson"])
    assert {feature["id"] for feature in found["features"]} == set(published.library.places)
    for feature in found["features"]:
        place = published.library.places[feature["id"]]
        where = feature["geometry"] and tuple(feature["geometry"]["coordinates"])
        assert where == place.point
        assert feature["type"] == "Feature"
        assert feature["properties"]["name"] == place.name


def texts_in(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(texts_in(child) for child in node.children)


def evidence_in(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Id, text and figures of each claim in a brief's Markdown."""
    under = ""
    for node in SyntaxTreeNode(MarkdownIt("commonmark").parse(text)).children:
        if node.type == "heading":
            under = texts_in(node)
        if node.type == "ordered_list" and under == "Evidence":
            for item in node.children:
                first, details = item.children
                lines = [texts_in(line) for line in details.children]
                identity = lines[0].removeprefix("Claim: ").partition(",")[0]
                amounts = [line for line in lines if line.startswith("Figure: ")]
                yield identity, texts_in(first), amounts


def test_markdown(published: Published) -> None:
    for start, entry in briefs(published):
        found = list(evidence_in(published.texts[f"{start}.md"]))
        told = {(identity, text) for identity, text, _ in found}
        assert written(entry.claims) <= told
        assert told <= written(published.library.claims)
        for identity, _, amounts in found:
            claim = published.library.claims[identity]
            assert len(amounts) == len(claim.figures)
            for line, figure in zip(amounts, claim.figures, strict=True):
                numbers = [figure.value] if figure.high is None else [figure.value, figure.high]
                assert line.endswith(f" {figure.unit}")
                shown = line.removesuffix(f" {figure.unit}").rpartition(": ")[2]
                assert [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", shown)] == numbers


def test_markdown_is_text_alone(published: Published) -> None:
    for start, entry in briefs(published):
        text = published.texts[f"{start}.md"]
        tokens = MarkdownIt("commonmark").parse(text)
        inline = [child for token in tokens for child in token.children or ()]
        assert {t.type for t in (*tokens, *inline)} <= {
            *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
            *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"),
            *("list_item_open", "list_item_close", "blockquote_open", "blockquote_close", "text"),
            *("softbreak", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"),
            *("link_open", "link_close", "text_special"),
        }
        targets = [str(t.attrs["href"]) for t in inline if t.type == "link_open"]
        assert all(target.startswith(("http://", "https://", "mailto:")) for target in targets)
        headings = [
            tokens[n + 1]
            for n, t in enumerate(tokens)
            if t.type == "heading_open" and t.tag != "h3"
        ]
        assert len(headings) >= 4 + len(entry.record.sections)
        whole = " ".join(texts_in(SyntaxTreeNode(tokens)).split())
        for judgement in entry.record.judgements:
            assert judgement.text in whole
        for section in entry.record.sections:
            for sentence in section.prose.sentences:
                assert sentence.text.split()[0] in whole


def decoded(entries: Any) -> dict[str, dict[str, str]]:
    return {entry.key: {field.key: str(field.value) for field in entry.fields} for entry in entries}


def test_bibtex(published: Published) -> None:
    library = published.library
    for start, entry in (*briefs(published), ("data/library", None)):
        text, whole = published.texts[f"{start}.bib"], RemoveEnclosingMiddleware()
        found = parse_string(text, parse_stack=[whole, LatexDecodingMiddleware()])
        verbatim = decoded(parse_string(text, parse_stack=[whole]).entries)
        assert found.failed_blocks == []
        assert found.comments == []
        wanted = library.sources_of(entry) if entry else library.sources.values()
        titles = {source.id: source.title for source in wanted}
        own = [entry] if entry else library.briefs.values()
        titles |= {f"brief-{each.id}": each.record.title for each in own}
        told = decoded(found.entries)
        assert {key: squeezed(fields["title"]) for key, fields in told.items()} == {
            key: squeezed(title) for key, title in titles.items()
        }
        for source in wanted:
            if source.issued:
                assert verbatim[source.id]["date"] == str(source.issued)
            if source.URL and source.URL.isascii():
                assert verbatim[source.id]["url"] == source.URL


def squeezed(text: str) -> str:
    """A text as TeX has it: quotes and dashes are other signs there, spaces are one."""
    for sign, plain_sign in (
        ("“", '"'),
        ("”", '"'),
        ("’", "'"),
        ("‘", "'"),
        ("–", "-"),
        ("—", "-"),
    ):
        text = text.replace(sign, plain_sign)
    return re.sub(r"[\s{}]+|''|``|-+|\"", "", text)


def test_ris(published: Published) -> None:
    library = published.library
    for start, entry in (*briefs(published), ("data/library", None)):
        text = published.texts[f"{start}.ris"]
        assert set(re.findall(r"\r?\n", text)) == {"\r\n"}
        found = {each["id"]: each for each in rispy.loads(text.replace("\r\n", "\n"))}
        wanted = library.sources_of(entry) if entry else library.sources.values()
        titles = {source.id: source.title for source in wanted}
        own = [entry] if entry else library.briefs.values()
        titles |= {f"brief-{each.id}": each.record.title for each in own}
        assert {key: each["title"] for key, each in found.items()} == titles
        for source in wanted:
            names = [
                person.literal or ", ".join(filter(None, (person.family, person.given)))
                for person in source.author
            ]
            assert found[source.id].get("authors", []) == names


def test_csl_json(published: Published) -> None:
    library = published.library
    for start, entry in (*briefs(published), ("data/library", None)):
        found = {each["id"]: each for each in json.loads(published.texts[f"{start}.csl.json"])}
        wanted = library.sources_of(entry) if entry else library.sources.values()
        own = {f"brief-{e.id}" for e in ([entry] if entry else library.briefs.values())}
        assert set(found) == {source.id for source in wanted} | own
        for source in wanted:
            told = found[source.id]
            assert (told["type"], told["title"]) == (source.type, source.title)
            assert told.get("author", []) == [plain(person) for person in source.author]
            assert told.get("URL") == source.URL
            assert ("issued" in told) == (source.issued is not None)


class Evidence(HTMLParser):
    """The list of evidence on a page, as a browser has it: of each claim its text and figures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.claims: dict[str, list[str]] = {}
        self.around: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.around == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = {key: value or "" for key, value in attrs}
        name = told.get("class", "")
        if name == "bs-claim":
            self.claims[told["id"].removeprefix("ref-")] = []
        elif name in ("bs-claim__text", "bs-figure") and self.claims:
            list(self.claims.values())[-1].append("")
        if tag not in ("br", "hr", "img", "input", "wbr"):
            self.around.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        assert self.around.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = {name for _, name in self.around}
        if names & {"bs-claim__text", "bs-figure"} and "bs-permalink" not in names and self.claims:
            list(self.claims.values())[-1][-1] += data


def test_page(published: Published) -> None:
    for _, entry in briefs(published):
        found = Evidence(published.pages[f"briefs/{entry.id}.md"].body).claims
        told = typed((key, parts[0].strip()) for key, parts in found.items())
        assert typed(written(entry.claims)) <= told
        assert told <= typed(written(published.library.claims))
        for key, claim in entry.claims.items():
            assert [figure_in(text) for text in found[key][1:]] == [
                (each.qualifier or "", each.value, each.high, each.unit) for each in claim.figures
            ]


def typed(texts: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Texts with the apostrophes and spaces of a keyboard: a page sets those of a printer."""
    keys = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{NO-BREAK SPACE}": " "})
    return {(key, text.translate(keys)) for key, text in texts}


def figure_in(text: str) -> tuple[str, float, float | None, str]:
    """A figure as a page words it: hedge, one number or two, unit."""
    number = r"-?[\d,]+(?:\.\d+)?"
    found = re.fullmatch(rf"(\D*?) ?({number})(?:–({number}))? (.*)", text, re.DOTALL)
    assert found is not None, text
    low, high = (float(part.replace(",", "")) if part else None for part in found.group(2, 3))
    assert low is not None
    return found[1], low, high, found[4]


class Scripts(HTMLParser):
    """The data blocks of a page, as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.found.append("")

    def handle_data(self, data: str) -> None:
        self.found[-1] += data


@pytest.mark.parametrize("site_url", [SITE, ""])
def test_linked_data(published: Published, site_url: str) -> None:
    library = published.library
    for entry in library.briefs.values():
        text = linked_data(library, entry, Addresses(site_url))
        page = Scripts(f'<script type="application/ld+json">{text}</script>')
        assert page.tags == ["script"]
        assert "<" not in text
        found = json.loads(page.found[0])
        brief = entry.record
        assert (found["@type"], found["headline"]) == ("Report", brief.title)
        assert found["abstract"] == brief.summary.text
        assert found["dateModified"] == str(brief.reviewed)
        assert found["url"] == f"{site_url or '../../'}briefs/{entry.id}/"
        direct = {c.source for claim in brief.claims for c in claim.sources}
        assert sorted(each["@id"] for each in found["citation"]) == sorted(
            f"{site_url or '../../'}sources/{key}/" for key in direct
        )
        for each in found["isBasedOn"]["distribution"]:
            assert each["contentUrl"].removeprefix(site_url or "../../") in published.texts


def test_feeds(published: Published) -> None:
    library = published.library
    news = {
        (e.record.title, str(change.date.first), each.text)
        for e in library.briefs.values()
        for change, each in zip(
            e.record.changes,
            (x for x in entries_of(library, e) if x.anchor != "withdrawn"),
            strict=True,
        )
        if each.text.startswith(change.text)
    }
    news |= {
        (e.record.title, str(gone.date.first), f"Withdrawn. {gone.reason}")
        for e in library.briefs.values()
        if (gone := e.record.withdrawn)
    }
    assert read_atom(published.texts["feed.xml"]) == news
    items = json.loads(published.texts["feed.json"])["items"]
    assert {(i["title"], i["date_published"][:10], i["content_text"]) for i in items} == news
    assert len({item["id"] for item in items}) == len(items)
    moved = {
        e.record.title for e in library.briefs.values() for c in e.record.changes if c.judgements
    }
    told = read_atom(published.texts["judgements/feed.xml"])
    assert {title for title, _, _ in told} == moved
    for entry in library.briefs.values():
        for change in entry.record.changes:
            for move in change.judgements:
                assert any((move.after or move.before or "") in text for _, _, text in told)
    for folder in ("topics", "briefs"):
        parts = [
            read_atom(t)
            for n, t in published.texts.items()
            if n.startswith(f"{folder}/") and n.endswith(".xml")
        ]
        assert set().union(*parts) == news


def read_atom(text: str) -> set[tuple[str, str, str]]:
    root = ElementTree.fromstring(text)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id", "").startswith(SITE)
    times = [each.text or "" for each in root.iter(f"{ATOM}updated")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", time) for time in times)
    return {
        (
            entry.findtext(f"{ATOM}title", ""),
            entry.findtext(f"{ATOM}updated", "")[:10],
            entry.findtext(f"{ATOM}content", ""),
        )
        for entry in root.iter(f"{ATOM}entry")
    }


def test_llms_txt_names_every_brief(published: Published) -> None:
    text = published.texts["llms.txt"]
    nodes = SyntaxTreeNode(MarkdownIt("commonmark").parse(text)).children
    assert texts_in(nodes[0]) == published.library.publication.title
    assert nodes[1].type == "blockquote"
    links = set(re.findall(rf"\({re.escape(SITE)}([^)\s]+)\)", text))
    assert {link for link in links if link.endswith(".md")} == {
        f"data/{key}.md" for key in published.library.briefs
    }
    assert links <= set(published.texts)


def test_llms_txt_names_the_newest_of_many(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = published.library
    monkeypatch.setattr(guide, "_BRIEFS_TOLD", 1)
    text = guide.llms_txt(library, Addresses(SITE)).decode().partition("\nWithdrawn")[0]
    assert re.findall(r"/data/([^)\s]+)\.md\)", text) == [library.newest[0].id]
    is_cut = len(library.current) > 1
    assert (f"1 newest briefs of {len(library.current)}" in text) == is_cut


def test_no_file_depends_on_when_it_is_made(published: Published) -> None:
    assert {name: make().decode() for name, make in published.makers.items()} == published.texts
