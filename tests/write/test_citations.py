"""Citation files: what they say arrives in our fields, and what has none is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.write.bibtex import plain_text, read_bibtex
from briefsite.write.citation import Citation, CitationError, Entry, check_doi, to_source
from briefsite.write.csl import read_csl
from briefsite.write.fields import FieldError
from briefsite.write.ris import read_ris

READERS: dict[str, Callable[[str], list[Entry]]] = {
    "bibtex": read_bibtex,
    "ris": read_ris,
    "csl": read_csl,
}


def source(reader: str, text: str) -> dict[str, object]:
    """The fields of the one entry of a file, dates as text."""
    (entry,) = READERS[reader](text)
    found = to_source(entry)
    values = {str(path[0]): value for path, value in found.given.items()}
    return {key: str(v) if key in ("issued", "accessed") else v for key, v in values.items()}


ARTICLE = {
    "type": "article-journal",
    "title": "The Café & the NATO: 50% of it",
    "author": [
        {"family": "Müller", "given": "József"},
        {"family": "de la Cruz", "given": "Ana"},
        {"literal": "World Bank"},
    ],
    "container-title": "Journal of Études",
    "volume": "3",
    "issue": "4",
    "page": "1-12",
    "issued": "2012-02-05",
    "URL": "https://e.org/a_b?x=1&y=2",
    "DOI": "10.1000/x_y",
    "language": "de",
}
SAME = {
    "bibtex": r"""
