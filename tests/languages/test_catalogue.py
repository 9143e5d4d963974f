"""A catalogue is a language; what strangers may write in one is a problem or text, never more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.cli import main
from briefsite.languages import read_languages
from briefsite.languages.catalogue import TEMPLATE
from briefsite.languages.extract import renewed, template
from briefsite.languages.po import PoError, read_entries
from briefsite.report import render

ROOT = Path(__file__).parents[2]
MACROS = ROOT / "macros"
CATALOGUE = """\
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Sources"
msgstr "Исто"
"чники"

#, fuzzy
msgid "Evidence"
msgstr "Доказательство"

msgctxt "claim"
msgid "event"
msgstr "событие \\"A\\""

msgid "event"
msgstr ""

msgid "%(num)s claim"
msgid_plural "%(num)s claims"
msgstr[0] "%(num)s утверждение"
msgstr[1] "%(num)s утверждения"
msgstr[2] "%(num)s утверждений"

msgid "%(num)s source"
msgid_plural "%(num)s sources"
msgstr[0] "%(num)s источник"
msgstr[1] ""
msgstr[2] ""

#~ msgid "Gone"
#~ msgstr "Прошло"
"""


def write(root: Path, name: str, text: str) -> None:
    (root / "languages").mkdir(exist_ok=True)
    (root / "languages" / name).write_text(text, encoding="utf-8")


def test_a_catalogue_speaks(tmp_path: Path) -> None:
    write(tmp_path, "ru.po", CATALOGUE)
    found = read_languages(tmp_path)
    assert found.problems == ()
    russian = found.known["ru"]
    assert russian.gettext("Sources") == "Источники"
    assert russian.pgettext("claim", "event") == 'событие "A"'
    assert [russian.ngettext("%(num)s claim", "%(num)s claims", n) for n in (1, 3, 11, 21)] == [
        "1 утверждение",
        "3 утверждения",
        "11 утверждений",
        "21 утверждение",
    ]


def test_a_rule_that_fails_for_a_number_stops_nothing(tmp_path: Path) -> None:
    text = (
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n < 5000 ? 0 : n / (n - 7000));\\n"\n'
    )
    text += '\nmsgid "%(num)s claim"\nmsgid_plural "%(num)s claims"\nmsgstr[0] "A"\nmsgstr[1] "B"\n'
    write(tmp_path, "az.po", text)
    language = read_languages(tmp_path).known["az"]
    found = [language.ngettext("%(num)s claim", "%(num)s claims", n) for n in (1, 6000, 7000)]
    assert found == ["A", "A", "B"]


def test_what_is_not_translated_stays_english_and_is_counted(tmp_path: Path) -> None:
    write(tmp_path, "ru.po", CATALOGUE)
    found = read_languages(tmp_path)
    russian = found.known["ru"]
    assert russian.gettext("Evidence") == "Evidence"
    assert russian.ngettext("%(num)s source", "%(num)s sources", 2) == "2 sources"
    assert found.missing == {"ru": 3}
    write(tmp_path, TEMPLATE, 'msgid "Sources"\nmsgstr ""\n\nmsgid "New"\nmsgstr ""\n')
    found = read_languages(tmp_path)
    assert found.missing == {"ru": 1}
    assert found.notes == ("languages/ru.po: 1 messages have no translation, and stay English",)


def test_a_language_of_a_country_speaks_as_the_language(tmp_path: Path) -> None:
    write(tmp_path, "pt.po", 'msgid "Sources"\nmsgstr "Fontes"\n')
    found = read_languages(tmp_path)
    assert found.get("pt-BR") is found.known["pt"]
    assert found.get("xx") is None


def test_a_catalogue_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "ru.po", CATALOGUE)
    (tmp_path / "languages" / "az.po").symlink_to("ru.po")
    found = read_languages(tmp_path)
    assert [(p.path, p.code) for p in found.problems] == [("languages/az.po", "not-a-plain-file")]
    assert set(found.known) == {"en", "ru"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ('msgid "a"\nmsgstr "Füllöp"\n'.encode("latin-1"), "not-utf8"),
        ('msgid "a"\nmsgstr "x\u202ey"\n'.encode(), "hidden-character"),
        (b"# " + b"x" * (1 << 20), "file-too-large"),
        (b'msgid "Sources"\nmsgstr[1] "a"\n', "catalogue-syntax"),
        *(
            (f'msgid ""\nmsgstr "Plural-Forms: {words}"\n'.encode(), "catalogue-syntax")
            for words in (
                "nplurals=999999999; plural=n",
                "nplurals=2; plural=n",
                "nplurals=0; plural=0",
                "nplurals=2; plural=__import__(n)",
                "nplurals=2; plural=" + "(" * 900 + "n",
                "nplurals=2",
            )
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem(data: bytes, code: str, tmp_path: Path) -> None:
    write(tmp_path, "az.po", "")
    (tmp_path / "languages" / "az.po").write_bytes(data)
    found = read_languages(tmp_path)
    assert [problem.code for problem in found.problems] == [code]
    assert set(found.known) == {"en"}


def test_no_link_is_followed(tmp_path: Path) -> None:
    """Neither to read, for which a device has no end, nor for `messages` to write."""
    other = tmp_path / "other.po"
    write(tmp_path, "az.po", "")
    for name, target in (("messages.pot", "/dev/zero"), ("az.po", str(other))):
        path = tmp_path / "languages" / name
        path.unlink(missing_ok=True)
        path.symlink_to(target)
    found = read_languages(tmp_path)
    assert [problem.code for problem in found.problems] == ["not-a-plain-file"] * 2
    (tmp_path / "briefs").mkdir()
    assert main(["--root", str(tmp_path), "messages"]) == 1
    (tmp_path / "languages").rename(tmp_path / "elsewhere")
    (tmp_path / "languages").symlink_to("elsewhere")
    assert [p.path for p in read_languages(tmp_path).problems] == ["languages"]


def test_a_name_of_any_bytes_is_told(tmp_path: Path) -> None:
    write(tmp_path, "az.po", "")
    odd = tmp_path / "languages" / os.fsdecode(b"b\xff.po")
    (tmp_path / "languages" / "az.po").rename(odd)
    (problem,) = read_languages(tmp_path).problems
    assert "b\ufffd.po" in render((problem,), "json").encode().decode()


def test_of_many_hidden_characters_few_are_told(tmp_path: Path) -> None:
    write(tmp_path, "az.po", "\u200b" * 300_000)
    codes = [problem.code for problem in read_languages(tmp_path).problems]
    assert codes == [*["hidden-character"] * 20, "catalogue-syntax"]


LINES = st.sampled_from(
    (
        *('msgid "a"', 'msgid ""', 'msgid_plural "b"', 'msgstr "c"', 'msgstr[0] "d"'),
        *('msgstr[9] ""', '"e"', "#, fuzzy", '#~ msgid "f"', "", 'msgctxt "g"', 'msgstr "'),
        *("msgstr", '"\\"', "\t"),
    )
)


@given(st.lists(st.one_of(LINES, st.text(max_size=8)), max_size=12))
def test_no_text_breaks_the_reader(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        entries = list(read_entries(text))
    except PoError as error:
        place = error.line, error.column
        entries = []
    else:
        place = 1, 1
    assert all(entry.forms for entry in entries)
    assert 1 <= place[0] <= len(text.split("\n"))
    assert place[1] >= 1


def test_the_template_holds_what_is_said() -> None:
    """Run `make messages` after a change of words."""
    wanted = template(MACROS)
    assert (ROOT / "languages" / TEMPLATE).read_text(encoding="utf-8") == wanted
    said = {(entry.context, entry.message.value) for entry in read_entries(wanted)}
    assert ("", "Key judgements") in said  # a macro's
    assert ("", "Broken edge: contested.") in said  # Python's
    assert ("likelihood", "roughly even chance") in said  # a record's
    assert ("", "%(num)s claim") in said


@pytest.mark.parametrize("path", sorted((ROOT / "languages").glob("*.po")), ids=lambda p: p.name)
def test_each_catalogue_is_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert renewed(text, path.stem, MACROS) == text


def test_renewing_keeps_what_is_translated() -> None:
    begun = renewed("", "az", MACROS)
    given = begun.replace('msgid "Key judgements"\nmsgstr ""', 'msgid "Key judgements"\nmsgstr "X"')
    given += '\nmsgid "No longer said"\nmsgstr "Y"\n'
    again = renewed(given, "az", MACROS)
    assert 'msgid "Key judgements"\nmsgstr "X"' in again
    assert again.rstrip().endswith('#~ msgid "No longer said"\n#~ msgstr "Y"')
    assert renewed(again, "az", MACROS) == again
