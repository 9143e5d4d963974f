"""What the theme and its scripts say has a translation of each, and reaches the page."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from briefsite.languages import Language
from briefsite.languages.extract import said_in
from briefsite.languages.language import Messages
from briefsite.pages.frame import COUNTS, SCRIPTS, THEME, frame


def test_each_word_of_the_theme_is_known() -> None:
    templates = said_in("theme", ".html")
    scripts = said_in("theme", ".js")
    assert templates == set(THEME)
    assert scripts == {*SCRIPTS, *COUNTS}


def test_no_attribute_of_the_theme_gets_an_element() -> None:
    """What is not translated becomes one, unless it is asked for `plain`."""
    templates = Path(str(files("briefsite"))).glob("theme/**/*.html")
    said = [
        (path.name, call)
        for path in templates
        for call in re.findall(r'="{{ gettext\(([^}]*)\) }}', path.read_text(encoding="utf-8"))
    ]
    assert said
    assert [each for each in said if not each[1].endswith(", plain=true")] == []


def test_scripts_get_each_plural_form_by_its_name() -> None:
    one = COUNTS[0][0]
    forms = ("%(num)s результат", "%(num)s результата", "%(num)s результатов")
    russian = Language("ru", Messages(several={("", one): forms}, plural=_russian))
    words = frame(russian)["script_words"]
    assert isinstance(words, dict)
    assert words[one] == {"one": forms[0], "few": forms[1], "many": forms[2], "other": forms[2]}


def _russian(number: int) -> int:
    if number % 10 == 1 and number % 100 != 11:
        return 0
    few = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
    return 1 if few else 2