% A comment.
@string{je = {Journal of {\'E}tudes}}
@Article{key1,
  author = {M{\"u}ller, J{\'o}zsef and de la Cruz, Ana and {World Bank}},
  title = "The Caf{\'e} \& the {NATO}: 50% of it", journal = je,
  year = 2012, month = feb, day = 5, volume = 3, number = {4}, pages = {1--12},
  doi = {https://doi.org/10.1000/x_y}, url = {https://e.org/a\_b?x=1\&y=2},
  langid = {ngerman}, issn = {1234}, keywords = {a, b},
}
""",
    "ris": """TY  - JOUR
AU  - Müller, József
A1  - de la Cruz, Ana
AU  - World Bank
TI  - The Café & the NATO:
50% of it
T2  - Journal of Études
PY  - 2012
DA  - 2012/02/05/spring
VL  - 3
IS  - 4
SP  - 1
EP  - 12
DO  - doi:10.1000/x_y
UR  - https://e.org/a_b?x=1&y=2
LA  - German
SN  - 1234
KW  - a
KW  - b
ER  -
""",
    "csl": """[{"id": "key1", "type": "article-journal", "title": "The Café & the NATO: 50% of it",
  "author": [{"family": "Müller", "given": "József"},
             {"family": "Cruz", "non-dropping-particle": "de la", "given": "Ana"},
             {"literal": "World Bank"}],
  "container-title": "Journal of Études", "volume": 3, "issue": "4", "page": "1–12",
  "issued": {"date-parts": [[2012, 2, 5]]}, "DOI": "10.1000/x_y",
  "URL": "https://e.org/a_b?x=1&y=2", "language": "de", "ISSN": "1234", "keyword": "a, b"}]""",
}
DROPPED = {"bibtex": ("issn", "keywords"), "ris": ("SN", "KW"), "csl": ("ISSN", "keyword")}


@pytest.mark.parametrize("reader", READERS)
def test_one_article_in_every_format(reader: str) -> None:
    assert source(reader, SAME[reader]) == ARTICLE
    (entry,) = READERS[reader](SAME[reader])
    assert to_source(entry).dropped == DROPPED[reader]


@pytest.mark.parametrize(
    ("reader", "text", "wanted"),
    [
        ("bibtex", "@book{k, title={T}, subtitle={S}, publisher={P}, year={1999}}",
         {"type": "book", "title": "T: S", "publisher": "P", "issued": "1999"}),
        ("bibtex", "@incollection{k, title={T}, booktitle={B}, pages={3}}",
         {"type": "chapter", "title": "T", "container-title": "B", "page": "3"}),
        ("bibtex", "@techreport{k, title={T}, institution={I}, date={2020-11}}",
         {"type": "report", "title": "T", "publisher": "I", "issued": "2020-11"}),
        ("bibtex", "@misc{k, title={T}, url={https://e.org}, urldate={2020-11-02}}",
         {"type": "webpage", "title": "T", "URL": "https://e.org", "accessed": "2020-11-02"}),
        ("bibtex", "@online{k, author={King, Jr., Martin Luther}, title={T}}",
         {"type": "webpage", "title": "T",
          "author": [{"family": "King", "given": "Martin Luther, Jr."}]}),
        ("bibtex", "@patent{k, title={T}}", {"title": "T"}),
        ("ris", "TY  - BOOK\nTI  - T\nT2  - A series\nPB  - P\nER  - \n",
         {"type": "book", "title": "T", "publisher": "P"}),
        ("ris", "TY  - NEWS\nTI  - T\nT2  - A paper\nDA  - 2020/11/2\nER  -\n",
         {"type": "article-newspaper", "title": "T", "container-title": "A paper",
          "issued": "2020-11-02"}),
        ("ris", "TY  - ELEC\r\nTI  - T\r\nY2  - 2020/11/02/\r\nER  - \r\n",
         {"type": "webpage", "title": "T", "accessed": "2020-11-02"}),
        ("csl", '{"type": "thesis", "title": "T", "issued": {"raw": "2012"}}',
         {"type": "document", "title": "T", "issued": "2012"}),
        ("csl", '{"type": "report", "title": "T", "issued": {"date-parts": [[2012], [2013, 2]]}}',
         {"type": "report", "title": "T", "issued": "2012/2013-02"}),
    ],
)  # fmt: skip
def test_types_and_dates(reader: str, text: str, wanted: dict[str, object]) -> None:
    assert source(reader, text) == wanted


def cite(fields: dict[str, str]) -> Citation:
    return to_source(Entry("k", 1, fields=fields))


def test_what_a_field_does_not_take_is_named() -> None:
    found = cite({"title": "x" * 300, "URL": "javascript:alert(1)", "language": "Klingonish"})
    assert not found.given
    assert [words.split()[0] for words in found.dropped] == ["title", "URL", "language"]
    (entry,) = read_bibtex("@book{k, title={T}, year={in press}}")
    assert to_source(entry).dropped == ("issued ('in press' is no date)",)


@pytest.mark.parametrize(
    ("written", "issued", "why"),
    [
        ("year=2001, month=13", "2001", "not '2001-13': there is no month 13"),
        ("year=2001, month=0", "2001", "there is no month 00"),
        ("year=2001, month=feb, day=31", "2001-02", "February 2001 has 28 days"),
        ("year=2001, month=13, day=31", "2001", "there is no month 13"),
        ("date={2001-13}", "2001", "there is no month 13"),
    ],
)
def test_a_month_that_is_none_takes_no_year_with_it(written: str, issued: str, why: str) -> None:
    (entry,) = read_bibtex(f"@book{{k, title={{T}}, {written}}}")
    found = to_source(entry)
    assert str(found.given[("issued",)]) == issued
    assert not found.dropped
    (note,) = found.notes
    assert note.startswith(f"issued is {issued}, not ")
    assert note.endswith(why)


def test_a_month_in_words_that_are_none_is_named() -> None:
    (entry,) = read_bibtex("@book{k, title={T}, year=2001, month={in spring}}")
    found = to_source(entry)
    assert str(found.given[("issued",)]) == "2001"
    assert found.dropped == ("month ('in spring' is no month)",)


def test_further_authors_are_no_author() -> None:
    (entry,) = read_bibtex("@book{k, title={T}, author={Doe, Jane and others}}")
    found = to_source(entry)
    assert found.given[("author",)] == [{"family": "Doe", "given": "Jane"}]
    assert found.notes == ("the file names no further authors, only that there are others",)
    (entry,) = read_bibtex("@book{k, title={T}, author={Doe, Jane and {others}}}")
    found = to_source(entry)
    assert found.given[("author",)] == [{"family": "Doe", "given": "Jane"}, {"literal": "others"}]
    assert not found.notes


def test_characters_that_no_file_may_hold_are_taken_out_and_that_is_said() -> None:
    found = cite({"title": "A\u202e b\x00\x1b[31m\n c\ud800", "publisher": "P"})
    assert found.given[("title",)] == "A b[31m c"
    assert found.changed == ("title",)


@pytest.mark.parametrize(
    ("reader", "text", "line", "words"),
    [
        ("bibtex", "\n\n@book{k, title={T\n", 3, "end of file"),
        ("bibtex", "@book{k, title={T}}\n@misc{k, title={U}}\n", 2, "key 'k'"),
        ("bibtex", "@book{k, title={T}, title={U}}\n", 1, "twice"),
        ("ris", "TI  - T\n", 1, "begins with its type"),
        ("ris", "\nTY  - BOOK\nTI  - T\n", 2, "has no end"),
        ("ris", "TY  - BOOK\nTY  - BOOK\nER  - \n", 1, "has no end"),
        ("csl", '[{"title": "T"\n "x"}]', 2, "no JSON"),
        ("csl", "[1]", 1, "in braces"),
        ("csl", "[" * 100_000, 1, ""),
    ],
)
def test_a_broken_file_gives_its_line(reader: str, text: str, line: int, words: str) -> None:
    with pytest.raises(CitationError) as raised:
        READERS[reader](text)
    assert raised.value.line == line
    assert words in str(raised.value)


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text(st.sampled_from('@{}"=,\\%\n $&#~-aTYERI[]:_^') | st.characters(), max_size=80))
def test_any_text_gives_entries_or_a_line(reader: str, text: str) -> None:
    frames = {"bibtex": "@misc{k, author={%s}, title={%s}}", "ris": "TY  - BOOK\n%s\nER  - \n"}
    for whole in (text, frames.get(reader, '{"title": "%s"}').replace("%s", text)):
        try:
            entries = READERS[reader](whole)
        except CitationError as error:
            lines = [error.line]
        else:
            lines = [entry.line for entry in entries if to_source(entry)]
        assert all(line >= 1 for line in lines)


def test_latex_is_decoded() -> None:
    assert plain_text(r"\O{}stergaard {\'{\i}}  Şuşa -- \textit{Ağdam} $x^2$") == (
        "Østergaard í Şuşa – Ağdam $x^2$"
    )


@pytest.mark.parametrize("text", ["10.1000/182", "doi:10.1000/182", "https://doi.org/10.1000/182"])
def test_a_doi_is_kept_bare(text: str) -> None:
    assert check_doi(text) == "10.1000/182"
    with pytest.raises(FieldError):
        check_doi("182")


@pytest.mark.parametrize("words", ["et al.", "Et al"])
def test_et_al_is_nobodys_name(words: str) -> None:
    note = "the file names no further authors, only that there are others"
    (ris,) = read_ris(f"TY  - JOUR\nTI  - T\nAU  - Doe, Jane\nAU  - {words}\nER  - \n")
    people = f'[{{"family": "Doe", "given": "Jane"}}, {{"literal": "{words}"}}]'
    (csl,) = read_csl(f'[{{"id": "k", "title": "T", "author": {people}}}]')
    for entry in (ris, csl):
        assert entry.authors == [("Doe", "Jane")]
        assert entry.notes == [note]
