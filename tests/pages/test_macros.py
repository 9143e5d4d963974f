"""Macros say their words in the language they are compiled for; no translation becomes markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.languages import Language, tell_languages
from briefsite.languages.language import Messages
from briefsite.pages.macros import macro_environment

MESSAGES = Messages(
    single={
        ("", "Sources"): "<b>Mənbələr</b>",
        ("", "Contested by %(who)s"): "%(who)s <i>mübahisə</i> edir",
        ("state", "review due"): "baxılmalı",
    },
    several={("", "%(num)s claim"): ("<%(num)s>", "<%(num)s>")},
)


@pytest.mark.parametrize(
    ("macro", "html"),
    [
        ('{{ _("Sources") }}', "&lt;b&gt;Mənbələr&lt;/b&gt;"),
        ('<p title="{{ _("Sources") }}">', '<p title="&lt;b&gt;Mənbələr&lt;/b&gt;">'),
        (
            '{{ _("Contested by %(who)s", who=link("../a/", name)) }}',
            '<a href="../a/">A &lt;b&gt;</a> &lt;i&gt;mübahisə&lt;/i&gt; edir',
        ),
        (
            '{{ _("Contested by %(who)s", who=name) }}',
            "A &lt;b&gt; &lt;i&gt;mübahisə&lt;/i&gt; edir",
        ),
        (
            '{{ _("Contested by %(who)s", who=_("Sources")) }}',
            "&lt;b&gt;Mənbələr&lt;/b&gt; &lt;i&gt;mübahisə&lt;/i&gt; edir",
        ),
        ('{{ ngettext("%(num)s claim", "%(num)s claims", 2) }}', "&lt;2&gt;"),
        ('{{ "review-due" | word("state") | opening }}', "Baxılmalı"),
        (
            '{{ _("Not yet %(what)s", what=name) }}',
            '<span lang="en">Not yet <span lang="az">A &lt;b&gt;</span></span>',
        ),
        ('<p title="{{ _("Not yet") }}">', '<p title="Not yet">'),
        ('<option>{{ _("Not yet") }}</option>', "<option>Not yet</option>"),
        ('{{ ngettext("%(num)s year", "%(num)s years", 2) }}', '<span lang="en">2 years</span>'),
        ('{{ _("information") | opening }}', '<span lang="en">Information</span>'),
        ('{{ strong(_("Sources")) }}', "<strong>&lt;b&gt;Mənbələr&lt;/b&gt;</strong>"),
    ],
)
def test_a_message_in_another_language(tmp_path: Path, macro: str, html: str) -> None:
    (tmp_path / "one.html.j2").write_text(macro, encoding="utf-8")
    azerbaijani = Language("az", MESSAGES)
    environment = macro_environment(tmp_path, azerbaijani)
    found = environment.get_template("one.html.j2").render(name="A <b>")
    assert tell_languages(found, azerbaijani) == html


def test_what_stays_english_keeps_its_order_in_lines_that_run_the_other_way(tmp_path: Path) -> None:
    (tmp_path / "one.html.j2").write_text(
        '<a title="{{ _("Not yet") }}">{{ _("Not yet %(what)s", what="فردا") }}</a>',
        encoding="utf-8",
    )
    persian = Language("fa")
    found = macro_environment(tmp_path, persian).get_template("one.html.j2").render()
    assert tell_languages(found, persian) == (
        '<a title="\u2068Not yet\u2069">'
        '<span lang="en" dir="ltr">Not yet <span lang="fa" dir="rtl">فردا</span></span></a>'
    )


def test_a_message_without_places_costs_nothing(tmp_path: Path) -> None:
    environment = macro_environment(tmp_path, Language("az", MESSAGES))
    code = environment.compile('{{ _("Sources") }}', raw=True)
    assert "&lt;b&gt;Mənbələr" in code
    assert "'_'" not in code
